using System.Globalization;
using Plumbline.Audit.Connections;
using Plumbline.Schema.Text;
using Spectre.Console;

namespace Plumbline.Cli.Terminal;

/// <summary>Shows a line of a file with the place in it marked, as compilers do.</summary>
internal static class SourceExcerpt
{
    private const int TabWidth = 4;

    // What goes on for more lines is known from its first ones.
    private const int LongestExcerpt = 4;

    /// <summary>The columns that the line numbers of some places take.</summary>
    public static int GutterOf(IEnumerable<SourceLocation> places) =>
        places.Select(place => Digits(Math.Min(place.EndLine, place.Line + LongestExcerpt - 1))).DefaultIfEmpty(1).Max();

    /// <summary>Writes the place and its lines.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="place">The place.</param>
    /// <param name="text">The file's text; null where it cannot be shown: then the place alone is.</param>
    /// <param name="label">What the place is.</param>
    /// <param name="gutter">Columns of the line numbers.</param>
    /// <param name="isFirst">Whether it is the first place of several.</param>
    /// <param name="mark">The style of the mark.</param>
    public static void Write(TerminalPage page, SourceLocation place, SourceText? text, string label, int gutter, bool isFirst, Style mark)
    {
        var empty = new string(' ', gutter);
        page.Write($"{empty} {(isFirst ? "╭─" : "├─")} ", Styles.Frame)
            .Write(place.ToString(), Styles.Path)
            .WriteLine(label.Length == 0 ? "" : $"  {label}", Styles.Faint);
        if (text is null || place.Line > text.LineCount || !SecretMask.CanShow(place.Path))
        {
            return;
        }

        var last = Math.Min(Math.Min(place.EndLine, text.LineCount), place.Line + LongestExcerpt - 1);
        for (var number = place.Line; number <= last; number++)
        {
            var line = SecretMask.Line(text, number);
            var from = number == place.Line ? Math.Min(place.Column - 1, line.Length) : line.Length - line.TrimStart().Length;
            var to = number == place.EndLine ? Math.Clamp(place.EndColumn - 1, from, line.Length) : line.Length;
            WriteLine(page, line, from, to, number, gutter, mark, hasMark: place.EndLine == place.Line);
        }

        if (place.EndLine > last)
        {
            page.WriteLine($"{empty} ┆", Styles.Frame);
        }
    }

    // A place within one line is underlined; one of several lines is colored, and without colors only shown.
    private static void WriteLine(TerminalPage page, ReadOnlySpan<char> line, int from, int to, int number, int gutter, Style mark, bool hasMark)
    {
        var room = Math.Max(20, page.Width - gutter - 4);
        var before = Expand(line[..from]);
        var marked = Expand(line[from..to]);
        var after = Expand(line[to..]);

        // Of a line that is longer than the page the part around the mark is shown.
        if (TerminalPage.CellsOf(before + marked) > room && before.Length > 12)
        {
            before = "…" + before[^11..];
        }

        marked = Cut(marked, room - TerminalPage.CellsOf(before));
        after = Cut(after, room - TerminalPage.CellsOf(before + marked));
        page.Write(number.ToString(CultureInfo.InvariantCulture).PadLeft(gutter), Styles.Frame)
            .Write(" │ ", Styles.Frame)
            .Write(before)
            .Write(marked, mark)
            .WriteLine(after);
        if (hasMark)
        {
            var length = Math.Max(1, TerminalPage.CellsOf(marked));
            page.Write($"{new string(' ', gutter)} │ ", Styles.Frame).WriteLine(new string(' ', TerminalPage.CellsOf(before)) + new string('^', length), mark);
        }
    }

    private static string Cut(string text, int room) =>
        TerminalPage.CellsOf(text) <= room ? text : room <= 1 ? "" : text[..Math.Min(text.Length, room - 1)] + "…";

    private static string Expand(ReadOnlySpan<char> text) =>
        TerminalPage.Printable(text.ToString().Replace("\t", new string(' ', TabWidth), StringComparison.Ordinal));

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
}
