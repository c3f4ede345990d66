using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Functions;
using Plumbline.PostgreSql.Replay.Statements.Session;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Data;

/// <summary>SELECT, INSERT, UPDATE, DELETE, MERGE and COPY: whether what they name exists, and which tables have rows after them.</summary>
internal static class DataStatements
{
    /// <summary>SELECT. Some functions change the session.</summary>
    public static void Run(Execution execution, SelectStatement statement)
    {
        Scans.Check(execution, execution.Binder.Query(statement, []));
        if (statement.Body is SelectBody body)
        {
            foreach (var target in body.Targets)
            {
                Call(execution, target.Value, isOnce: body.From.IsEmpty && body.Where is null);
            }
        }
    }

    /// <summary>INSERT.</summary>
    public static void Run(Execution execution, InsertStatement statement)
    {
        var table = Target(execution, statement.Table);
        if (table is null)
        {
            return;
        }

        var columns = new List<ColumnObject>();
        foreach (var target in statement.Columns)
        {
            var column = Column(table, target);
            if (column is not null)
            {
                if (columns.Contains(column))
                {
                    throw new RefusedException("42701", $"column \"{column.Name}\" specified more than once", target.Span.Start);
                }

                columns.Add(column);
            }
        }

        if (columns.Count == 0)
        {
            columns.AddRange(table.LiveColumns);
        }

        BoundQuery? read = null;
        if (statement.Source is { } source)
        {
            if (source.Body is ValuesBody { Rows: var rows } && source.With is null && statement.With is null)
            {
                CheckRows(execution, columns, rows, statement.Columns.IsEmpty);
            }
            else
            {
                read = execution.Binder.Query(source with { With = source.With ?? statement.With }, []);
                CheckCount(columns.Count, read, statement);
            }
        }

        if (table.IsTable)
        {
            WriteTargets.CheckInsert(table, columns, statement);
        }

        WriteTargets.CheckRelation(execution, table, TriggerEvents.Insert);
        Scans.Check(execution, read);
        execution.NoteRows(table);
    }

    /// <summary>UPDATE, looked at as the SELECT that finds its rows and values.</summary>
    public static void Run(Execution execution, UpdateStatement statement)
    {
        var table = EnumCatalog.TryRename(execution, statement) ? null : Target(execution, statement.Table.Name);
        if (table is null)
        {
            return;
        }

        var values = statement.Assignments.Where(a => a.Value is not DefaultExpr && !a.IsRow).Select(a => new SelectTarget(a.Value.Span, a.Value, null)).ToImmutableArray();
        var query = execution.Binder.Query(Select(statement, values, [statement.Table, .. statement.From], statement.Where, statement.With), []);
        foreach (var assignment in statement.Assignments)
        {
            foreach (var target in assignment.Targets)
            {
                if (Column(table, target, mayBeSystem: true) is { } column && target.Steps.IsEmpty && !assignment.IsRow)
                {
                    CheckLiteral(execution, column, assignment.Value);
                }
            }
        }

        if (table.IsTable)
        {
            WriteTargets.CheckUpdate(table, statement.Assignments);
        }

        WriteTargets.CheckRelation(execution, table, TriggerEvents.Update);
        Scans.Check(execution, query);
    }

    /// <summary>DELETE, looked at as the SELECT that finds its rows.</summary>
    public static void Run(Execution execution, DeleteStatement statement)
    {
        if (!EnumCatalog.TryRemove(execution, statement) && Target(execution, statement.Table.Name) is { } table)
        {
            var query = execution.Binder.Query(Select(statement, [], [statement.Table, .. statement.Using], statement.Where, statement.With), []);
            WriteTargets.CheckRelation(execution, table, TriggerEvents.Delete);
            Scans.Check(execution, query);
        }
    }

    /// <summary>MERGE.</summary>
    public static void Run(Execution execution, MergeStatement statement)
    {
        if (Target(execution, statement.Table.Name) is { } table)
        {
            execution.NoteRows(table);
        }
    }

    /// <summary>COPY.</summary>
    public static void Run(Execution execution, CopyStatement statement)
    {
        if (statement.Table is not { } name || Target(execution, name, withPosition: false) is not { } table)
        {
            return;
        }

        foreach (var column in statement.Columns)
        {
            if (table.FindColumn(column.Name) is null)
            {
                throw new RefusedException("42703", $"column \"{column.Name}\" of relation \"{table.Name}\" does not exist");
            }
        }

        if (statement.IsFrom)
        {
            execution.NoteRows(table);
        }
    }

    private static SelectStatement Select(SqlStatement statement, ImmutableArray<SelectTarget> targets, ImmutableArray<FromItem> from, SqlExpr? where, WithClause? with) =>
        new(statement.Span, new SelectBody(statement.Span, targets) { From = from, Where = where }) { With = with };

    private static RelationObject? Target(Execution execution, QualifiedName name, bool withPosition = true)
    {
        if (execution.TryRelation(name) is { } table)
        {
            if (table.IsIndex)
            {
                throw new RefusedException("42809", $"\"{table.Name}\" is an index", withPosition ? name.Span.Start : null);
            }

            return table;
        }

        if (SystemCatalog(execution, name) is { } catalog)
        {
            throw new CannotKnowException($"The statement changes the system catalog \"{catalog}\" directly, which the replay does not support.");
        }

        // The tables of extensions are not followed.
        if (execution.Database.FindRelation(name.Schema ?? "pg_catalog", name.Name) is not null || (execution.Database.HasUnknownObjects && name.Schema is null))
        {
            return null;
        }

        if (name.Schema is { } schema && execution.Database.HasUnknownObjects && execution.Database.FindNamespace(schema) is { IsSystem: true })
        {
            return null;
        }

        throw new RefusedException("42P01", $"relation \"{name}\" does not exist", withPosition ? name.Span.Start : null);
    }

