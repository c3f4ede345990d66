using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Engine;

/// <summary>Shows a rule the database URLs of a repository. What is wrong with several for one cause is one finding with all their places.</summary>
internal static class UrlObservations
{
    /// <summary>Reports what the rule says of them.</summary>
    public static void Report(UrlCheck check, RepositoryFacts facts, ObservationSink sink)
    {
        var causes = new Dictionary<string, List<ConnectionCandidate>>(StringComparer.Ordinal);
        foreach (var candidate in facts.Connections.Candidates)
        {
            if (candidate.Url is not { Hosts.IsEmpty: false } url || ConnectionText.IsPlaceholder(candidate) || check.CauseOf(candidate, url, facts) is not { } cause)
                continue;

            if (!causes.TryGetValue(cause, out var places))
                causes.Add(cause, places = []);

            places.Add(candidate);
        }

        foreach (var (cause, places) in causes)
        {
            sink.Report(check.Describe(places[0], places[0].Url!, facts) with
            {
                Project = facts.ProjectOf(places[0].Location!.Path)?.Name,
                Subject = new Subject(SubjectKind.Environment, places[0].Variable),
                Locations = [.. places.Select(UrlObservation.LocationOf)],
                Discriminator = cause,
            });
        }
    }
}
