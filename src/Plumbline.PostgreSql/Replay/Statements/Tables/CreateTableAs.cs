using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Data;
using Plumbline.PostgreSql.Replay.Statements.Views;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW (<c>ExecCreateTableAs</c>).</summary>
internal static class CreateTableAs
{
    /// <summary>CREATE TABLE AS and CREATE MATERIALIZED VIEW.</summary>
    public static void Run(Execution execution, CreateTableAsStatement statement)
    {
        if (statement.Query is not SelectStatement select)
        {
            throw new CannotKnowException("The replay does not run prepared statements.");
        }

        Create(execution, statement.Name, statement.Persistence, [.. statement.Columns.Select(c => c.Name)], select, statement);
        if (statement.OnCommit == CreateTable.OnCommitDrop && execution.Database.FindNamespace("pg_temp") is { } temporary)
        {
            execution.DropAtCommit(temporary, statement.Name.Name);
        }
    }

    /// <summary>SELECT INTO.</summary>
    public static void Run(Execution execution, SelectStatement statement, IntoClause into) => Create(execution, into.Table, into.Persistence, [], statement with { Into = null }, null);

    private static void Create(
        Execution execution, QualifiedName name, TablePersistence persistence, ImmutableArray<string> columnNames, SelectStatement select, CreateTableAsStatement? statement)
    {
        var database = execution.Database;
        var query = execution.Binder.Query(select, columnNames);
        var schema = execution.CreationNamespace(name, persistence == TablePersistence.Temporary, statement?.OnCommit == CreateTable.OnCommitDrop);
        if (database.FindRelation(schema, name.Name) is not null)
        {
            if (statement?.IfNotExists == true)
            {
                return;
            }

            throw new RefusedException("42P07", $"relation \"{name.Name}\" already exists");
        }

        if (columnNames.Length > query.Columns.Length && query.IsCanonical)
        {
            throw new RefusedException("42601", "too many column names were specified");
        }

        var isView = statement?.IsMaterializedView == true;
        if (isView && query.Tree is { ModifiesData: true })
        {
            throw new RefusedException("0A000", "materialized views must not use data-modifying statements in WITH");
        }

        if (!query.IsCanonical && !isView)
        {
            throw new CannotKnowException("The columns of the query could not be determined.");
        }

        foreach (var column in query.Columns)
        {
            if (SystemColumns.Contains(column.Name))
            {
                throw new RefusedException("42701", $"column name \"{column.Name}\" conflicts with a system column name");
            }
        }

        if (statement?.WithData != false)
        {
            Scans.Check(execution, query);
        }

        CreateView.CheckColumns(execution, query.Columns);
        var kept = schema.Name == "pg_temp" ? 't' : persistence == TablePersistence.Unlogged ? 'u' : 'p';
        CreateTable.CheckOnCommit(statement?.OnCommit, schema);
        var options = statement is null ? [] : StorageOptions.Parse(execution, statement.Options, "table");
        var relation = Relations.Create(execution, schema, name.Name, isView ? 'm' : 'r', kept, row => row with
        {
            Origin = RelationOrigin.Query,
            Query = isView ? query : null,
            IsPopulated = statement?.WithData != false,
            Options = options,
        });
        CreateView.AddColumns(database, relation, query.Columns);
        if (isView)
        {
            database.DependOn(new ObjectAddress(relation), query, DependencyType.Normal);
        }
        else if (statement?.WithData != false)
        {
            execution.NoteRows(relation);
        }
    }
}
