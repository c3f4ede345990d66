using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Reports.Document;

/// <summary>Turns a finding into the section that shows it.</summary>
public static class FindingSection
{
    private const int RowsOfTable = 8;
    private const int OtherPlaces = 3;

    /// <summary>The section of a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="isComplete">Whether nothing is shortened.</param>
    public static ReportSection Of(Finding finding, bool isComplete = false)
    {
        var blocks = ImmutableArray.CreateBuilder<ReportBlock>();
        AddPlaces(finding, isComplete, blocks);
        if (finding.Occurrences.Length > 1)
            blocks.Add(OccurrenceTable.Of(finding, isComplete ? int.MaxValue : RowsOfTable));

        AddText(finding.Message, ReportTone.Plain, blocks);
        AddValues(finding, blocks);
        AddText(finding.Impact, ReportTone.Impact, blocks);
        AddText(finding.Recommendation, ReportTone.Advice, blocks);
        AddFix(finding.Fix, blocks);
        return new ReportSection(finding.Title, blocks.ToImmutable(), finding.Severity, finding.Rule);
    }

    // The cause is what has to be looked at. Where several facts follow from it, the table names their places.
    private static void AddPlaces(Finding finding, bool isComplete, ImmutableArray<ReportBlock>.Builder blocks)
    {
        var cause = finding.Cause?.Location;
        var first = cause ?? finding.Locations.FirstOrDefault();
        if (first is null)
            return;

        var others = finding.Occurrences.Length > 1 ? [] : finding.Locations.Where(location => location.Place != first.Place).ToList();
        var isClear = others.Count == 0 && first.Role is LocationRole.Schema or LocationRole.Migration;
        blocks.Add(new ReportExcerpt(first.Place, isClear ? "" : first.Role.Name(), ShowsLines: true));
        var shown = isComplete ? others : others.Take(OtherPlaces).ToList();
        blocks.AddRange(shown.Select(location => new ReportExcerpt(location.Place, location.Role.Name(), ShowsLines: false)));
        if (others.Count > shown.Count)
            blocks.Add(new ReportText($"and {Plural.Of(others.Count - shown.Count, "more place", "more places")}", ReportTone.Faint));
    }

    private static void AddText(string text, ReportTone tone, ImmutableArray<ReportBlock>.Builder blocks)
    {
        if (text.Length > 0)
            blocks.Add(new ReportText(text, tone));
    }

    // That nothing should be there, or nothing is, is what a title says; so is a value that it names.
    private static void AddValues(Finding finding, ImmutableArray<ReportBlock>.Builder blocks)
    {
        if (finding.Expected is { Length: > 0 } expected && !Says(finding, expected))
            blocks.Add(new ReportValue("expected", expected, ReportTone.Good));

        if (finding.Found is { Length: > 0 } found && !Says(finding, found))
            blocks.Add(new ReportValue("found", found, ReportTone.Bad));
    }

    private static bool Says(Finding finding, string value) =>
        finding.Title.Contains(value, StringComparison.OrdinalIgnoreCase) || finding.Message.Contains(value, StringComparison.OrdinalIgnoreCase);

    private static void AddFix(FindingFix? fix, ImmutableArray<ReportBlock>.Builder blocks)
    {
        if (fix is null)
            return;

        if (fix.Migrations is [var only])
            blocks.Add(new ReportCode(only.Sql, "sql", $"fix, as migration {only.Name} ({Words(only.Kind)})"));
        else if (!fix.Migrations.IsEmpty)
            blocks.AddRange(fix.Migrations.Select((migration, i) => new ReportCode(migration.Sql, "sql", $"fix, migration {i + 1} of {fix.Migrations.Length}: {migration.Name} ({Words(migration.Kind)})")));
        else if (fix.Sql is { } sql)
            blocks.Add(new ReportCode(sql, "sql", $"fix{(fix.IsForDatabase ? ", on this database and not as a migration" : "")} ({Words(fix.Kind)})"));

        if (fix.Patch is { } patch)
            blocks.Add(new ReportCode(patch, "diff", fix.Sql is null && fix.Migrations.IsEmpty ? "fix (edit the file)" : "fix, instead of the SQL (edit the file)"));
    }

    private static string Words(FixKind kind) => kind switch
    {
        FixKind.Safe => "no data loss",
        FixKind.NeedsBackfill => "existing rows need a backfill or cleanup first",
        _ => "destructive: data is lost",
    };
}
