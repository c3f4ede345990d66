using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>IN, BETWEEN, LIKE, ILIKE, SIMILAR TO with their negations, and comparisons with ANY and ALL.</summary>
internal static class Matches
{
    /// <summary>One of them, with the level of operators that may not follow it.</summary>
    public static (SqlExpr Value, int Refused) Parse(TokenReader r, SqlExpr left)
    {
        var first = r.Current;
        var isNegated = r.Accept(K.Not);
        return r.Advance().Keyword switch
        {
            K.In => (In(r, left, isNegated, first), 0),
            K.Between => (Between(r, left, isNegated, first), Operators.Like),
            K.Similar => Similar(r, left, isNegated, first),
            K.Like => Like(r, left, isNegated, first, LikeKind.Like),
            _ => Like(r, left, isNegated, first, LikeKind.ILike),
        };
    }

    /// <summary>ANY, SOME or ALL behind an operator.</summary>
    public static QuantifiedExpr Quantified(TokenReader r, SqlExpr left, OperatorName name)
    {
        var isAll = r.Advance().Keyword == K.All;
        var (query, value) = Primaries.QueryOrValueInParentheses(r);
        return new QuantifiedExpr(r.SpanFrom(left.Span.Start), left, name, isAll, value, query);
    }

    private static (SqlExpr Value, int Refused) Like(TokenReader r, SqlExpr left, bool isNegated, Token first, LikeKind kind)
    {
        if (r.At(K.Any, K.Some) || r.At(K.All))
        {
            var symbol = (isNegated ? "!~~" : "~~") + (kind == LikeKind.ILike ? "*" : "");
            return (Quantified(r, left, new OperatorName(r.SpanFrom(first.Start), [], symbol)), 0);
        }

        return (Pattern(r, left, isNegated, first, kind), Operators.Like);
    }

    private static (SqlExpr Value, int Refused) Similar(TokenReader r, SqlExpr left, bool isNegated, Token first)
    {
        r.Expect(K.To);
        return (Pattern(r, left, isNegated, first, LikeKind.SimilarTo), Operators.Like);
    }

    private static LikeExpr Pattern(TokenReader r, SqlExpr left, bool isNegated, Token first, LikeKind kind)
    {
        var pattern = ExpressionParser.Parse(r, Operators.Like + 1, isRestricted: false);
        var escape = r.Accept(K.Escape) ? ExpressionParser.Parse(r, Operators.Like + 1, isRestricted: false) : null;
        return new LikeExpr(r.SpanFrom(left.Span.Start), left, pattern, escape, kind, isNegated, first.Start);
    }

    private static BetweenExpr Between(TokenReader r, SqlExpr left, bool isNegated, Token first)
    {
        var isSymmetric = r.Accept(K.Symmetric);
        if (!isSymmetric)
        {
            r.Accept(K.Asymmetric);
        }

        var low = ExpressionParser.ParseRestricted(r);
        r.Expect(K.And);
        var high = ExpressionParser.Parse(r, Operators.Like + 1, isRestricted: false);
        return new BetweenExpr(r.SpanFrom(left.Span.Start), left, low, high, isNegated, isSymmetric, first.Start);
    }

    private static InExpr In(TokenReader r, SqlExpr left, bool isNegated, Token first)
    {
        var (query, items) = Primaries.QueryOrListInParentheses(r);
        return new InExpr(r.SpanFrom(left.Span.Start), left, items, query, isNegated, first.Start);
    }
}
