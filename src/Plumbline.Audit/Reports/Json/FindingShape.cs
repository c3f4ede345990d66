using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Reports.Json;

/// <summary>A finding: one thing to do, with its cause and every fact.</summary>
internal sealed record FindingShape(
    string Rule,
    string Area,
    string Severity,
    string Title,
    string Message,
    string Impact,
    string Recommendation,
    string? Project,
    SubjectShape Subject,
    string? Expected,
    string? Found,
    string? SqlState,
    IEnumerable<LocationShape> Locations,
    FixShape? Fix,
    string Fingerprint,
    string Effort,
    int Phase,
    CauseShape? Cause,
    IEnumerable<OccurrenceShape> Occurrences)
{
    /// <summary>The shape of a finding.</summary>
    public static FindingShape Of(Finding finding) => new(
        finding.Rule,
        finding.Area,
        finding.Severity.Name(),
        finding.Title,
        finding.Message,
        finding.Impact,
        finding.Recommendation,
        finding.Project,
        SubjectShape.Of(finding.Subject),
        finding.Expected,
        finding.Found,
        finding.SqlState,
        finding.Locations.Select(LocationShape.Of),
        FixShape.Of(finding.Fix),
        finding.Fingerprint,
        finding.Effort.Name(),
        finding.Phase,
        CauseShape.Of(finding.Cause),
        finding.Occurrences.Select(OccurrenceShape.Of));
}

/// <summary>Why a finding is there.</summary>
internal sealed record CauseShape(string Kind, string Text, LocationShape? Location)
{
    /// <summary>The shape of a cause; null where none is known.</summary>
    public static CauseShape? Of(Cause? cause) =>
        cause is null ? null : new CauseShape(cause.Kind, cause.Text, cause.Location is { } location ? LocationShape.Of(location) : null);
}

/// <summary>One fact of a finding.</summary>
internal sealed record OccurrenceShape(
    string Rule,
    string Severity,
    string Title,
    SubjectShape Subject,
    string? Expected,
    string? Found,
    string? SqlState,
    IEnumerable<LocationShape> Locations,
    FixShape? Fix,
    string Fingerprint)
{
    /// <summary>The shape of an occurrence.</summary>
    public static OccurrenceShape Of(Occurrence occurrence) => new(
        occurrence.Rule,
        occurrence.Severity.Name(),
        occurrence.Title,
        SubjectShape.Of(occurrence.Subject),
        occurrence.Expected,
        occurrence.Found,
        occurrence.SqlState,
        occurrence.Locations.Select(LocationShape.Of),
        FixShape.Of(occurrence.Fix),
        occurrence.Fingerprint);
}

/// <summary>What fixes a finding or an occurrence.</summary>
internal sealed record FixShape(string Kind, string? Sql, string? Patch, IEnumerable<FixMigrationShape> Migrations)
{
    /// <summary>The shape of a fix; null where there is none.</summary>
    public static FixShape? Of(FindingFix? fix) => fix is null
        ? null
        : new FixShape(fix.Kind.Name(), fix.Sql, fix.Patch, fix.Migrations.Select(migration => new FixMigrationShape(migration.Name, migration.Sql)));
}

/// <summary>One of several migrations that fix a finding.</summary>
internal sealed record FixMigrationShape(string Name, string Sql);