    private static string? SystemCatalog(Execution execution, QualifiedName name) =>
        name.Schema is null or "pg_catalog" && execution.Database.Builtins.FindRelation("pg_catalog", name.Name) is { Oid: < BuiltinCatalog.FirstExtensionOid } found ? found.Name : null;

    private static ColumnObject? Column(RelationObject table, AssignmentTarget target, bool mayBeSystem = false)
    {
        if (table.FindColumn(target.Column.Name) is { } column)
        {
            return column;
        }

        if (table.Kind is 'v' or 'm' && !table.LiveColumns.Any())
        {
            return null;
        }

        throw mayBeSystem && SystemColumns.Contains(target.Column.Name)
            ? new RefusedException("0A000", $"cannot assign to system column \"{target.Column.Name}\"", target.Column.Span.Start)
            : new RefusedException("42703", $"column \"{target.Column.Name}\" of relation \"{table.Name}\" does not exist", target.Column.Span.Start);
    }

    private static void CheckRows(Execution execution, List<ColumnObject> columns, ImmutableArray<ImmutableArray<SqlExpr>> rows, bool isImplicit)
    {
        foreach (var row in rows)
        {
            if (row.Length > columns.Count)
            {
                throw new RefusedException("42601", "INSERT has more expressions than target columns", row[columns.Count].Location);
            }

            if (row.Length < columns.Count && !isImplicit)
            {
                throw new RefusedException("42601", "INSERT has more target columns than expressions");
            }

            for (var i = 0; i < row.Length; i++)
            {
                CheckLiteral(execution, columns[i], row[i]);
            }
        }
    }

    private static void CheckCount(int columns, BoundQuery query, InsertStatement statement)
    {
        if (query.IsCanonical && query.Columns.Length > columns)
        {
            throw new RefusedException("42601", "INSERT has more expressions than target columns");
        }

        if (query.IsCanonical && query.Columns.Length < columns && !statement.Columns.IsEmpty)
        {
            throw new RefusedException("42601", "INSERT has more target columns than expressions", statement.Columns[query.Columns.Length].Span.Start);
        }
    }

    // What a literal says can be judged: a label that an enum has not, a number that is none.
    private static void CheckLiteral(Execution execution, ColumnObject column, SqlExpr value)
    {
        if (value is not ConstantExpr { Kind: ConstantKind.String } || column.Row.TypeOid == 0)
        {
            return;
        }

        try
        {
            execution.Binder.Default(value, column.Row);
        }
        catch (RefusedException refused) when (refused.Error.SqlState is not ("22P02" or "22007" or "22008" or "22003"))
        {
            // Whatever else it says is about a DEFAULT.
        }
    }

    // Once: neither for each row nor only for some.
    private static void Call(Execution execution, SqlExpr expression, bool isOnce)
    {
        if (expression is not FunctionCallExpr call)
        {
            return;
        }

        if (call is { Name.Name: "set_config", Arguments: [{ Value: ConstantExpr { Text: "search_path" } }, { Value: ConstantExpr { Kind: ConstantKind.String } path }, { Value: ConstantExpr { Kind: ConstantKind.Boolean } local }] })
        {
            if (local.Text != "true" || execution.IsTransactional)
            {
                execution.Settings.SetPath(SettingValues.SplitPath(path.Text), local.Text == "true");
            }

            return;
        }

        if (execution.Database.HasUnknownObjects && !FunctionFinder.Exists(execution, call.Name))
        {
            foreach (var argument in call.Arguments)
            {
                if ((argument.Value is CastExpr cast ? cast.Operand : argument.Value) is ConstantExpr { Kind: ConstantKind.String } text)
                {
                    execution.TouchedByExtensions.Add(text.Text[(text.Text.LastIndexOf('.') + 1)..].Trim('"'));
                }
            }

            if (execution.ProcedureDepth == 0)
            {
                throw new CannotKnowException($"Function \"{call.Name}\" belongs to an extension, and the replay does not know what it does.");
            }
        }

        if (isOnce && CalledFunctions.TryRun(execution, call))
        {
            return;
        }

        foreach (var function in FunctionFinder.Candidates(execution, call.Name))
        {
            if (FunctionEffects.MayChangeSchema(function))
            {
                throw new CannotKnowException($"Function \"{call.Name}\" may change the schema, and the replay does not run it.");
            }
        }
    }
}

/// <summary>What can be known of a function's doings from its text.</summary>
internal static class FunctionEffects
{
    private static readonly string[] Words = ["CREATE ", "ALTER ", "DROP ", "EXECUTE", "GRANT ", "REVOKE ", "COMMENT "];

    /// <summary>Whether it may change the schema.</summary>
    public static bool MayChangeSchema(FunctionObject function) => Words.Any(word => function.Row.Body.Contains(word, StringComparison.OrdinalIgnoreCase));
}
