using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Reports.Document;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Spectre.Console;

namespace Plumbline.Cli.Terminal;

/// <summary>Writes a report document for a terminal.</summary>
internal sealed class DocumentPage
{
    private const int LinesOfCode = 12;

    private readonly TerminalPage _page;
    private readonly bool _isComplete;
    private readonly Dictionary<string, WorkspaceFile> _files;

    private DocumentPage(TerminalPage page, Repository repository, bool isComplete)
    {
        _page = page;
        _isComplete = isComplete;
        _files = repository.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="repository">Has the files that excerpts show.</param>
    /// <param name="page">Where to.</param>
    /// <param name="isComplete">Whether code is shown whole.</param>
    public static void Write(ReportDocument document, Repository repository, TerminalPage page, bool isComplete = false)
    {
        var writer = new DocumentPage(page, repository, isComplete);
        writer.WriteLoose(document.Header);
        foreach (var section in document.Sections)
        {
            writer.Write(section);
        }

        writer.WriteLoose(document.Closing, endsPage: true);
    }

    private void WriteLoose(ImmutableArray<ReportBlock> blocks, bool endsPage = false)
    {
        foreach (var text in blocks.OfType<ReportText>())
        {
            _page.WriteProse(text.Text, "", "  ", text.Severity is { } severity ? Styles.Of(severity) : StyleOf(text.Tone));
        }

        if (!endsPage && !blocks.IsEmpty)
        {
            _page.WriteLine();
        }
    }

    private void Write(ReportSection section)
    {
        var style = Styles.Of(section.Severity);
        WriteTitle($"{section.Severity.Name()}[{section.Rule}]:", section.Title, style);
        var gutter = Math.Max(2, SourceExcerpt.GutterOf(section.Blocks.OfType<ReportExcerpt>().Where(excerpt => excerpt.ShowsLines).Select(excerpt => excerpt.Place)));
        var (margin, bar) = (new string(' ', gutter), new string(' ', gutter) + " │ ");
        var isFirstPlace = true;
        var isBehindPlaces = false;
        foreach (var block in section.Blocks)
        {
            if (!isFirstPlace && !isBehindPlaces && block is not ReportExcerpt and not ReportText { Tone: ReportTone.Faint })
            {
                _page.WriteLine(margin + " │", Styles.Frame);
                isBehindPlaces = true;
            }

            switch (block)
            {
                case ReportExcerpt excerpt:
                    var text = excerpt.ShowsLines ? _files.GetValueOrDefault(excerpt.Place.Path)?.Text : null;
                    SourceExcerpt.Write(_page, excerpt.Place, text, excerpt.Label, gutter, isFirstPlace, style);
                    isFirstPlace = false;
                    break;
                case ReportText { Tone: ReportTone.Advice } advice:
                    _page.Write(margin + " = ", Styles.Frame).Write("do: ", Styles.Advice);
                    _page.WriteProse(advice.Text, "", new string(' ', gutter + 7));
                    break;
                case ReportText prose:
                    _page.WriteProse(prose.Text, bar, bar, StyleOf(prose.Tone));
                    break;
                case ReportValue value:
                    _page.WriteProse($"{value.Name,8}: {value.Value.ReplaceLineEndings(" ")}", bar, bar + new string(' ', 10), StyleOf(value.Tone));
                    break;
                case ReportTable table:
                    TablePage.Write(table, bar, _page);
                    break;
                case ReportCode code:
                    Write(code, margin);
                    break;
            }
        }

        _page.WriteLine();
    }

    private void WriteTitle(string label, string title, Style style)
    {
        var lines = WordWrap.Lines($"{label} {_page.WithoutSecrets(title)}", _page.Width, _page.Width - 2).ToList();
        _page.Write(label, style);
        _page.WriteLine(lines[0][Math.Min(label.Length, lines[0].Length)..], Styles.Strong);
        foreach (var line in lines.Skip(1))
        {
            _page.WriteLine("  " + line, Styles.Strong);
        }
    }

    private void Write(ReportCode code, string margin)
    {
        _page.Write(margin + " = ", Styles.Frame);
        _page.WriteProse(code.Caption, "", margin + "   ", Styles.Advice);
        var lines = code.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var shown = _isComplete || lines.Length <= LinesOfCode + 1 ? lines.Length : LinesOfCode;
        foreach (var line in lines.Take(shown))
        {
            WriteCode(line, code.Language, margin + "     ");
        }

        if (shown < lines.Length)
        {
            _page.WriteLine($"{margin}     … {Plural.Of(lines.Length - shown, "more line", "more lines")}; --verbose shows {(lines.Length - shown == 1 ? "it" : "them")}", Styles.Faint);
        }
    }

    // SQL means the same on several lines; a comment needs its mark again. Of a patch every line counts.
    private void WriteCode(string line, string language, string indent)
    {
        if (language != "sql")
        {
            _page.WriteLine(indent + line);
            return;
        }

        var own = new string(' ', line.Length - line.TrimStart().Length);
        var following = indent + own + (line.TrimStart().StartsWith("--", StringComparison.Ordinal) ? "-- " : "    ");
        _page.WriteProse(line.TrimStart(), indent + own, following);
    }

    private static Style? StyleOf(ReportTone tone) => tone switch
    {
        ReportTone.Faint or ReportTone.Impact => Styles.Faint,
        ReportTone.Advice => Styles.Advice,
        ReportTone.Good => Styles.Good,
        ReportTone.Bad => Styles.Bad,
        _ => null,
    };
}
