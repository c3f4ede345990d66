using System.Globalization;
using Plumbline.Audit.Workspace;
using static Plumbline.Audit.Reports.MarkdownText;

namespace Plumbline.Audit.Reports.Document;

/// <summary>Writes a document, or a part of one, as Markdown.</summary>
public sealed class MarkdownDocument
{
    private readonly SourceExcerpts _excerpts;
    private readonly TextWriter _output;

    /// <summary>Makes a writer.</summary>
    /// <param name="repository">Has the files that excerpts show.</param>
    /// <param name="output">Takes the text; lines end in a line feed.</param>
    public MarkdownDocument(Repository repository, TextWriter output)
    {
        _excerpts = new SourceExcerpts(repository);
        _output = output;
    }

    /// <summary>Writes a section under a heading of the third level.</summary>
    /// <param name="section">The section.</param>
    public void Write(ReportSection section)
    {
        Paragraph($"### {Escape(section.Title)}");
        foreach (var block in section.Blocks)
            Write(block);
    }

    private void Write(ReportBlock block)
    {
        switch (block)
        {
            case ReportText text:
                Paragraph(text.Tone switch
                {
                    ReportTone.Impact => $"**Impact.** {Escape(text.Text)}",
                    ReportTone.Advice => $"**Recommendation.** {Escape(text.Text)}",
                    _ => Escape(text.Text),
                });
                break;
            case ReportValue value:
                Paragraph($"{(value.Tone == ReportTone.Good ? "Expected" : "Found")}: {Code(value.Value)}.");
                break;
            case ReportExcerpt excerpt:
                Paragraph(Code(excerpt.Place.ToString()) + (excerpt.Label.Length > 0 ? $" ({Escape(excerpt.Label)})" : ""));
                if (excerpt.ShowsLines && _excerpts.Of(excerpt.Place) is { Length: > 0 } lines)
                    _output.Write($"\n{Block(lines, SourceExcerpts.LanguageOf(excerpt.Place.Path))}");

                break;
            case ReportCode code:
                Paragraph(Escape(char.ToUpperInvariant(code.Caption[0]) + code.Caption[1..]) + ":");
                _output.Write($"\n{Block(code.Text, code.Language)}");
                break;
            case ReportTable table:
                Write(table);
                break;
            case ReportSection section:
                Write(section);
                break;
        }
    }

    private void Write(ReportTable table)
    {
        Paragraph(Row(table.Columns.Select(Escape)));
        _output.Write($"|{string.Concat(Enumerable.Repeat("---|", table.Columns.Length))}\n");
        foreach (var row in table.Rows)
            _output.Write(Row(row.Select(Escape)) + "\n");

        if (table.LeftOut > 0)
            Paragraph(string.Create(CultureInfo.InvariantCulture, $"and {table.LeftOut} more"));
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private void Paragraph(string text) => _output.Write($"\n{text}\n");
}
