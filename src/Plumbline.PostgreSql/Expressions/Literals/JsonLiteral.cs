using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of types <c>json</c> and <c>jsonb</c>.</summary>
internal static partial class JsonLiteral
{
    private const int MaximumDepth = 500;

    /// <summary>Whether the text is a JSON value.</summary>
    public static bool IsValid(string text) => Normalize(text) is not null;

    /// <summary>The value as <c>jsonb_out</c> prints it; null where the text is no JSON value.</summary>
    public static string? Normalize(string text)
    {
        var position = 0;
        var value = Read(text, ref position, 0);
        SkipBlanks(text, ref position);
        return position == text.Length ? value : null;
    }

    /// <summary>A path of plain members and elements as <c>jsonpath_out</c> prints it; null where it is not understood.</summary>
    public static string? NormalizePath(string text)
    {
        if (!PathPattern().IsMatch(text))
        {
            return null;
        }

        var result = new StringBuilder("$");
        foreach (Match step in StepPattern().Matches(text))
        {
            result.Append(step.Groups["name"].Success ? $".\"{step.Groups["name"].Value}\"" : step.Value);
        }

        return result.ToString();
    }

    [GeneratedRegex("""^\$(\.[A-Za-z_][A-Za-z_0-9]*|\."[A-Za-z_0-9 -]*"|\.\*|\[\*\]|\[[0-9]{1,6}\])*$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PathPattern();

    [GeneratedRegex("""\."?(?<name>[A-Za-z_0-9 -]+)"?|\.\*|\[\*\]|\[[0-9]{1,6}\]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex StepPattern();

    private static string? Read(string text, ref int position, int depth)
    {
        SkipBlanks(text, ref position);
        if (position >= text.Length || depth > MaximumDepth)
        {
            return null;
        }

        switch (text[position])
        {
            case '{':
                return ReadObject(text, ref position, depth);
            case '[':
                return ReadArray(text, ref position, depth);
            case '"':
                return ReadString(text, ref position) is { } value ? Escape(value) : null;
            case '-' or (>= '0' and <= '9'):
                return ReadNumber(text, ref position);
            default:
                foreach (var word in (ReadOnlySpan<string>)["true", "false", "null"])
                {
                    if (text.AsSpan(position).StartsWith(word))
                    {
                        position += word.Length;
                        return position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_') ? null : word;
                    }
                }

                return null;
        }
    }

    private static string? ReadObject(string text, ref int position, int depth)
    {
        position++;
        var members = new Dictionary<string, string>();
        SkipBlanks(text, ref position);
        if (position < text.Length && text[position] == '}')
        {
            position++;
            return "{}";
        }

        while (true)
        {
            SkipBlanks(text, ref position);
            if (position >= text.Length || text[position] != '"' || ReadString(text, ref position) is not { } key)
            {
                return null;
            }

            SkipBlanks(text, ref position);
            if (position >= text.Length || text[position++] != ':' || Read(text, ref position, depth + 1) is not { } value)
            {
                return null;
            }

            members[key] = value;
            SkipBlanks(text, ref position);
            if (position >= text.Length || text[position] is not (',' or '}'))
            {
                return null;
            }

            if (text[position++] == '}')
            {
                break;
            }
        }

        // Shorter keys first, then by their bytes.
        var sorted = members.Select(m => (Key: Encoding.UTF8.GetBytes(m.Key), Name: m.Key, m.Value)).ToList();
        sorted.Sort((a, b) => a.Key.Length != b.Key.Length ? a.Key.Length - b.Key.Length : a.Key.AsSpan().SequenceCompareTo(b.Key));
        return "{" + string.Join(", ", sorted.Select(m => $"{Escape(m.Name)}: {m.Value}")) + "}";
    }

    private static string? ReadArray(string text, ref int position, int depth)
    {
        position++;
        SkipBlanks(text, ref position);
        if (position < text.Length && text[position] == ']')
        {
            position++;
            return "[]";
        }

        var items = new List<string>();
        while (true)
        {
            if (Read(text, ref position, depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
            SkipBlanks(text, ref position);
            if (position >= text.Length || text[position] is not (',' or ']'))
            {
                return null;
            }

            if (text[position++] == ']')
            {
                return "[" + string.Join(", ", items) + "]";
            }
        }
    }

    private static string? ReadNumber(string text, ref int position)
    {
        var start = position;
        if (text[position] == '-')
        {
            position++;
        }

        var digits = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        if (position == digits || (text[digits] == '0' && position > digits + 1))
        {
            return null;
        }

        if (position < text.Length && text[position] == '.')
        {
            var fraction = ++position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            if (position == fraction)
            {
                return null;
            }
        }

        if (position < text.Length && text[position] is 'e' or 'E')
        {
            position++;
            if (position < text.Length && text[position] is '+' or '-')
            {
                position++;
            }

            var exponent = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            if (position == exponent)
            {
                return null;
            }
        }

        return position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '_')
            ? null
            : NumericLiteral.Normalize(text[start..position]);
    }

    private static string? ReadString(string text, ref int position)
    {
        var value = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            var c = text[position];
            if (c == '"')
            {
                position++;
                return value.ToString();
            }

            if (c < ' ')
            {
                return null;
            }

            if (c != '\\')
            {
                value.Append(c);
                continue;
            }

            if (++position >= text.Length)
            {
                return null;
            }

            switch (text[position])
            {
                case '"' or '\\' or '/':
                    value.Append(text[position]);
                    break;
                case 'b':
                    value.Append('\b');
                    break;
                case 'f':
                    value.Append('\f');
                    break;
                case 'n':
                    value.Append('\n');
                    break;
                case 'r':
                    value.Append('\r');
                    break;
                case 't':
                    value.Append('\t');
                    break;
                case 'u' when position + 4 < text.Length &&
                    ushort.TryParse(text.AsSpan(position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) && unit != 0:
                    value.Append((char)unit);
                    position += 4;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private static string Escape(string value)
    {
        var result = new StringBuilder("\"");
        foreach (var c in value)
        {
            result.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return result.Append('"').ToString();
    }

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\n' or '\r')
        {
            position++;
        }
    }
}
