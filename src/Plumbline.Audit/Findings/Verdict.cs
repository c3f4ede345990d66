using System.Collections.Immutable;
using Plumbline.Audit.Configuration;

namespace Plumbline.Audit.Findings;

/// <summary>Whether what was audited can be deployed.</summary>
public enum Verdict
{
    /// <summary>Nothing of medium severity or more was found.</summary>
    Ready,

    /// <summary>The most severe finding is of medium severity.</summary>
    ReadyWithWarnings,

    /// <summary>A source that was asked for was not reached.</summary>
    Unknown,

    /// <summary>A finding is of high or critical severity.</summary>
    NotReady,
}

/// <summary>A verdict with its reasons.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reasons">Why, one sentence each; never empty.</param>
public sealed record Readiness(Verdict Verdict, ImmutableArray<string> Reasons)
{
    private const int Named = 5;
    private const string Unreached = "connection/unreachable";

    /// <summary>Draws the verdict from the findings, ordered with the most severe first, and from what could not be done.</summary>
    public static Readiness Of(ImmutableArray<Finding> findings, ImmutableArray<Incomplete> incomplete)
    {
        // That a database was not reached says nothing of what it holds: that is unknown, not bad.
        var blocking = findings.Where(f => f.Severity >= Severity.High && f.Rule != Unreached).ToList();
        if (blocking.Count > 0)
            return new Readiness(Verdict.NotReady, Reasonings(blocking, "high or critical"));

        var unreached = incomplete.Where(i => i.WasAskedFor || i.IsUnread).ToList();
        if (unreached.Count > 0)
            return new Readiness(Verdict.Unknown, [.. unreached.Select(i => $"{i.What} could not be checked: {i.Why}")]);

        var warnings = findings.Where(f => f.Severity == Severity.Medium).ToList();
        return warnings.Count > 0
            ? new Readiness(Verdict.ReadyWithWarnings, Reasonings(warnings, "medium"))
            : new Readiness(Verdict.Ready, ["No finding of medium severity or higher."]);
    }

    private static ImmutableArray<string> Reasonings(List<Finding> findings, string severity)
    {
        var reasons = findings.Take(Named).Select(f => $"{f.Severity.Name()}: {f.Title} ({f.Rule}).");
        return findings.Count > Named ? [.. reasons, $"{Plural.Of(findings.Count - Named, "more finding", "more findings")} of {severity} severity."] : [.. reasons];
    }
}

/// <summary>Something that was not, or not wholly, checked.</summary>
/// <param name="What">What was not checked.</param>
/// <param name="Why">Why.</param>
/// <param name="WasAskedFor">Whether the caller asked for it; then it changes the verdict.</param>
/// <param name="IsUnread">Whether it is a schema or a migration that could not be read; then it changes the verdict too.</param>
public sealed record Incomplete(string What, string Why, bool WasAskedFor = false, bool IsUnread = false);
