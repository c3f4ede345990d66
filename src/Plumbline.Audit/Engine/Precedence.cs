using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Engine;

/// <summary>Where two rules see the same, the one that supersedes the other speaks for both.</summary>
internal static class Precedence
{
    /// <summary>The observations that are left when those have been dropped for which another one speaks.</summary>
    public static List<ReportedObservation> Apply(List<ReportedObservation> observations, Func<string, RuleDescriptor?> find)
    {
        var spokenFor = new HashSet<(string Rule, string? Project, string Subject)>();
        foreach (var reported in observations)
        {
            var observation = reported.Observation;
            foreach (var rule in find(reported.Rule)?.Supersedes ?? [])
            {
                foreach (var subject in observation.SpeaksFor ?? [observation.Subject])
                    spokenFor.Add((rule, observation.Project, KeyOf(subject)));
            }
        }

        return spokenFor.Count == 0
            ? observations
            : [.. observations.Where(o => !spokenFor.Contains((o.Rule, o.Observation.Project, KeyOf(o.Observation.Subject))))];
    }

    // Two rules may see the same object as things of different kinds: a constraint and its index, a grant and the table that it is on.
    private static string KeyOf(Subject subject) => subject.Kind switch
    {
        SubjectKind.Grant => $"{subject.Schema}.{subject.Table ?? subject.Name}",
        SubjectKind.Function => $"{subject.Schema}.{subject.Name.Split('(')[0]}",
        SubjectKind.Table or SubjectKind.View => $"{subject.Schema}.{subject.Name}",
        _ => subject.Table is { } table ? $"{subject.Schema}.{table}.{subject.Name}" : $"{subject.Schema}.{subject.Name}",
    };
}
