using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Views;

/// <summary>CREATE VIEW (<c>DefineView</c>). PostgreSQL documentation, "CREATE VIEW".</summary>
internal static class CreateView
{
    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CreateViewStatement statement)
    {
        var database = execution.Database;
        var query = execution.Binder.Query(statement.Query, [.. statement.Columns.Select(c => c.Name)]);
        if (statement.Query.Into is not null)
        {
            throw new RefusedException("0A000", "views must not contain SELECT INTO");
        }

        if (query.Tree is { ModifiesData: true })
        {
            throw new RefusedException("0A000", "views must not contain data-modifying statements in WITH");
        }

        if (query.IsCanonical && statement.Columns.Length > query.Columns.Length)
        {
            throw new RefusedException("42601", "CREATE VIEW specifies more column names than columns");
        }

        var isTemporary = statement.Persistence == TablePersistence.Temporary || UsesTemporary(database, query);
        var options = StorageOptions.Parse(execution, statement.Options, "view");
        if (statement.CheckOption is { } check)
        {
            options = options.RemoveAll(o => o.Name == "check_option").Add(new StorageParameter("check_option", check.ToLowerInvariant()));
        }

        var schema = execution.CreationNamespace(statement.Name, isTemporary);
        var existing = database.FindRelation(schema, statement.Name.Name);
        if (existing is not null && statement.OrReplace)
        {
            Replace(execution, existing, query, options);
            return;
        }

        CheckColumns(execution, query.Columns);
        var view = Relations.Create(execution, schema, statement.Name.Name, 'v', schema.Name == "pg_temp" ? 't' : 'p', row => row with { Query = query, Options = options });
        AddColumns(database, view, query.Columns);
        database.DependOn(new ObjectAddress(view), query, DependencyType.Normal);
    }

    /// <summary>Gives a new relation the columns of its query.</summary>
    public static void AddColumns(Database database, RelationObject relation, ImmutableArray<BoundColumn> columns)
    {
        foreach (var column in columns)
        {
            Relations.AddColumn(database, relation, new ColumnRow(column.Name, column.TypeOid, column.Modifier, column.CollationOid));
        }
    }

    /// <summary>Refuses two columns of one name.</summary>
    public static void CheckColumns(Execution execution, ImmutableArray<BoundColumn> columns)
    {
        var names = new HashSet<string>();
        foreach (var column in columns)
        {
            if (!names.Add(column.Name))
            {
                throw new RefusedException("42701", $"column \"{column.Name}\" specified more than once");
            }

            Relations.CheckType(execution, column.Name, column.TypeOid, 'v');
        }
    }

    private static bool UsesTemporary(Database database, BoundQuery query) =>
        query.Dependencies.Any(d => d.Kind is DependencyKind.Relation or DependencyKind.Column && database.FindObject(d.Oid) is RelationObject { Row.Persistence: 't' });

    private static void Replace(Execution execution, RelationObject view, BoundQuery query, ImmutableArray<StorageParameter> options)
    {
        var database = execution.Database;
        if (view.Kind != 'v')
        {
            throw new RefusedException("42809", $"\"{view.Name}\" is not a view");
        }

        if (query.IsCanonical || !query.Columns.IsEmpty)
        {
            CheckReplacement(execution, view, query);
        }

        Database.ForgetDependencies(new ObjectAddress(view), d => d is { Kind: DependencyType.Normal, Dependent.Column: 0 } && d.Referenced.Object is not NamespaceObject);
        view.Row = view.Row with { Query = query, Options = options };
        var known = view.LiveColumns.Count();
        AddColumns(database, view, [.. query.Columns.Skip(known)]);
        database.DependOn(new ObjectAddress(view), query, DependencyType.Normal);
    }

    // checkViewColumns
    private static void CheckReplacement(Execution execution, RelationObject view, BoundQuery query)
    {
        var columns = view.LiveColumns.ToList();
        if (query.Columns.Length < columns.Count)
        {
            throw new RefusedException("42P16", "cannot drop columns from view");
        }

        for (var i = 0; i < columns.Count; i++)
        {
            var (before, after) = (columns[i].Row, query.Columns[i]);
            if (before.Name != after.Name)
            {
                throw new RefusedException(new SqlError("42P16", $"cannot change name of view column \"{before.Name}\" to \"{after.Name}\"")
                {
                    Hint = "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.",
                });
            }

            if (before.TypeOid != after.TypeOid || before.Modifier != after.Modifier)
            {
                var database = execution.Database;
                throw new RefusedException("42P16",
                    $"cannot change data type of view column \"{before.Name}\" from {database.FormatType(before.TypeOid, before.Modifier)} to {database.FormatType(after.TypeOid, after.Modifier)}");
            }
        }

        CheckColumns(execution, query.Columns);
    }
}
