using System.Runtime.CompilerServices;

namespace Plumbline.PostgreSql.Expressions.Tree;

/// <summary>Walks through expressions.</summary>
internal static class ExprTree
{
    /// <summary>The expressions directly inside one, without those of the queries in it.</summary>
    public static IEnumerable<Expr> Children(Expr node) => node switch
    {
        FuncExpr e => e.Arguments,
        NamedArgumentExpr e => [e.Argument],
        AggregateExpr e => [.. e.DirectArguments, .. e.Arguments.Select(a => a.Value), .. Optional(e.Filter)],
        GroupingExpr e => e.Arguments,
        WindowFuncExpr e => [.. e.Arguments, .. Optional(e.Filter)],
        OpExpr e => e.Arguments,
        ArrayOpExpr e => [e.Left, e.Right],
        BoolExpr e => e.Arguments,
        SubLinkExpr e => Optional(e.Test),
        FieldExpr e => [e.Argument],
        SubscriptExpr e => [e.Container, .. e.Subscripts.SelectMany(s => Optional(s.Lower).Concat(Optional(s.Upper)))],
        RelabelExpr e => [e.Argument],
        CoerceViaIoExpr e => [e.Argument],
        ArrayCoerceExpr e => [e.Argument, e.Element],
        CoerceToDomainExpr e => [e.Argument],
        CollateNode e => [e.Argument],
        CaseNode e => [.. Optional(e.Operand), .. e.Whens.SelectMany(w => new[] { w.Condition, w.Result }), .. Optional(e.Default)],
        ArrayNode e => e.Elements,
        RowNode e => e.Items,
        RowCompareExpr e => [.. e.Left, .. e.Right],
        ConditionalNode e => e.Arguments,
        NullTestExpr e => [e.Argument],
        BooleanTestExpr e => [e.Argument],
        _ => [],
    };

    /// <summary>The query of an expression that has one; else null.</summary>
    public static Query? QueryOf(Expr node) => (node as SubLinkExpr)?.Query;

    /// <summary>Whether a test holds for an expression or any inside it, leaving out the queries in it.</summary>
    public static bool Any(Expr node, Func<Expr, bool> test)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (test(node))
        {
            return true;
        }

        foreach (var child in Children(node))
        {
            if (Any(child, test))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The expressions that stand at the top of a query's clauses, without those of the queries inside it.</summary>
    public static IEnumerable<Expr> Roots(Query query)
    {
        foreach (var target in query.Targets)
        {
            yield return target.Value;
        }

        foreach (var expression in new[] { query.Where, query.Having, query.Limit, query.Offset })
        {
            if (expression is not null)
            {
                yield return expression;
            }
        }

        foreach (var item in query.Items)
        {
            foreach (var expression in item.Functions.Select(f => f.Call).Concat(item.Rows.SelectMany(row => row)))
            {
                yield return expression;
            }

            if (item.Sample is { } sample)
            {
                foreach (var argument in sample.Arguments.Concat(Optional(sample.Seed)))
                {
                    yield return argument;
                }
            }
        }

        foreach (var window in query.Windows)
        {
            foreach (var offset in Optional(window.StartOffset).Concat(Optional(window.EndOffset)))
            {
                yield return offset;
            }
        }

        foreach (var on in query.From.SelectMany(Conditions))
        {
            yield return on;
        }
    }

    /// <summary>The queries directly inside a query's FROM and WITH.</summary>
    public static IEnumerable<Query> Queries(Query query) =>
        query.Items.Where(item => item.Subquery is not null)
            .Select(item => item.Subquery!)
            .Concat(query.CommonTables.Where(c => c.Query is not null).Select(c => c.Query!));

    private static IEnumerable<Expr> Conditions(JoinNode node) =>
        node is JoinBranch join ? Conditions(join.Left).Concat(Conditions(join.Right)).Concat(Optional(join.On)) : [];

    private static Expr[] Optional(Expr? node) => node is null ? [] : [node];
}
