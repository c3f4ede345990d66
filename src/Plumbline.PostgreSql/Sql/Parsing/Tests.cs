using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>What may follow IS ("Comparison Functions and Operators").</summary>
internal static class Tests
{
    /// <summary>A test, with the level of operators that may not follow it.</summary>
    public static (SqlExpr Value, int Refused) Parse(TokenReader r, SqlExpr left, bool isRestricted)
    {
        var start = left.Span.Start;
        var word = r.Advance();
        if (word.Keyword != K.Is)
        {
            return (new IsTestExpr(r.SpanFrom(start), left, IsTestKind.Null, word.Keyword == K.Notnull, word.Start), 0);
        }

        var isNegated = r.Accept(K.Not);
        if (r.Accept(K.Distinct))
        {
            r.Expect(K.From);
            var right = ExpressionParser.Parse(r, Operators.Is + 1, isRestricted);
            return (new DistinctExpr(r.SpanFrom(start), left, right, isNegated, word.Start), Operators.Is);
        }

        IsTestKind? simple = r.Current.Keyword switch
        {
            K.Null => IsTestKind.Null,
            K.True => IsTestKind.True,
            K.False => IsTestKind.False,
            K.Unknown => IsTestKind.Unknown,
            K.Document => IsTestKind.Document,
            K.Normalized => IsTestKind.Normalized,
            _ => null,
        };
        if (simple is { } kind)
        {
            r.Advance();
            return (new IsTestExpr(r.SpanFrom(start), left, kind, isNegated, word.Start), 0);
        }

        if (r.Current.Keyword is K.Nfc or K.Nfd or K.Nfkc or K.Nfkd)
        {
            var form = r.TextOf(r.Advance()).ToUpperInvariant();
            r.Expect(K.Normalized);
            return (new IsTestExpr(r.SpanFrom(start), left, IsTestKind.Normalized, isNegated, word.Start, form), 0);
        }

        r.Expect(K.Json);
        var itemType = r.Current.Keyword is K.Value or K.Array or K.Object or K.Scalar ? TokenText.FoldCase(r.TextOf(r.Advance())) : null;
        var uniqueKeys = JsonUniqueKeys(r);
        return (new IsJsonExpr(r.SpanFrom(start), left, isNegated, itemType, uniqueKeys), 0);
    }

    /// <summary>WITH or WITHOUT UNIQUE KEYS, where written.</summary>
    public static bool JsonUniqueKeys(TokenReader r)
    {
        if (!r.AtPair(K.With, K.Unique) && !r.AtPair(K.Without, K.Unique))
        {
            return false;
        }

        var isWith = r.Advance().Keyword == K.With;
        r.Advance();
        r.Accept(K.Keys);
        return isWith;
    }
}
