using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Reports.Document;

/// <summary>The occurrences of a finding as a table. A column that would say the same in every row is left out.</summary>
internal static class OccurrenceTable
{
    private const int LongestValue = 40;

    /// <summary>The table of a finding's occurrences.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="rows">The most rows that are shown.</param>
    public static ReportTable Of(Finding finding, int rows)
    {
        var all = finding.Occurrences;

        // Where two facts have one subject, only their titles tell them apart.
        var subjects = all.Select(o => o.Subject.ToString()).Distinct(StringComparer.Ordinal).Count();
        Column[] columns =
        [
            subjects == all.Length ? new Column("what", o => o.Subject.ToString()) : new Column("what", o => o.Title),
            new Column("rule", o => o.Rule, IsOptional: true),
            new Column("severity", o => o.Severity.Name(), IsOptional: true),
            new Column("expected", o => Short(o.Expected), IsOptional: true),
            new Column("found", o => Short(o.Found), IsOptional: true),
            new Column("place", o => o.Locations is [var first, ..] ? first.Place.ToString() : ""),
        ];
        var kept = columns.Where(column => !column.IsOptional || all.Select(column.Value).Distinct(StringComparer.Ordinal).Skip(1).Any()).ToList();
        return new ReportTable(
            [.. kept.Select(column => column.Name)],
            [.. all.Take(rows).Select(occurrence => kept.Select(column => column.Value(occurrence)).ToImmutableArray())],
            Math.Max(0, all.Length - rows));
    }

    private static string Short(string? value)
    {
        var line = value?.ReplaceLineEndings(" ") ?? "";
        return line.Length > LongestValue ? "…" : line;
    }

    private sealed record Column(string Name, Func<Occurrence, string> Value, bool IsOptional = false);
}
