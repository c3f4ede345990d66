using System.Text;

namespace Plumbline.Prisma.Printing;

/// <summary>Finds the constant in an expression as PostgreSQL prints it: <c>'a'::text</c>, <c>('-1'::integer)::bigint</c>, <c>1.5</c>, <c>true</c>.</summary>
internal static class ConstantReader
{
    /// <summary>The constant of an expression; null where it is none.</summary>
    public static string? Scalar(ReadOnlySpan<char> text)
    {
        text = text.Trim();

        // Prefixes and suffixes only: each round takes something away, so the work is linear but for hostile nests, which this bounds.
        for (var depth = 0; depth < 4; depth++)
        {
            if (text.StartsWith("'"))
            {
                return Quoted(text);
            }

            if (!text.StartsWith("("))
            {
                var cast = text.IndexOf("::");
                var bare = cast < 0 ? text : text[..cast];
                return bare is "true" or "false" || (bare.Length > 0 && !bare.ContainsAnyExcept("0123456789.")) ? bare.ToString() : null;
            }

            var close = text.LastIndexOf(")::");
            if (close < 0)
            {
                return null;
            }

            text = text[1..close];
        }

        return null;
    }

    /// <summary>The constants of an array; null where it is no array of constants.</summary>
    public static IReadOnlyList<string>? Array(string text)
    {
        if (text.StartsWith("'{}'::", StringComparison.Ordinal) || text.StartsWith("ARRAY[]::", StringComparison.Ordinal) ||
            text.StartsWith("(ARRAY[]::", StringComparison.Ordinal))
        {
            return [];
        }

        if (!text.StartsWith("ARRAY[", StringComparison.Ordinal) || !text.EndsWith(']'))
        {
            return null;
        }

        var constants = new List<string>();
        var start = "ARRAY[".Length;
        var depth = 0;
        var quote = '\0';
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\'' or '"')
            {
                quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            }

            depth += quote != '\0' ? 0 : c switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (quote != '\0' || depth > 0 || (c != ',' && i < text.Length - 1))
            {
                continue;
            }

            if (Scalar(text.AsSpan(start, i - start)) is not { } constant)
            {
                return null;
            }

            constants.Add(constant);
            start = i + 1;
        }

        return start == text.Length ? constants : null;
    }

    // '…'::type, and nothing but a type.
    private static string? Quoted(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != '\'')
            {
                result.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '\'')
            {
                result.Append('\'');
                i++;
            }
            else
            {
                var rest = text[(i + 1)..];
                return rest.IsEmpty || IsCast(rest) ? result.ToString() : null;
            }
        }

        return null;
    }

    private static bool IsCast(ReadOnlySpan<char> text)
    {
        var isQuoted = false;
        foreach (var c in text)
        {
            isQuoted ^= c == '"';
            if (!isQuoted && c != '"' && !char.IsAsciiLetterOrDigit(c) && c is not (':' or ' ' or '_' or '.' or '(' or ')' or ',' or '[' or ']'))
            {
                return false;
            }
        }

        return text.StartsWith("::");
    }
}
