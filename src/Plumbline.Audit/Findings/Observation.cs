using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>A fact that a rule reports. The engine turns observations into findings.</summary>
internal sealed record Observation
{
    /// <summary>The severity where it differs from the rule's own; the evidence may still lower it.</summary>
    public Severity? Severity { get; init; }

    /// <summary>One line that states the fact and stands alone, without a period at its end.</summary>
    public required string Title { get; init; }

    /// <summary>What the title does not say, in full sentences.</summary>
    public required string Message { get; init; }

    /// <summary>What follows from it.</summary>
    public required string Impact { get; init; }

    /// <summary>What to do.</summary>
    public required string Recommendation { get; init; }

    /// <summary>Name of the project; null where the fact is about the repository as a whole.</summary>
    public required string? Project { get; init; }

    /// <summary>What it is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What should be, as text.</summary>
    public string? Expected { get; init; }

    /// <summary>What is, as text.</summary>
    public string? Found { get; init; }

    /// <summary>The SQLSTATE of a refused statement.</summary>
    public string? SqlState { get; init; }

    /// <summary>Every place involved; the first is where the fact stands.</summary>
    public ImmutableArray<FindingLocation> Locations { get; init; } = [];

    /// <summary>What fixes it.</summary>
    public FindingFix? Fix { get; init; }

    /// <summary>The difference that <see cref="Fix"/> is for, so that a fix can be planned for several together; null where it is for no difference.</summary>
    public PlannedFix? Planned { get; init; }

    /// <summary>What writes the next migration from the schema, for words about a group; null where the fact is none that a migration undoes.</summary>
    public NextMigration? Next { get; init; }

    /// <summary>
    /// What tells two observations of one rule on one subject apart, such as the columns of an index. No line number, path or name of a migration:
    /// the fingerprint must outlive edits and renamed files.
    /// </summary>
    public string Discriminator { get; init; } = "";

    /// <summary>How much work the fix is.</summary>
    public Effort Effort { get; init; }

    /// <summary>The phase of the plan, from 1 to 4; null leaves it to the severity.</summary>
    public int? Phase { get; init; }

    /// <summary>Why it is so; null where that is not known. Observations with the same cause form one finding.</summary>
    public Cause? Cause { get; init; }

    /// <summary>What is known about how much harm it does; the severity policy judges by it.</summary>
    public Evidence Evidence { get; init; } = Evidence.None;

    /// <summary>The subjects for which it speaks in place of the rules that its rule supersedes; null for its own subject.</summary>
    public ImmutableArray<Subject>? SpeaksFor { get; init; }
}
