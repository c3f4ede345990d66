using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Data;

/// <summary>What a query that is run reads (<c>ExecOpenScanRelation</c>): a materialized view WITH NO DATA cannot be read.</summary>
internal static class Scans
{
    private const int MaximumDepth = 100;

    /// <summary>Refuses a query that reads what holds no data.</summary>
    /// <exception cref="RefusedException">55000.</exception>
    public static void Check(Execution execution, BoundNode? query)
    {
        if (query is BoundQuery { Tree: { } tree })
        {
            Check(execution, tree, 0);
        }
    }

    private static void Check(Execution execution, Query query, int depth)
    {
        // What can never be true is not looked at, and nothing is read for it.
        if (depth > MaximumDepth || query.Where is ConstExpr { Value: null or "f" })
        {
            return;
        }

        foreach (var item in query.Items)
        {
            if (item.Kind == RangeKind.Relation && item.IsInFrom && execution.Database.FindObject(item.Relation) is RelationObject relation)
            {
                Check(execution, relation, depth);
            }

            if (item.Subquery is { } subquery)
            {
                Check(execution, subquery, depth + 1);
            }
        }

        foreach (var common in query.CommonTables)
        {
            if (common.Query is { } inner)
            {
                Check(execution, inner, depth + 1);
            }
        }

        foreach (var root in ExprTree.Roots(query))
        {
            CheckInside(execution, root, depth);
        }
    }

    private static void CheckInside(Execution execution, Expr expression, int depth) => ExprTree.Any(expression, node =>
    {
        if (ExprTree.QueryOf(node) is { } query)
        {
            Check(execution, query, depth + 1);
        }

        return false;
    });

    private static void Check(Execution execution, RelationObject relation, int depth)
    {
        if (relation is { Kind: 'm', Row.IsPopulated: false })
        {
            throw new RefusedException(new SqlError("55000", $"materialized view \"{relation.Name}\" has not been populated") { Hint = "Use the REFRESH MATERIALIZED VIEW command." });
        }

        if (relation is { Kind: 'v', Row.Query: BoundQuery { Tree: { } tree } })
        {
            Check(execution, tree, depth + 1);
        }
    }
}
