using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>One thing to do, with every fact that makes it necessary.</summary>
public sealed record Finding
{
    /// <summary>The rule of its most severe occurrence, such as <c>drift/missing-column</c>, or of the group that its occurrences form.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's part before the slash.</summary>
    public string Area => Rule[..Rule.IndexOf('/')];

    /// <summary>The highest severity of its occurrences.</summary>
    public required Severity Severity { get; init; }

    /// <summary>One line that states the fact and stands alone, without a period at its end.</summary>
    public required string Title { get; init; }

    /// <summary>What the title does not say, in full sentences.</summary>
    public required string Message { get; init; }

    /// <summary>What follows from it.</summary>
    public required string Impact { get; init; }

    /// <summary>What to do.</summary>
    public required string Recommendation { get; init; }

    /// <summary>Name of the project; null where the finding is about the repository as a whole.</summary>
    public required string? Project { get; init; }

    /// <summary>What it is about: the subject of its most severe occurrence, or what all of them have in common.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What should be, as text; null where nothing should.</summary>
    public string? Expected { get; init; }

    /// <summary>What is, as text; null where nothing is.</summary>
    public string? Found { get; init; }

    /// <summary>The SQLSTATE of a refused statement; else null.</summary>
    public string? SqlState { get; init; }

    /// <summary>Every place involved; the first is where the finding stands.</summary>
    public ImmutableArray<FindingLocation> Locations { get; init; } = [];

    /// <summary>One fix for all occurrences; null where none can be proposed.</summary>
    public FindingFix? Fix { get; init; }

    /// <summary>The fingerprint of its first occurrence.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How much work the fix is.</summary>
    public Effort Effort { get; init; }

    /// <summary>The phase of the plan that it belongs to, from 1 (at once) to 4 (when convenient).</summary>
    public int Phase { get; init; }

    /// <summary>What in the repository or the database is the reason; null where that is not known.</summary>
    public Cause? Cause { get; init; }

    /// <summary>The facts, at least one: the most severe first.</summary>
    public required ImmutableArray<Occurrence> Occurrences { get; init; }
}
