using System.Text;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// SQL that says the same and holds no character that a terminal or an editor obeys: in names and strings such characters are written as escapes. PostgreSQL
/// documentation, "String Constants with C-Style Escapes" and "String Constants with Unicode Escapes".
/// </summary>
public static class InertSql
{
    /// <summary>The SQL of a text.</summary>
    /// <param name="sql">SQL that PostgreSQL's scanner reads.</param>
    public static string Of(string sql)
    {
        if (!IsActive(sql))
        {
            return sql;
        }

        var inert = new StringBuilder(sql.Length + 64);
        var lexer = new SqlLexer(sql, 0, sql.Length);
        for (var token = lexer.NextWithTrivia(); token.Kind != TokenKind.End; token = lexer.NextWithTrivia())
        {
            var written = sql.AsSpan(token.Start, token.End - token.Start);
            if (!IsActive(written))
            {
                inert.Append(written);
                continue;
            }

            switch (token.Kind)
            {
                case TokenKind.String or TokenKind.EscapeString or TokenKind.DollarString or TokenKind.UnicodeString:
                    AppendString(inert, TokenText.ReadString(sql, token));
                    break;
                case TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier:
                    AppendName(inert, sql, token);
                    break;
                default:
                    InertText.Escape(written, inert);
                    break;
            }
        }

        return inert.ToString();
    }

    private static bool IsActive(ReadOnlySpan<char> text)
    {
        // A line may end as on Windows.
        while (InertText.IndexOfActive(text) is var at and >= 0)
        {
            if (text[at] != '\r' || at + 1 >= text.Length || text[at + 1] != '\n')
            {
                return true;
            }

            text = text[(at + 2)..];
        }

        return false;
    }

    private static void AppendString(StringBuilder inert, string text)
    {
        inert.Append("E'");
        foreach (var character in text)
        {
            _ = character switch
            {
                '\'' => inert.Append("''"),
                '\\' => inert.Append("\\\\"),
                _ when InertText.IsActive(character) || char.IsSurrogate(character) => inert.Append(InertText.EscapeOf(character)),
                _ => inert.Append(character),
            };
        }

        inert.Append('\'');
    }

    private static void AppendName(StringBuilder inert, string sql, Token token)
    {
        var begin = sql.IndexOf('"', token.Start) + 1;
        var name = sql[begin..(token.End - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
        inert.Append("U&\"");
        foreach (var character in name)
        {
            _ = character switch
            {
                '"' => inert.Append("\"\""),
                '\\' when token.Kind == TokenKind.QuotedIdentifier => inert.Append("\\\\"),
                _ when InertText.IsActive(character) || char.IsSurrogate(character) => inert.Append(InertText.EscapeOf(character).Replace("\\u", "\\", StringComparison.Ordinal)),
                _ => inert.Append(character),
            };
        }

        inert.Append('"');
    }
}
