using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>Whether a query that groups uses only what it groups by outside of aggregates (<c>parseCheckAggregates</c>).</summary>
/// <param name="catalog">The database.</param>
/// <param name="query">The query.</param>
internal sealed class GroupingCheck(IObjectCatalog catalog, Query query)
{
    private readonly List<Expr> _grouped = [.. query.GroupBy.Select(g => query.Targets.Find(t => t.SortReference == g.Reference)!.Value)];

    /// <summary>Checks the query.</summary>
    /// <exception cref="RefusalException">It uses a column that it doesn't group by.</exception>
    public void Run()
    {
        foreach (var target in query.Targets)
        {
            Check(target.Value, 0, true);
        }

        if (query.Having is not null)
        {
            Check(query.Having, 0, true);
        }
    }

    private void Check(Expr node, int depth, bool isWhole)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case ConstExpr or ParamExpr:
            case AggregateExpr aggregate when aggregate.LevelsUp == depth:
                return;
            case GroupingExpr:
                return;
        }

        if (depth == 0 && _grouped.Exists(grouped => ExprKey.Equal(grouped, node)))
        {
            return;
        }

        if (node is VarExpr variable && variable.LevelsUp == depth)
        {
            CheckColumn(variable, depth);
            return;
        }

        if (ExprTree.QueryOf(node) is { } inner)
        {
            Check(inner, depth + 1);
        }

        foreach (var child in ExprTree.Children(node))
        {
            Check(child, depth, isWhole);
        }
    }

    private void Check(Query inner, int depth)
    {
        foreach (var root in ExprTree.Roots(inner))
        {
            Check(root, depth, false);
        }

        foreach (var nested in ExprTree.Queries(inner))
        {
            Check(nested, depth + 1);
        }
    }

    private void CheckColumn(VarExpr variable, int depth)
    {
        if (_grouped.Exists(g => g is VarExpr { LevelsUp: 0 } v && v.BaseItem == variable.BaseItem && v.BaseColumn == variable.BaseColumn))
        {
            return;
        }

        var item = query.Items[variable.BaseItem - 1];
        if (item.Kind == RangeKind.Join)
        {
            // A merged column: it stands for an expression of the joined items.
            if (item.JoinColumns[variable.BaseColumn - 1] is var value && depth == 0)
            {
                Check(value, 0, false);
                return;
            }

            throw new NotUnderstoodException("a merged column in a grouped query");
        }

        if (item.Kind == RangeKind.Relation && query.GroupingSets.Count == 0 && catalog.GetRelation(item.Relation) is { PrimaryKey.IsEmpty: false } relation
            && relation.PrimaryKey.All(key => _grouped.Exists(g => g is VarExpr { LevelsUp: 0 } v && v.BaseItem == variable.BaseItem && v.BaseColumn == key)))
        {
            if (relation.PrimaryKeyOid != 0 && !query.Constraints.Contains(relation.PrimaryKeyOid))
            {
                query.Constraints.Add(relation.PrimaryKeyOid);
            }

            return;
        }

        var name = item.Columns.Find(c => c.Number == variable.BaseColumn)?.Name;
        if (name is null)
        {
            throw new NotUnderstoodException("a whole row in a grouped query");
        }

        throw new RefusalException(new SqlError(
            "42803",
            depth == 0
                ? $"column \"{item.Name}.{name}\" must appear in the GROUP BY clause or be used in an aggregate function"
                : $"subquery uses ungrouped column \"{item.Name}.{name}\" from outer query")
        { Position = variable.Location >= 0 ? variable.Location : null });
    }
}
