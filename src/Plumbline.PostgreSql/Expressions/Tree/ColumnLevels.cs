using System.Runtime.CompilerServices;

namespace Plumbline.PostgreSql.Expressions.Tree;

/// <summary>Which of the queries around an expression its columns belong to.</summary>
internal static class ColumnLevels
{
    /// <summary>The number of the innermost query, 0 for the one that the expression stands in, whose columns it uses, in the queries inside it too; the
    /// greatest number where it uses none.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="withAggregates">Whether an aggregate counts as a column of the query that it belongs to.</param>
    public static int Lowest(Expr node, bool withAggregates = false) => Lowest(node, 0, withAggregates);

    private static int Lowest(Expr node, int depth, bool withAggregates)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var level = node switch
        {
            VarExpr variable => variable.LevelsUp,
            AggregateExpr aggregate when withAggregates => aggregate.LevelsUp,
            _ => -1,
        };
        var lowest = level >= depth ? level - depth : int.MaxValue;
        if (ExprTree.QueryOf(node) is { } query)
        {
            lowest = Math.Min(lowest, Lowest(query, depth + 1, withAggregates));
        }

        foreach (var child in ExprTree.Children(node))
        {
            lowest = Math.Min(lowest, Lowest(child, depth, withAggregates));
        }

        return lowest;
    }

    private static int Lowest(Query query, int depth, bool withAggregates)
    {
        var lowest = int.MaxValue;
        foreach (var root in ExprTree.Roots(query))
        {
            lowest = Math.Min(lowest, Lowest(root, depth, withAggregates));
        }

        foreach (var inner in ExprTree.Queries(query))
        {
            lowest = Math.Min(lowest, Lowest(inner, depth + 1, withAggregates));
        }

        return lowest;
    }
}
