using System.Globalization;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>Constants.</summary>
internal static class Literals
{
    /// <summary>The grammar's <c>Sconst</c>.</summary>
    public static ConstantExpr String(TokenReader r)
    {
        if (!r.Current.IsString)
        {
            throw r.Unexpected();
        }

        var token = r.Advance();
        var escape = token.Kind == TokenKind.UnicodeString ? UnicodeEscape(r) : '\\';
        return new ConstantExpr(r.SpanFrom(token.Start), ConstantKind.String, TokenText.ReadString(r.Text, token, escape));
    }

    /// <summary>Where the content of a string begins that is written as it is: between dollar signs, or between quotes with none inside; null for any other.</summary>
    public static int? ContentStart(string text, Plumbline.Schema.Text.TextSpan span) => text[span.Start] switch
    {
        '$' => text.IndexOf('$', span.Start + 1) + 1,
        '\'' when text.IndexOf('\'', span.Start + 1) == span.Start + span.Length - 1 => span.Start + 1,
        _ => null,
    };

    /// <summary>The character of UESCAPE; a backslash where it is not written.</summary>
    public static char UnicodeEscape(TokenReader r)
    {
        if (!r.Accept(K.Uescape))
        {
            return '\\';
        }

        var token = r.Current;
        if (token.Kind != TokenKind.String)
        {
            throw token.Kind == TokenKind.Error
                ? r.Unexpected()
                : TokenReader.Error($"UESCAPE must be followed by a simple string literal at or near \"{r.TextOf(token)}\"", token.Start);
        }

        var value = TokenText.ReadString(r.Text, token);
        if (value.Length != 1 || char.IsAsciiHexDigit(value[0]) || SqlLexer.IsSpace(value[0]) || value[0] is '+' or '\'' or '"')
        {
            throw TokenReader.Error($"invalid Unicode escape character at or near \"{r.TextOf(token)}\"", token.Start);
        }

        r.Advance();
        return value[0];
    }

    /// <summary>The grammar's <c>Iconst</c>.</summary>
    public static int Integer(TokenReader r) => ParseInteger(r, r.Expect(TokenKind.Integer));

    /// <summary>The grammar's <c>SignedIconst</c>.</summary>
    public static int SignedInteger(TokenReader r)
    {
        var isNegative = r.At('-');
        if (!r.Accept('-'))
        {
            r.Accept('+');
        }

        var value = Integer(r);
        return isNegative ? -value : value;
    }

    /// <summary>The grammar's <c>NumericOnly</c>: a number with or without a sign.</summary>
    public static ConstantExpr Number(TokenReader r)
    {
        var start = r.Current.Start;
        var isNegative = r.At('-');
        if (!r.Accept('-'))
        {
            r.Accept('+');
        }

        if (!r.At(TokenKind.Integer) && !r.At(TokenKind.Numeric))
        {
            throw r.Unexpected();
        }

        var token = r.Advance();
        var text = NumberScanner.Normalize(r.Text.AsSpan(token.Start, token.End - token.Start));
        return new ConstantExpr(r.SpanFrom(start), token.Kind == TokenKind.Integer ? ConstantKind.Integer : ConstantKind.Numeric, isNegative
            ? "-" + text : text);
    }

    private static int ParseInteger(TokenReader r, Token token) =>
        int.Parse(NumberScanner.Normalize(r.Text.AsSpan(token.Start, token.End - token.Start)), CultureInfo.InvariantCulture);
}
