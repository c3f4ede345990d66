using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>GROUP BY ("GROUPING SETS, CUBE, and ROLLUP").</summary>
internal static class Grouping
{
    /// <summary>GROUP BY, or nothing.</summary>
    public static (ImmutableArray<GroupingItem> Items, bool IsDistinct) Optional(TokenReader r)
    {
        if (!r.Accept(K.Group, K.By))
        {
            return ([], false);
        }

        var isDistinct = r.Accept(K.Distinct);
        if (!isDistinct)
        {
            r.Accept(K.All);
        }

        return (Lists.Separated(r, Item), isDistinct);
    }

    private static GroupingItem Item(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.At('(') && r.Next.Symbol == ')')
        {
            r.Advance();
            r.Advance();
            return new GroupingItem(r.SpanFrom(start), GroupingKind.Empty, null, []);
        }

        if (r.At(K.Rollup, K.Cube) && r.Next.Symbol == '(')
        {
            var kind = r.Advance().Keyword == K.Rollup ? GroupingKind.Rollup : GroupingKind.Cube;
            var items = Lists.InParentheses(r, Simple);
            return new GroupingItem(r.SpanFrom(start), kind, null, items);
        }

        if (r.AcceptPair(K.Grouping, K.Sets))
        {
            r.Enter();
            var sets = Lists.InParentheses(r, Item);
            r.Leave();
            return new GroupingItem(r.SpanFrom(start), GroupingKind.Sets, null, sets);
        }

        return Simple(r);
    }

    private static GroupingItem Simple(TokenReader r)
    {
        var value = ExpressionParser.ParseInside(r);
        return new GroupingItem(value.Span, GroupingKind.Simple, value, []);
    }
}
