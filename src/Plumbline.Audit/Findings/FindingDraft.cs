using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>What a rule says when it finds something; the <see cref="FindingCollector"/> adds what is the same for all findings of the rule.</summary>
internal sealed record FindingDraft
{
    /// <summary>The severity where it differs from the rule's own.</summary>
    public Severity? Severity { get; init; }

    /// <summary>One line that says what is wrong, without a period at its end.</summary>
    public required string Title { get; init; }

    /// <summary>What was seen, in full sentences.</summary>
    public required string Message { get; init; }

    /// <summary>What follows from it.</summary>
    public required string Impact { get; init; }

    /// <summary>What to do.</summary>
    public required string Recommendation { get; init; }

    /// <summary>Name of the project; null where the finding is about the repository as a whole.</summary>
    public required string? Project { get; init; }

    /// <summary>What it is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What should be, as text.</summary>
    public string? Expected { get; init; }

    /// <summary>What is, as text.</summary>
    public string? Found { get; init; }

    /// <summary>The SQLSTATE of a refused statement.</summary>
    public string? SqlState { get; init; }

    /// <summary>Every place involved; the first is where the finding stands.</summary>
    public ImmutableArray<FindingLocation> Locations { get; init; } = [];

    /// <summary>What mends it.</summary>
    public FindingFix? Fix { get; init; }

    /// <summary>
    /// What tells two findings of one rule on one subject apart, such as the columns of an index or the SQLSTATE and text of a
    /// statement. No line numbers: the fingerprint must outlive edits elsewhere in the file.
    /// </summary>
    public string Discriminator { get; init; } = "";

    /// <summary>How much work the mending is.</summary>
    public Effort Effort { get; init; }

    /// <summary>The phase of the plan, from 1 to 4; null leaves it to the severity.</summary>
    public int? Phase { get; init; }
}
