using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What a drift rule says about one change.</summary>
/// <param name="Title">One line, without a period at its end.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Impact">What follows from it.</param>
/// <param name="Recommendation">What to do.</param>
/// <param name="Severity">The severity where it differs from the rule's own.</param>
internal sealed record DriftText(string Title, string Message, string Impact, string Recommendation, Severity? Severity = null)
{
    /// <summary>The statement of a file beside the migrations that would make what is missing.</summary>
    public SourceLocation? Stray { get; init; }

    /// <summary>Whether what the schema is compared with is such a file, not the migrations.</summary>
    public bool IsAgainstStray { get; init; }

    /// <summary>The ways of removing the difference that are a fix: none where the planner knows only how to correct the wrong side.</summary>
    public FixWays Ways { get; init; } = FixWays.Either;

    /// <summary>Other changes that are part of the same difference, and are fixed with it.</summary>
    public ImmutableArray<SchemaChange> With { get; init; } = [];

    /// <summary>Why it is so, where the rule knows better than the record of the history; else null.</summary>
    public Cause? Cause { get; init; }

    /// <summary>What it is about, where that is not the subject of the change.</summary>
    public Subject? Subject { get; init; }
}
