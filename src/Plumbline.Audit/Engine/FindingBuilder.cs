using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;

namespace Plumbline.Audit.Engine;

/// <summary>Makes a finding of a group of observations.</summary>
internal static class FindingBuilder
{
    /// <summary>The finding of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="rule">The rule of its most severe observation.</param>
    public static Finding Build(ObservationGroup group, RegisteredRule rule)
    {
        var gravest = group.Gravest.Observation;
        var observations = group.Observations;
        var text = observations.Length == 1
            ? new FindingText(gravest.Title, gravest.Message, gravest.Impact, gravest.Recommendation)
            : (group.IsOfOneRule ? rule.Registration.Wording?.Invoke(observations) : GroupWording.OfColumns(group, rule)) ?? GroupWording.Of(group, rule.Descriptor);
        var severity = observations.Max(o => o.Severity);
        return new Finding
        {
            Rule = text.Rule ?? group.Gravest.Rule,
            Severity = severity,
            Title = text.Title,
            Message = text.Message,
            Impact = text.Impact,
            Recommendation = text.Recommendation,
            Project = gravest.Project,
            Subject = text.Subject ?? gravest.Subject,
            Expected = observations.Length == 1 ? gravest.Expected : null,
            Found = observations.Length == 1 ? gravest.Found : null,
            SqlState = gravest.SqlState,
            Locations = observations.Length == 1 ? gravest.Locations : LocationsOf(group),
            Fix = text.Fix ?? FixJoin.Of([.. observations.Select(o => o.Observation)]),
            Fingerprint = group.Gravest.Fingerprint,
            Effort = observations.Max(o => o.Observation.Effort),
            Phase = gravest.Phase ?? PhaseOf(severity),
            Cause = group.Cause,
            Occurrences = [.. observations.Select(OccurrenceOf)],
        };
    }

    private static Occurrence OccurrenceOf(ReportedObservation reported) => new()
    {
        Rule = reported.Rule,
        Severity = reported.Severity,
        Title = reported.Observation.Title,
        Subject = reported.Observation.Subject,
        Expected = reported.Observation.Expected,
        Found = reported.Observation.Found,
        SqlState = reported.Observation.SqlState,
        Locations = reported.Observation.Locations,
        Fix = reported.Observation.Fix,
        Fingerprint = reported.Fingerprint,
    };

    // The cause stands first: it is what has to be looked at.
    private static ImmutableArray<FindingLocation> LocationsOf(ObservationGroup group)
    {
        IEnumerable<FindingLocation> cause = group.Cause?.Location is { } location ? [location] : [];
        return [.. cause.Concat(group.Observations.SelectMany(o => o.Observation.Locations)).Distinct()];
    }

    private static int PhaseOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => 1,
        Severity.Medium => 2,
        Severity.Low => 3,
        _ => 4,
    };
}
