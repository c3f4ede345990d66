using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>The text for several things of one kind that the schema has and no migration creates.</summary>
internal static class NeverCreated
{
    /// <summary>The text; null for groups with another cause.</summary>
    /// <param name="observations">The observations of one rule.</param>
    /// <param name="nouns">What they are about, in the plural.</param>
    /// <param name="impact">What follows from them.</param>
    /// <param name="recommendation">What to do.</param>
    public static FindingText? Word(IReadOnlyList<ReportedObservation> observations, string nouns, string impact, string recommendation) =>
        observations[0].Observation.Cause?.Kind != CauseKind.NeverCreated
            ? null
            : new FindingText(
                $"{observations.Count} {nouns} are in the schema but no migration creates them",
                $"They are {NameList.Of([.. observations.Select(o => o.Observation.Subject.Name)])}.",
                impact,
                recommendation);
}
