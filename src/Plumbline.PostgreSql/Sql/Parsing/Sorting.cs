using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>ORDER BY ("Sorting Rows").</summary>
internal static class Sorting
{
    /// <summary>ORDER BY, or nothing.</summary>
    public static ImmutableArray<SortItem> Optional(TokenReader r) => r.Accept(K.Order, K.By) ? Lists.Separated(r, Item) : [];

    /// <summary>One item.</summary>
    public static SortItem Item(TokenReader r)
    {
        var start = r.Current.Start;
        var value = ExpressionParser.ParseInside(r);
        var direction = SortDirection.Default;
        OperatorName? name = null;
        if (r.Accept(K.Using))
        {
            name = QualifiedOperator(r);
        }
        else
        {
            direction = Direction(r);
        }

        var nulls = Nulls(r);
        return new SortItem(r.SpanFrom(start), value, direction, nulls, name);
    }

    /// <summary>ASC or DESC, or nothing.</summary>
    public static SortDirection Direction(TokenReader r) =>
        r.Accept(K.Asc) ? SortDirection.Ascending : r.Accept(K.Desc) ? SortDirection.Descending : SortDirection.Default;

    /// <summary>NULLS FIRST or LAST, or nothing.</summary>
    public static NullsOrder Nulls(TokenReader r)
    {
        if (r.AcceptPair(K.Nulls, K.First))
        {
            return NullsOrder.First;
        }

        return r.AcceptPair(K.Nulls, K.Last) ? NullsOrder.Last : NullsOrder.Default;
    }

    /// <summary>The grammar's <c>qual_all_Op</c>.</summary>
    public static OperatorName QualifiedOperator(TokenReader r)
    {
        var token = r.Current;
        if (r.Accept(K.Operator))
        {
            r.Expect('(');
            var name = Names.AnyOperator(r);
            r.Expect(')');
            return name;
        }

        var symbol = Operators.Symbol(r.Text, token) ?? throw r.Unexpected();
        r.Advance();
        return new OperatorName(token.Span, [], symbol);
    }
}
