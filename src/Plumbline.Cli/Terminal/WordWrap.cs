using System.Text;

namespace Plumbline.Cli.Terminal;

/// <summary>Breaks text into lines at blanks. What someone would copy stays whole: words, paths, names in quotes.</summary>
internal static class WordWrap
{
    // A quote that closes later than this is no name.
    private const int LongestName = 60;

    /// <summary>The lines of a text without line breaks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">Cells of the first line.</param>
    /// <param name="following">Cells of the lines after it.</param>
    public static IEnumerable<string> Lines(string text, int first, int following)
    {
        var line = new StringBuilder();
        var (cells, room) = (0, first);
        foreach (var word in Words(text))
        {
            var length = TerminalPage.CellsOf(word);
            if (line.Length > 0 && cells + TerminalPage.CellsOf(word.TrimEnd()) > room && line.ToString().Trim().Length > 0)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                (cells, room) = (0, following);
            }

            line.Append(word);
            cells += length;
        }

        yield return line.ToString().TrimEnd();
    }

    // Each word with the blanks behind it.
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '"' or '`' && text.IndexOf(text[i], i + 1) is var close and > 0 && close - i <= LongestName)
            {
                i = close;
            }
            else if (text[i] == ' ' && (i + 1 == text.Length || text[i + 1] != ' '))
            {
                yield return text[start..(i + 1)];
                start = i + 1;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
