using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>What a finding over several observations says.</summary>
/// <param name="Title">One line that states the fact and stands alone, without a period at its end.</param>
/// <param name="Message">What the title does not say, in full sentences.</param>
/// <param name="Impact">What follows from it.</param>
/// <param name="Recommendation">What to do.</param>
internal sealed record FindingText(string Title, string Message, string Impact, string Recommendation)
{
    /// <summary>What all of them have in common; null for the subject of the most severe.</summary>
    public Subject? Subject { get; init; }

    /// <summary>The rule that stands for the group; null for the rule of the most severe.</summary>
    public string? Rule { get; init; }

    /// <summary>The one fix; null where the fixes of the observations are joined.</summary>
    public FindingFix? Fix { get; init; }
}
