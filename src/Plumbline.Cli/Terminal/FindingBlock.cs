using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;
using Spectre.Console;

namespace Plumbline.Cli.Terminal;

/// <summary>Writes one finding with its places, its meaning and its fix.</summary>
internal sealed class FindingBlock
{
    private const int PlacesOfFinding = 4;
    private const int LinesOfFix = 12;

    private readonly TerminalPage _page;
    private readonly bool _isVerbose;
    private readonly ImmutableDictionary<string, WorkspaceFile> _files;

    /// <summary>Makes a writer of findings.</summary>
    public FindingBlock(TerminalPage page, Repository workspace, bool isVerbose)
    {
        _page = page;
        _isVerbose = isVerbose;
        _files = workspace.Files.ToImmutableDictionary(file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>Writes a finding.</summary>
    public void Write(Finding finding)
    {
        var style = Styles.Of(finding.Severity);
        _page.Write($"{finding.Severity.Name()}[{finding.Rule}]", style).Write(": ").WriteLine(finding.Title, Styles.Strong);
        var shown = _isVerbose ? finding.Locations : [.. finding.Locations.Take(PlacesOfFinding)];
        var gutter = Math.Max(2, SourceExcerpt.GutterOf(shown.Select(location => location.Place)));
        var margin = new string(' ', gutter);
        for (var i = 0; i < shown.Length; i++)
        {
            var (role, place) = shown[i];
            var label = finding.Locations.Length > 1 || role is not (LocationRole.Schema or LocationRole.Migration) ? role.Name() : "";
            SourceExcerpt.Write(_page, place, _files.GetValueOrDefault(place.Path)?.Text, label, gutter, i == 0, style);
        }

        if (finding.Locations.Length > shown.Length)
        {
            _page.WriteLine($"{margin} ├─ and {finding.Locations.Length - shown.Length} more", Styles.Frame);
        }

        if (!finding.Locations.IsEmpty)
        {
            _page.WriteLine(margin + " │", Styles.Frame);
        }

        WriteMeaning(finding, margin + " │ ");
        _page.Write(margin + " = ", Styles.Frame).Write("do: ", Styles.Advice);
        _page.WriteProse(finding.Recommendation, "", new string(' ', gutter + 7));
        WriteFix(finding.Fix, margin);
        _page.WriteLine();
    }

    private void WriteMeaning(Finding finding, string bar)
    {
        _page.WriteProse(finding.Message, bar, bar);
        if (finding.Expected is not null || finding.Found is not null)
        {
            WriteSide("expected", finding.Expected, Styles.Good);
            WriteSide("found", finding.Found, Styles.Bad);
        }

        if (finding.Impact.Length > 0)
        {
            _page.WriteProse(finding.Impact, bar, bar, Styles.Faint);
        }

        void WriteSide(string name, string? value, Style style) =>
            _page.Write(bar, Styles.Frame).Write($"{name,8}: ", Styles.Faint).WriteLine(value?.ReplaceLineEndings(" ") ?? "nothing", style);
    }

    private void WriteFix(FindingFix? fix, string margin)
    {
        if ((fix?.Sql ?? fix?.Patch) is not { } text)
        {
            return;
        }

        var kind = fix!.Kind switch
        {
            FixKind.Safe => "safe: no row is touched or lost",
            FixKind.NeedsBackfill => "needs values for the rows that are there",
            _ => "destructive: data is lost",
        };
        _page.Write(margin + " = ", Styles.Frame).Write("fix", Styles.Advice).WriteLine($" ({kind})", Styles.Faint);
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var count = _isVerbose ? lines.Length : Math.Min(lines.Length, LinesOfFix);
        foreach (var line in lines.Take(count))
        {
            _page.WriteLine(margin + "     " + line);
        }

        if (count < lines.Length)
        {
            _page.WriteLine($"{margin}     … {lines.Length - count} more lines", Styles.Faint);
        }
    }
}
