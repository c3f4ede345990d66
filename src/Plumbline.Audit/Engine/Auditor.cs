using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Views;
using Plumbline.Audit.Workspace;

namespace Plumbline.Audit.Engine;

/// <summary>
/// Runs the rules over a repository and turns their observations into findings: suppress, compare with the baseline, apply precedence, group by cause, word,
/// order.
/// </summary>
public static class Auditor
{
    /// <summary>Audits a repository.</summary>
    /// <param name="repository">What was found in it.</param>
    /// <param name="options">How it is asked for.</param>
    /// <param name="progress">Receives the name of each rule before it runs; null where nobody listens.</param>
    /// <param name="cancellation">Ends the audit between two rules.</param>
    /// <exception cref="OperationCanceledException">The audit was cancelled.</exception>
    public static AuditResult Run(Repository repository, AuditOptions options, IProgress<string>? progress = null, CancellationToken cancellation = default) =>
        Run(new RepositoryFacts(repository, options, cancellation), RuleCatalog.All, progress, cancellation);

    /// <summary>Runs some rules over what was read.</summary>
    internal static AuditResult Run(
        RepositoryFacts facts, ReadOnlySpan<RegisteredRule> rules, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var options = facts.Options;
        var included = rules.ToArray().Where(rule => options.Includes(rule.Descriptor.Name)).ToArray();
        var views = new Lazy<AuditViews>(() => ViewBuilder.Build(facts));
        var sinks = RuleRunner.Run(facts, included, options.ShowsViews ? () => _ = views.Value : null, progress, cancellation);
        LeftOutObservations.Report(included, sinks);
        var byName = included.ToDictionary(rule => rule.Descriptor.Name, StringComparer.Ordinal);
        var (observations, suppressed) = Suppress(facts, included, sinks);
        var reported = observations.Count;
        observations = [.. observations.Where(o => !options.Baseline.Contains(o.Fingerprint))];
        var accepted = reported - observations.Count;
        observations = Precedence.Apply(observations, name => byName.GetValueOrDefault(name)?.Descriptor);
        var findings = Grouping.Group(observations).Select(group => FindingBuilder.Build(group, byName[group.Gravest.Rule])).ToList();
        findings.Sort(FindingOrder.Instance);
        ImmutableArray<Finding> ordered = [.. findings];
        var incomplete = IncompleteFinder.Find(facts).AddRange(LeftOutObservations.Incomplete(included, sinks));
        return new AuditResult
        {
            Repository = facts.Repository,
            Readiness = Readiness.Of(ordered, incomplete),
            Findings = ordered,
            Verified = VerifiedFacts.Merge(sinks.SelectMany(sink => sink.Verified)),
            Incomplete = incomplete,
            Schemas = [.. facts.Projects.SelectMany(project => project.ComputedSchemas)],
            Suppressed = suppressed,
            Accepted = accepted,
            LazyOtherSqlFiles = new Lazy<ImmutableArray<OtherSqlFile>>(
                () => [.. facts.SqlFiles.Where(f => f.Dialect is not null).Select(f => new OtherSqlFile(f.File.Path, f.Dialect!))]),
            LazyViews = views,
        };
    }

    private static (List<ReportedObservation> Kept, int Suppressed) Suppress(RepositoryFacts facts, RegisteredRule[] rules, ObservationSink[] sinks)
    {
        var fingerprints = new Fingerprints();
        var filter = new SuppressionFilter(facts.Suppressions);
        var kept = new List<ReportedObservation>();
        for (var i = 0; i < rules.Length; i++)
            kept.AddRange(Assess(rules[i], sinks[i]).Where(filter.Keeps));

        foreach (var rule in rules)
        {
            if (rule.Registration.Suppression is not { } check)
                continue;

            var sink = new ObservationSink();
            foreach (var suppression in facts.Suppressions)
                check(suppression, new SuppressionUse(filter.SuppressedBy(suppression), RuleCatalog.Find(suppression.Rule), facts.Options.Includes(suppression.Rule)), sink);

            kept.AddRange(Assess(rule, sink));
        }

        return (kept, filter.Count);

        IEnumerable<ReportedObservation> Assess(RegisteredRule rule, ObservationSink sink)
        {
            var name = rule.Descriptor.Name;
            var configured = facts.Options.Settings.TryGetValue(name, out var setting) ? setting.Severity : null;
            return sink.Observations.Select(o => new ReportedObservation(name, o, SeverityPolicy.Of(rule.Descriptor, o, configured), fingerprints.Next(name, o)));
        }
    }
}
