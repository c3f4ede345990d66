using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Reports.Json;

/// <summary>An audit in JSON. The names and the order of the properties are those that programs rely on.</summary>
internal sealed record AuditShape(
    int Version, ToolShape Tool, TargetShape Target, SummaryShape Summary, IEnumerable<FindingShape> Findings, IEnumerable<FactShape> Verified, ViewsShape Views);

/// <summary>The program that wrote a report.</summary>
internal sealed record ToolShape(string Name, string Version);

/// <summary>What was audited.</summary>
internal sealed record TargetShape(string Path, IEnumerable<ProjectShape> Projects);

/// <summary>A project that was audited.</summary>
internal sealed record ProjectShape(string Name, string? Schema, string? Migrations);

/// <summary>The verdict and the counts. The severities count findings; <c>occurrences</c> counts facts.</summary>
internal sealed record SummaryShape(
    string Verdict,
    IEnumerable<string> Reasons,
    int Critical,
    int High,
    int Medium,
    int Low,
    int Info,
    int Occurrences,
    int Verified,
    int Suppressed,
    int Accepted,
    IEnumerable<IncompleteShape> Incomplete);

/// <summary>Something that wasn't checked.</summary>
internal sealed record IncompleteShape(string What, string Why);

/// <summary>Something that was checked and holds.</summary>
internal sealed record FactShape(string Check, SubjectShape Subject, IEnumerable<string> Projects, IEnumerable<string>? Order)
{
    /// <summary>The shape of a fact.</summary>
    public static FactShape Of(VerifiedFact fact) =>
        new(fact.Check, SubjectShape.Of(fact.Subject), fact.Projects, fact.Order is { } order ? order.AsEnumerable() : null);
}
