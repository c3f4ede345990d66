using System.Collections.Immutable;
using Plumbline.Audit.Reports.Document;
using Spectre.Console;

namespace Plumbline.Cli.Terminal;

/// <summary>Writes a table for a terminal: its columns side by side where they fit, else each row on lines of its own.</summary>
internal static class TablePage
{
    private const string Gap = "  ";

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="bar">What stands before each line.</param>
    /// <param name="page">Where to.</param>
    public static void Write(ReportTable table, string bar, TerminalPage page)
    {
        var widths = Enumerable.Range(0, table.Columns.Length).Select(i => table.Rows.Max(row => TerminalPage.CellsOf(row[i]))).ToArray();
        var fits = bar.Length + widths.Where(width => width > 0).Sum(width => width + Gap.Length) <= page.Width;
        foreach (var row in table.Rows)
        {
            if (fits)
            {
                WriteRow(table, row, widths, bar, page);
            }
            else
            {
                WriteLines(row, bar, page);
            }
        }

        if (table.LeftOut > 0)
        {
            page.Write(bar, Styles.Frame).WriteLine($"and {table.LeftOut} more", Styles.Faint);
        }

        page.WriteLine(bar.TrimEnd(), Styles.Frame);
    }

    private static void WriteRow(ReportTable table, ImmutableArray<string> row, int[] widths, string bar, TerminalPage page)
    {
        page.Write(bar, Styles.Frame);
        var last = Array.FindLastIndex([.. row], cell => cell.Length > 0);
        for (var i = 0; i <= last; i++)
        {
            var padding = i == last ? "" : new string(' ', widths[i] - TerminalPage.CellsOf(row[i])) + (widths[i] > 0 ? Gap : "");
            page.Write(row[i] + padding, StyleOf(table.Columns[i]));
        }

        page.WriteLine();
    }

    private static void WriteLines(ImmutableArray<string> row, string bar, TerminalPage page)
    {
        page.WriteProse(row[0], bar, bar + Gap);
        var rest = string.Join(Gap, row.Skip(1).Where(cell => cell.Length > 0));
        if (rest.Length > 0)
        {
            page.WriteProse(rest, bar + Gap, bar + Gap + Gap, Styles.Faint);
        }
    }

    private static Style? StyleOf(string column) => column switch
    {
        "place" => Styles.Path,
        "what" => null,
        _ => Styles.Faint,
    };
}
