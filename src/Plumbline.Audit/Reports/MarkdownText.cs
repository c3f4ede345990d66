using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Audit.Reports;

/// <summary>Puts text that may hold anything into Markdown.</summary>
/// <remarks>GitHub Flavored Markdown Spec; GitHub documentation, "Basic writing and formatting syntax", "Autolinked references and URLs" and "Writing mathematical expressions".</remarks>
internal static partial class MarkdownText
{
    private const string Openers = "(\"'[{<*_~`";
    private const string Closers = ".,;:!?)\"']}>*_~`";

    /// <summary>
    /// Text for a line, from its beginning on, or for the cell of a table: nothing in it acts as Markdown or HTML. Words that GitHub makes mentions, references, links,
    /// pictures or formulas of are code: it does so after Markdown was read, when escapes are gone.
    /// </summary>
    public static string Escape(string text)
    {
        var line = text.Replace("\r", "", StringComparison.Ordinal).Replace('\n', ' ').Trim(' ', '\t');
        var escaped = new StringBuilder(line.Length + 8);
        for (var start = 0; start < line.Length;)
        {
            var length = line.AsSpan(start).IndexOfAny(' ', '\t') is var blank and >= 0 ? blank : line.Length - start;
            var word = line.AsSpan(start, length);
            if (ActiveWord().IsMatch(word))
            {
                var inner = word.TrimStart(Openers);
                var before = word[..^inner.Length];
                inner = inner.TrimEnd(Closers);
                Escape(before, isFirst: start == 0, escaped);
                escaped.Append(Code(inner.ToString()));
                Escape(word[(before.Length + inner.Length)..], isFirst: false, escaped);
            }
            else
            {
                Escape(word, isFirst: start == 0, escaped);
            }

            start += length;
            if (start < line.Length)
            {
                escaped.Append(line[start++]);
            }
        }

        // A heading may be closed by what it is opened with.
        if (escaped.Length > 1 && escaped[^1] == '#' && escaped[^2] != '\\')
        {
            escaped.Insert(escaped.Length - 1, '\\');
        }

        return escaped.ToString();
    }

    private static void Escape(ReadOnlySpan<char> word, bool isFirst, StringBuilder escaped)
    {
        var digits = word.IndexOfAnyExceptInRange('0', '9');
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            switch (c)
            {
                case '\\' or '`' or '*' or '<' or '>' or '[' or ']' or '|' or '~':
                    escaped.Append('\\').Append(c);
                    break;

                // Between letters and digits an underscore is one; elsewhere it would begin emphasis.
                case '_' when !(i > 0 && i + 1 < word.Length && char.IsLetterOrDigit(word[i - 1]) && char.IsLetterOrDigit(word[i + 1])):
                    escaped.Append("\\_");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;

                // At the beginning of a line: a heading, an item of a list, a line across the page; an item with a number.
                case '#' or '-' or '+' or '=' when isFirst && i == 0 && word.TrimStart(c).IsEmpty:
                case '.' or ')' when isFirst && i == digits && i > 0 && i == word.Length - 1:
                    escaped.Append('\\').Append(c);
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }
    }

    // @name, #1 and GH-1, addresses, $formula$, :smile:.
    [GeneratedRegex(@"@[A-Za-z0-9]|#\d|\bGH-\d|(?<![A-Za-z0-9])www\.|://|(?<![A-Za-z0-9])(?:mailto|xmpp):|\$|:(?:1(?:00|234)|[\d_+-]*[a-z][\w+-]*):", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ActiveWord();

    /// <summary>Text as code in a line.</summary>
    public static string Code(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var fence = new string('`', LongestRun(line) + 1);
        var pad = line.StartsWith('`') || line.EndsWith('`') ? " " : "";

        // Tables end a cell at a bar even within code.
        return fence + pad + line.Replace("|", "\\|", StringComparison.Ordinal) + pad + fence;
    }

    /// <summary>Text as a block of code, with a line feed behind it.</summary>
    public static string Block(string text, string language)
    {
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}{language}\n{text.ReplaceLineEndings("\n").TrimEnd('\n')}\n{fence}\n";
    }

    private static int LongestRun(string text)
    {
        var (longest, current) = (0, 0);
        foreach (var c in text)
        {
            current = c == '`' ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }
}
