using System.Text.RegularExpressions;

namespace Plumbline.Audit.Connections;

/// <summary>The defaults of columns that are named like a secret, where one line of SQL or of a Prisma schema shows both.</summary>
internal static partial class SecretDefaults
{
    private const string Attribute = "@default(";

    /// <summary>A line with such defaults replaced.</summary>
    /// <param name="line">The line.</param>
    public static string Mask(string line)
    {
        if (!line.Contains("default", StringComparison.OrdinalIgnoreCase))
        {
            return line;
        }

        var masked = Sql().Replace(line, match => SecretNames.HoldsSecret(NameAt(line, match.Groups["name"])) ? match.Groups["before"].Value + Hidden(match.Groups["value"].Value, '\'') : match.Value);
        var at = masked.IndexOf(Attribute, StringComparison.Ordinal);
        return at >= 0 && IsSecretField(masked.AsSpan(0, at), masked)
            ? string.Concat(masked.AsSpan(0, at + Attribute.Length), Prisma().Replace(masked[(at + Attribute.Length)..], static match => Hidden(match.Value, '"'), 1))
            : masked;
    }

    // A name with what stands before the part of it that was found.
    private static ReadOnlySpan<char> NameAt(string line, Group found)
    {
        const int longestName = 63;
        var start = found.Index;
        while (start > 0 && found.Index - start < longestName && (char.IsLetterOrDigit(line[start - 1]) || line[start - 1] == '_'))
        {
            start--;
        }

        return line.AsSpan(start, found.Index + found.Length - start);
    }

    // The name of the field, or that of its column.
    private static bool IsSecretField(ReadOnlySpan<char> before, string line)
    {
        var field = before.TrimStart(" \t+-");
        var end = field.IndexOfAny(' ', '\t');
        return (end > 0 && SecretNames.HoldsSecret(field[..end])) || (Column().Match(line) is { Success: true } column && SecretNames.HoldsSecret(column.Groups["name"].ValueSpan));
    }

    // Without its quotes; an empty one hides nothing.
    private static string Hidden(string value, char quote)
    {
        var (open, close) = (value.IndexOf(quote), value.LastIndexOf(quote));
        return close <= open + 1 ? value : string.Concat(value.AsSpan(0, open + 1), "***", value.AsSpan(close));
    }

    // password text NOT NULL DEFAULT '…', ALTER COLUMN "apiKey" SET DEFAULT '…'; in JSON the quotes are escaped.
    [GeneratedRegex(
        """(?<before>(?<name>(?:pass|pwd|secret|api_?key|private_?key|token|credential|hash)[\w$]{0,60})(?:\\?["`])?\s(?!\s{0,20}\()(?:(?!\b(?:ADD|ALTER|COLUMN)\b)[^,;'"]){0,100}?\bDEFAULT\s{1,20}\(?)(?<value>(?:E|U&)?'(?:[^']|'')*(?:'|$))""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sql();

    // "…", ["…", "…"]; of dbgenerated() only a constant.
    [GeneratedRegex("""\G\s*(?:\[[^\]]*\]|"(?:[^"\\]|\\.)*"|dbgenerated\(\s*"'(?:[^"\\]|\\.)*")""", RegexOptions.CultureInvariant)]
    private static partial Regex Prisma();

    [GeneratedRegex("""@map\(\s*(?:name:\s*)?"(?<name>[^"]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Column();
}
