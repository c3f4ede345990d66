using System.Globalization;
using System.Text;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>
/// Brings the text of an expression to one spelling, so that texts which say the same in other words are equal: casts of constants are dropped
/// (<c>'a'::text</c> is <c>'a'</c>), <c>now()</c> is <c>CURRENT_TIMESTAMP</c>, <c>ARRAY[]::text[]</c> is <c>'{}'</c>, <c>'1'::integer</c> is <c>1</c>.
/// </summary>
internal static class ExpressionNormalizer
{
    /// <summary>The normal form of an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="names">Names to replace, for columns that have another name on the other side; null for none.</param>
    /// <param name="isQuery">Whether it is the query of a view.</param>
    internal static string Normalize(string text, IReadOnlyDictionary<string, string>? names = null, bool isQuery = false)
    {
        var tokens = ExpressionLexer.Read(text);
        if (isQuery)
        {
            tokens = SingleItemQuery.WithoutQualifier(tokens);
        }

        if (names is not null)
        {
            for (var i = 0; i < tokens.Count; i++)
            {
                if (tokens[i].Kind == ExpressionTokenKind.Name && names.TryGetValue(tokens[i].Text, out var name))
                {
                    tokens[i] = tokens[i] with { Text = name };
                }
            }
        }

        tokens = WithoutOuterParentheses(Rewrite(tokens));
        var normal = new StringBuilder(text.Length);
        foreach (var token in tokens)
        {
            // A string must not be mistaken for a name of the same letters.
            normal.Append(token.Kind == ExpressionTokenKind.Text ? '\'' : ' ').Append(token.Text).Append('\0');
        }

        return normal.ToString();
    }

    /// <summary>Whether a normalised expression is one constant, of which the value is known.</summary>
    internal static bool IsConstant(string normal)
    {
        var rest = normal.AsSpan();
        if (rest.StartsWith(" -\0"))
        {
            rest = rest[3..];
        }

        return rest.Count('\0') == 1 && (rest[0] == '\'' || char.IsAsciiDigit(rest[1]) || rest is " true\0" or " false\0" or " null\0");
    }

