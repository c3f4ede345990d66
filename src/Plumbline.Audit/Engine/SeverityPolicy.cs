using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;

namespace Plumbline.Audit.Engine;

/// <summary>Decides how much an observation matters, by its evidence. It is the one place that does: rules only report what they know.</summary>
internal static class SeverityPolicy
{
    /// <summary>The severity of an observation.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="observation">The observation.</param>
    /// <param name="configured">The severity that the configuration gives to the rule; null where it gives none.</param>
    public static Severity Of(RuleDescriptor rule, Observation observation, Severity? configured)
    {
        // An applied migration is history: what a team wants to fail on is what it can still change.
        if (observation.Evidence.IsApplied)
            return Severity.Info;

        if (configured is { } fixedSeverity)
            return fixedSeverity;

        var severity = observation.Severity ?? rule.Severity;
        return observation.Evidence.IsHarmless && severity > Severity.Low ? Severity.Low : severity;
    }
}
