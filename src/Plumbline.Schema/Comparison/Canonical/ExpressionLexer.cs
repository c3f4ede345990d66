using System.Text;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>
/// Cuts an SQL expression into tokens, as far as comparing needs it. PostgreSQL documentation, "Lexical Structure". Blanks and comments are left
/// out; what is unterminated ends with the text.
/// </summary>
internal static class ExpressionLexer
{
    /// <summary>The characters that operators are made of.</summary>
    internal const string OperatorCharacters = "+-*/<>=~!@#%^&|`?";

    internal static List<ExpressionToken> Read(string text)
    {
        var tokens = new List<ExpressionToken>();
        var position = 0;
        while (position < text.Length)
        {
            var character = text[position];
            if (char.IsWhiteSpace(character))
            {
                position++;
            }
            else if (text.AsSpan(position).StartsWith("--"))
            {
                var end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end;
            }
            else if (text.AsSpan(position).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
                position = end < 0 ? text.Length : end + 2;
            }
            else if (character == '\'')
            {
                tokens.Add(new(ExpressionTokenKind.Text, Quoted(text, ref position, '\'', escapes: false)));
            }
            else if (character is 'E' or 'e' && position + 1 < text.Length && text[position + 1] == '\'')
            {
                position++;
                tokens.Add(new(ExpressionTokenKind.Text, Quoted(text, ref position, '\'', escapes: true)));
            }
            else if (character == '"')
            {
                tokens.Add(new(ExpressionTokenKind.Name, Quoted(text, ref position, '"', escapes: false), IsQuoted: true));
            }
            else if (character == '$' && DollarQuoted(text, ref position) is { } body)
            {
                tokens.Add(new(ExpressionTokenKind.Text, body));
            }
            else if (char.IsAsciiDigit(character) || (character == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
            {
                tokens.Add(new(ExpressionTokenKind.Number, Number(text, ref position)));
            }
            else if (IsNameStart(character))
            {
                tokens.Add(new(ExpressionTokenKind.Name, Name(text, ref position)));
            }
            else
            {
                tokens.Add(new(ExpressionTokenKind.Symbol, Symbol(text, ref position)));
            }
        }

        return tokens;
    }

    private static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == '_' || character > 127;

    private static string Name(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && (IsNameStart(text[position]) || char.IsAsciiDigit(text[position]) || text[position] == '$'))
        {
            position++;
        }

        return text[start..position].ToLowerInvariant();
    }

    private static string Number(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
        {
            position++;
        }

        if (position < text.Length && text[position] is 'e' or 'E')
        {
            var exponent = position + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
            {
                exponent++;
            }

            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                position = exponent;
                while (position < text.Length && char.IsAsciiDigit(text[position]))
                {
                    position++;
                }
            }
        }

        return text[start..position];
    }

    private static string Symbol(string text, ref int position)
    {
        var start = position;
        if (text.AsSpan(position).StartsWith("::"))
        {
            position += 2;
        }
        else if (OperatorCharacters.Contains(text[position], StringComparison.Ordinal))
        {
            while (position < text.Length && OperatorCharacters.Contains(text[position], StringComparison.Ordinal) &&
                !text.AsSpan(position).StartsWith("--") && !text.AsSpan(position).StartsWith("/*"))
            {
                position++;
            }

            // PostgreSQL documentation, "Operators": a sign at the end belongs to what follows, unless the operator could not be mistaken.
            while (position - start > 1 && text[position - 1] is '+' or '-' && !text.AsSpan(start, position - start).ContainsAny("~!@#%^&|`?"))
            {
                position--;
            }
        }
        else if (text.AsSpan(position).StartsWith(":="))
        {
            position += 2;
        }
        else
        {
            position++;
        }

        var symbol = text[start..position];
        return symbol == "!=" ? "<>" : symbol;
    }

    private static string Quoted(string text, ref int position, char quote, bool escapes)
    {
        var value = new StringBuilder();
        position++;
        while (position < text.Length)
        {
            var character = text[position++];
            if (character == quote)
            {
                if (position >= text.Length || text[position] != quote)
                {
                    break;
                }

                position++;
            }
            else if (escapes && character == '\\' && position < text.Length)
            {
                character = text[position++] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\b',
                    'f' => '\f',
                    var other => other,
                };
            }

            value.Append(character);
        }

        return value.ToString();
    }

    private static string? DollarQuoted(string text, ref int position)
    {
        var tagEnd = position + 1;
        while (tagEnd < text.Length && (IsNameStart(text[tagEnd]) || char.IsAsciiDigit(text[tagEnd])))
        {
            tagEnd++;
        }

        if (tagEnd >= text.Length || text[tagEnd] != '$')
        {
            return null;
        }

        var tag = text[position..(tagEnd + 1)];
        var end = text.IndexOf(tag, tagEnd + 1, StringComparison.Ordinal);
        var body = end < 0 ? text[(tagEnd + 1)..] : text[(tagEnd + 1)..end];
        position = end < 0 ? text.Length : end + tag.Length;
        return body;
    }
}