    private static List<ExpressionToken> Rewrite(List<ExpressionToken> tokens)
    {
        var result = new List<ExpressionToken>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.IsName("pg_catalog") && i + 1 < tokens.Count && tokens[i + 1].Is("."))
            {
                i++;
            }
            else if (token.IsName("now") && i + 2 < tokens.Count && tokens[i + 1].Is("(") && tokens[i + 2].Is(")"))
            {
                result.Add(new(ExpressionTokenKind.Name, "current_timestamp"));
                i += 2;
            }
            else if (token.IsName("array") && i + 1 < tokens.Count && tokens[i + 1].Is("[") && ConstantArray(tokens, i + 1) is var (end, content))
            {
                i = CastEnd(tokens, end, out _);
                result.Add(new(ExpressionTokenKind.Text, content));
            }
            else if (token.Kind is ExpressionTokenKind.Text or ExpressionTokenKind.Number)
            {
                i = CastEnd(tokens, i, out var type);
                AddConstant(result, token, type);
            }
            else if (token.Is("(") && NegativeNumber(tokens, i) is { } closing)
            {
                // (-1) and (-1)::numeric
                result.Add(tokens[i + 1]);
                AddConstant(result, tokens[i + 2], null);
                i = CastEnd(tokens, closing, out _);
            }
            else
            {
                result.Add(token);
            }
        }

        return result;
    }

    private static int? NegativeNumber(List<ExpressionToken> tokens, int index) =>
        index + 3 < tokens.Count && tokens[index + 1].Is("-") && tokens[index + 2].Kind == ExpressionTokenKind.Number && tokens[index + 3].Is(")")
            ? index + 3
            : null;

    private static void AddConstant(List<ExpressionToken> result, ExpressionToken token, string? type)
    {
        if (token.Kind == ExpressionTokenKind.Text && type is "boolean" or "bool" && token.Text is "t" or "true" or "f" or "false")
        {
            result.Add(new(ExpressionTokenKind.Name, token.Text[0] == 't' ? "true" : "false"));
            return;
        }

        var isNumber = token.Kind == ExpressionTokenKind.Number
            || type is "integer" or "int" or "int4" or "bigint" or "int8" or "smallint" or "int2" or "numeric" or "decimal" or "double" or "real" or "float8" or "float4";
        if (isNumber && decimal.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            if (number < 0)
            {
                result.Add(new(ExpressionTokenKind.Symbol, "-"));
            }

            result.Add(new(ExpressionTokenKind.Number, Math.Abs(number).ToString("0.############################", CultureInfo.InvariantCulture)));
            return;
        }

        result.Add(token);
    }

    /// <summary>Where the casts end that follow a token: the index of their last token, else the token's own.</summary>
    private static int CastEnd(List<ExpressionToken> tokens, int index, out string? type)
    {
        type = null;
        while (index + 2 < tokens.Count && tokens[index + 1].Is("::") && tokens[index + 2].Kind == ExpressionTokenKind.Name)
        {
            index += 2;
            type ??= tokens[index].Text;
            if (index + 2 < tokens.Count && tokens[index + 1].Is(".") && tokens[index + 2].Kind == ExpressionTokenKind.Name)
            {
                index += 2;
                type = null;
            }

            while (index + 1 < tokens.Count && tokens[index + 1] is { Kind: ExpressionTokenKind.Name, Text: "varying" or "precision" })
            {
                index++;
            }

            index = BracketEnd(tokens, index, "(", ")");
            if (index + 3 < tokens.Count && tokens[index + 1] is { Kind: ExpressionTokenKind.Name, Text: "with" or "without" } &&
                tokens[index + 2].IsName("time") && tokens[index + 3].IsName("zone"))
            {
                index += 3;
            }

            for (var end = BracketEnd(tokens, index, "[", "]"); end != index; end = BracketEnd(tokens, index, "[", "]"))
            {
                index = end;
                type = null;
            }
        }

        return index;
    }

    private static int BracketEnd(List<ExpressionToken> tokens, int index, string open, string close)
    {
        if (index + 1 >= tokens.Count || !tokens[index + 1].Is(open))
        {
            return index;
        }

        for (var i = index + 2; i < tokens.Count && i < index + 8; i++)
        {
            if (tokens[i].Is(close))
            {
                return i;
            }

            if (tokens[i].Kind != ExpressionTokenKind.Number && !tokens[i].Is(","))
            {
                break;
            }
        }

        return index;
    }

    /// <summary>An array of constants as <c>array_out</c> prints it, with the index of its closing bracket; null for an array of anything else.</summary>
    private static (int End, string Content)? ConstantArray(List<ExpressionToken> tokens, int open)
    {
        var content = new StringBuilder("{");
        for (var i = open + 1; i < tokens.Count; i++)
        {
            if (tokens[i].Is("]"))
            {
                return (i, content.Append('}').ToString());
            }

            if (content.Length > 1)
            {
                if (!tokens[i].Is(",") || ++i >= tokens.Count)
                {
                    return null;
                }

                content.Append(',');
            }

            if (tokens[i].Is("-") && i + 1 < tokens.Count && tokens[i + 1].Kind == ExpressionTokenKind.Number)
            {
                content.Append('-');
                i++;
            }

            switch (tokens[i].Kind)
            {
                case ExpressionTokenKind.Text:
                    AppendElement(content, tokens[i].Text);
                    break;
                case ExpressionTokenKind.Number:
                    content.Append(tokens[i].Text);
                    break;
                case ExpressionTokenKind.Name when tokens[i].Text is "true" or "false":
                    content.Append(tokens[i].Text[0]);
                    break;
                default:
                    return null;
            }

            i = CastEnd(tokens, i, out _);
        }

        return null;
    }

    /// <summary>PostgreSQL documentation, "Array Input and Output Syntax".</summary>
    private static void AppendElement(StringBuilder content, string element)
    {
        if (element.Length > 0 && !element.AsSpan().ContainsAny("{},\"\\ \t\n\r\v\f") && !element.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            content.Append(element);
            return;
        }

        content.Append('"').Append(element.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
    }

    private static List<ExpressionToken> WithoutOuterParentheses(List<ExpressionToken> tokens)
    {
        var pairs = 0;
        while (tokens.Count - (2 * pairs) >= 2 && tokens[pairs].Is("(") && tokens[^(pairs + 1)].Is(")"))
        {
            pairs++;
        }

        if (pairs == 0)
        {
            return tokens;
        }

        // Of the brackets at the start, only those belong to brackets at the end that stay open over all that stands between them.
        var depth = pairs;
        var lowest = pairs;
        for (var i = pairs; i < tokens.Count - pairs; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            lowest = Math.Min(lowest, depth);
        }

        lowest = Math.Max(lowest, 0);
        return tokens[lowest..(tokens.Count - lowest)];
    }
}
