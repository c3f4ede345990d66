using System.Collections.Immutable;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Statements.Data;

/// <summary>
/// Whether rows of a relation may be written, and which of its columns: what the rewriter (<c>rewriteTargetListIU</c>, <c>rewriteTargetView</c>) and then
/// the executor (<c>CheckValidResultRel</c>) look at, after the statement's names were found.
/// </summary>
internal static class WriteTargets
{
    /// <summary>Refuses values for columns of an INSERT that only the server gives.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that the statement gives values for, in its order.</param>
    /// <param name="statement">The statement.</param>
    public static void CheckInsert(RelationObject table, List<ColumnObject> columns, InsertStatement statement)
    {
        if (statement.Source is not { } source)
        {
            return;
        }

        var rows = source.Body is ValuesBody values ? values.Rows : ImmutableArray<ImmutableArray<SqlExpr>>.Empty;
        foreach (var column in table.LiveColumns)
        {
            var isAlways = column.Row.Identity == 'a' && statement.Overriding is null;
            var at = columns.IndexOf(column);
            if (at < 0 || (!isAlways && !column.Row.IsGenerated) || !HasValue(rows, at))
            {
                continue;
            }

            throw new RefusedException(new SqlError("428C9", $"cannot insert a non-DEFAULT value into column \"{column.Name}\"")
            {
                Detail = Kind(column),
                Hint = column.Row.IsGenerated ? null : "Use OVERRIDING SYSTEM VALUE to override.",
            });
        }
    }

    /// <summary>Refuses values for columns of an UPDATE that only the server gives.</summary>
    public static void CheckUpdate(RelationObject table, ImmutableArray<Assignment> assignments)
    {
        foreach (var column in table.LiveColumns)
        {
            if (column.Row.Identity != 'a' && !column.Row.IsGenerated)
            {
                continue;
            }

            foreach (var assignment in assignments)
            {
                if (assignment.Value is not DefaultExpr && assignment.Targets.Any(t => t.Column.Name == column.Name))
                {
                    throw new RefusedException(new SqlError("428C9", $"column \"{column.Name}\" can only be updated to DEFAULT") { Detail = Kind(column) });
                }
            }
        }
    }

    /// <summary>Refuses relations of which no rows can be written.</summary>
    public static void CheckRelation(Execution execution, RelationObject table, TriggerEvents what)
    {
        switch (table.Kind)
        {
            case 'm':
                throw new RefusedException("42809", $"cannot change materialized view \"{table.Name}\"");
            case 'S':
                throw new RefusedException("42809", $"cannot change sequence \"{table.Name}\"");
            case 'v':
                CheckView(execution, table, what);
                break;
        }
    }

    private static bool HasValue(ImmutableArray<ImmutableArray<SqlExpr>> rows, int at)
    {
        if (rows.IsEmpty)
        {
            return true;
        }

        foreach (var row in rows)
        {
            if (at < row.Length && row[at] is not DefaultExpr)
            {
                return true;
            }
        }

        return false;
    }

    private static string Kind(ColumnObject column) => column.Row.IsGenerated
        ? $"Column \"{column.Name}\" is a generated column."
        : $"Column \"{column.Name}\" is an identity column defined as GENERATED ALWAYS.";

    private static void CheckView(Execution execution, RelationObject view, TriggerEvents what)
    {
        while (view.Kind == 'v')
        {
            if (view.Rules.Items.Length > 0 || view.Row.Query is not BoundQuery { Tree: { } query } || view.Triggers.Items.Any(t => t.Row.Timing == TriggerTiming.InsteadOf && t.Row.Events.HasFlag(what)))
            {
                return;
            }

            if (WhyNotUpdatable(execution, query) is { } reason)
            {
                var (verb, noun, name) = what switch
                {
                    TriggerEvents.Insert => ("insert into", "inserting into", "INSERT"),
                    TriggerEvents.Update => ("update", "updating", "UPDATE"),
                    _ => ("delete from", "deleting from", "DELETE"),
                };
                throw new RefusedException(new SqlError("55000", $"cannot {verb} view \"{view.Name}\"")
                {
                    Detail = reason,
                    Hint = $"To enable {noun} the view, provide an INSTEAD OF {name} trigger or an unconditional ON {name} DO INSTEAD rule.",
                });
            }

            if (execution.Database.FindObject(query.Items[((JoinLeaf)query.From[0]).Item - 1].Relation) is not RelationObject inner)
            {
                return;
            }

            view = inner;
        }
    }

    // view_query_is_auto_updatable
    private static string? WhyNotUpdatable(Execution execution, Query query)
    {
        var what = query switch
        {
            { Distinct.Count: > 0 } => "containing DISTINCT",
            { GroupBy.Count: > 0 } or { GroupingSets.Count: > 0 } => "containing GROUP BY",
            { Having: not null } => "containing HAVING",
            { SetOperations: not null } => "containing UNION, INTERSECT, or EXCEPT",
            { CommonTables.Count: > 0 } => "containing WITH",
            { Limit: not null } or { Offset: not null } => "containing LIMIT or OFFSET",
            { HasAggregates: true } => "that return aggregate functions",
            _ when query.Targets.Exists(t => ExprTree.Any(t.Value, e => e is WindowFuncExpr)) => "that return window functions",
            _ when query.Targets.Exists(t => ExprTree.Any(t.Value, e => e is FuncExpr { ReturnsSet: true })) => "that return set-returning functions",
            _ when !StandsOnOneTable(execution, query) => "that do not select from a single table or view",
            _ => null,
        };
        return what is null ? null : $"Views {what} are not automatically updatable.";
    }

    private static bool StandsOnOneTable(Execution execution, Query query) =>
        query.From is [JoinLeaf leaf]
        && query.Items[leaf.Item - 1] is { Kind: RangeKind.Relation } item
        && execution.Database.GetRelation(item.Relation) is { Kind: 'r' or 'f' or 'v' or 'p' };
}
