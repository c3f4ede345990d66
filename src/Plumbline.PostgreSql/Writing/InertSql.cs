using System.Text;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// SQL that says the same and holds nothing that a terminal, an editor or the log of CI obeys: in names and strings such characters, and the first ones of commands
/// (<see cref="LogCommands"/>), are written as escapes. PostgreSQL documentation, "String Constants with C-Style Escapes" and "String Constants with Unicode Escapes".
/// </summary>
public static class InertSql
{
    /// <summary>The SQL of a text.</summary>
    /// <param name="sql">SQL that PostgreSQL's scanner reads.</param>
    public static string Of(string sql)
    {
        var commands = LogCommands.In(sql);
        if (commands.Count == 0 && !IsActive(sql))
        {
            return sql;
        }

        var inert = new StringBuilder(sql.Length + 64);
        var lexer = new SqlLexer(sql, 0, sql.Length);
        var next = 0;
        for (var token = lexer.NextWithTrivia(); token.Kind != TokenKind.End; token = lexer.NextWithTrivia())
        {
            var hasCommand = false;
            for (; next < commands.Count && commands[next] < token.End; next++)
            {
                hasCommand = true;
            }

            var written = sql.AsSpan(token.Start, token.End - token.Start);
            if (!hasCommand && !IsActive(written))
            {
                inert.Append(written);
                continue;
            }

            switch (token.Kind)
            {
                case TokenKind.String or TokenKind.EscapeString or TokenKind.DollarString or TokenKind.UnicodeString:
                    AppendString(inert, TokenText.ReadString(sql, token), hasCommand);
                    break;
                case TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier:
                    AppendName(inert, sql, token, hasCommand);
                    break;
                case TokenKind.DoubleColon:
                    // A line may begin with a comment.
                    inert.Append("/**/::");
                    break;
                case TokenKind.Operator:
                    InertText.Escape(written, inert);
                    inert.Append(' ');
                    break;
                default:
                    InertText.Escape(hasCommand ? EscapeCommands(written) : written, inert);
                    break;
            }
        }

        return inert.ToString();
    }

    // Of comments.
    private static string EscapeCommands(ReadOnlySpan<char> written) => LogCommands.EscapeMarks(written.ToString()).Replace("::", InertText.EscapeOf(':') + ":", StringComparison.Ordinal);

    // The second of two number signs, and the first of two colons.
    private static bool IsOfCommand(string text, int at) => text[at] switch
    {
        '#' => at > 0 && text[at - 1] == '#',
        ':' => at + 1 < text.Length && text[at + 1] == ':',
        _ => false,
    };

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

    private static void AppendString(StringBuilder inert, string text, bool hasCommand)
    {
        inert.Append("E'");
        foreach (var (at, character) in text.Index())
        {
            _ = character switch
            {
                '\'' => inert.Append("''"),
                '\\' => inert.Append("\\\\"),
                _ when InertText.IsActive(character) || char.IsSurrogate(character) || (hasCommand && IsOfCommand(text, at)) => inert.Append(InertText.EscapeOf(character)),
                _ => inert.Append(character),
            };
        }

        inert.Append('\'');
    }

    private static void AppendName(StringBuilder inert, string sql, Token token, bool hasCommand)
    {
        var begin = sql.IndexOf('"', token.Start) + 1;
        var name = sql[begin..(token.End - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
        inert.Append("U&\"");
        foreach (var (at, character) in name.Index())
        {
            _ = character switch
            {
                '"' => inert.Append("\"\""),
                '\\' when token.Kind == TokenKind.QuotedIdentifier => inert.Append("\\\\"),
                _ when InertText.IsActive(character) || char.IsSurrogate(character) || (hasCommand && IsOfCommand(name, at)) => inert.Append(InertText.EscapeOf(character).Replace("\\u", "\\", StringComparison.Ordinal)),
                _ => inert.Append(character),
            };
        }

        inert.Append('"');
    }
}
