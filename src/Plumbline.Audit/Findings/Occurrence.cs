using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>One fact of a finding.</summary>
public sealed record Occurrence
{
    /// <summary>The rule that reports it.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>One line that states the fact and stands alone, without a period at its end.</summary>
    public required string Title { get; init; }

    /// <summary>What it is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What should be, as text; null where nothing should.</summary>
    public string? Expected { get; init; }

    /// <summary>What is, as text; null where nothing is.</summary>
    public string? Found { get; init; }

    /// <summary>The SQLSTATE of a refused statement; else null.</summary>
    public string? SqlState { get; init; }

    /// <summary>Every place involved; the first is where the fact stands.</summary>
    public ImmutableArray<FindingLocation> Locations { get; init; } = [];

    /// <summary>What fixes this fact alone; null where nothing can be proposed.</summary>
    public FindingFix? Fix { get; init; }

    /// <summary>What the fact is known by from run to run, whatever happens to the format, name or folder of the files.</summary>
    public required string Fingerprint { get; init; }
}
