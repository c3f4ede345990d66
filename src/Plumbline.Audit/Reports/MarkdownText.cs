using System.Text;

namespace Plumbline.Audit.Reports;

/// <summary>Puts text that may hold anything into Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>Text for the middle of a line or the cell of a table: nothing in it acts as Markdown or HTML.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\\' or '`' or '*' or '<' or '>' or '[' or ']' or '|' or '~':
                    escaped.Append('\\').Append(c);
                    break;

                // Between letters and digits an underscore is one; elsewhere it would begin emphasis.
                case '_' when !(i > 0 && i + 1 < text.Length && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1])):
                    escaped.Append("\\_");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '\n':
                    escaped.Append(' ');
                    break;
                case '\r':
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }

        return escaped.ToString();
    }

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
