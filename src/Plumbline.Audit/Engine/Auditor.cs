using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Views;
using Plumbline.Audit.Workspace;
using Plumbline.Schema.Concurrency;

namespace Plumbline.Audit.Engine;

/// <summary>Runs the rules over a workspace and draws the verdict.</summary>
public static class Auditor
{
    /// <summary>Audits a workspace.</summary>
    /// <param name="workspace">What was found in the repository.</param>
    /// <param name="options">How it is asked for.</param>
    /// <param name="progress">Told the name of each rule before it runs; null where nobody listens.</param>
    /// <param name="cancellation">Ends the audit between two rules.</param>
    /// <exception cref="OperationCanceledException">The audit was cancelled.</exception>
    public static AuditResult Run(Repository workspace, AuditOptions options, IProgress<string>? progress = null, CancellationToken cancellation = default) =>
        Run(new RepositoryFacts(workspace, options), RuleCatalog.All, progress, cancellation);

    /// <summary>Runs some rules over what was read.</summary>
    internal static AuditResult Run(
        RepositoryFacts context, ReadOnlySpan<Rule> rules, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var findings = new List<Finding>();
        var verified = new List<VerifiedFact>();
        var views = new Lazy<AuditViews>(() => ViewBuilder.Build(context));
        foreach (var collector in Check(context, rules, views, progress, cancellation))
        {
            findings.AddRange(collector.Findings);
            verified.AddRange(collector.Verified);
        }

        verified.AddRange(VerifiedFacts(context));
        var (kept, suppressed) = ApplySuppressions(context, rules, findings);
        kept.Sort(FindingOrder.Instance);
        ImmutableArray<Finding> ordered = [.. kept];
        var incomplete = IncompleteFinder.Find(context);
        return new AuditResult
        {
            Repository = context.Repository,
            Readiness = Readiness.Of(ordered, incomplete),
            Findings = ordered,
            Verified = Merge(verified),
            Incomplete = incomplete,
            Suppressed = suppressed,
            LazyOtherSqlFiles = new Lazy<ImmutableArray<OtherSqlFile>>(() => [.. context.SqlFiles.Where(f => f.Dialect is not null).Select(f => new OtherSqlFile(f.File.Path, f.Dialect!))]),
            LazyViews = views,
        };
    }

    // What many rules ask for is made first, so that no rule waits for what another one has begun; then the rules run, each for itself.
    private static FindingCollector[] Check(
        RepositoryFacts context, ReadOnlySpan<Rule> rules, Lazy<AuditViews> views, IProgress<string>? progress, CancellationToken cancellation)
    {
        var options = context.Options;
        var included = rules.ToArray().Where(rule => options.Includes(rule.Descriptor)).ToArray();
        var collectors = included.Select(rule => CollectorFor(rule, options)).ToArray();
        var shared = options.Rules.IsEmpty && options.Areas.IsEmpty ? context.SharedWork.ToArray() : [];
        Workers.Run(shared.Length + included.Length + (options.ShowsViews ? 1 : 0), piecesOfWorker: 2, Do, cancellation);
        return collectors;

        void Do(int piece)
        {
            if (piece < shared.Length)
            {
                shared[piece]();
                return;
            }

            if (piece == shared.Length + included.Length)
            {
                _ = views.Value;
                return;
            }

            // From the end, where the rules stand that look at most; and those about drift are last to need it.
            var index = included.Length - 1 - (piece - shared.Length);
            progress?.Report(included[index].Descriptor.Name);
            included[index].Check(context, collectors[index]);
        }
    }

    // Facts are told where nobody asked for single rules, or asked for the areas that the facts are about.
    private static IEnumerable<VerifiedFact> VerifiedFacts(RepositoryFacts context)
    {
        var options = context.Options;
        var wanted = options.Rules.IsEmpty && (options.Areas.IsEmpty || options.Areas.Contains("drift") || options.Areas.Contains("migration"));
        return wanted ? context.Projects.SelectMany(Verifier.Verify) : [];
    }

    private static FindingCollector CollectorFor(Rule rule, AuditOptions options) =>
        new(rule.Descriptor, options.Settings.TryGetValue(rule.Descriptor.Name, out var setting) ? setting.Severity : null);

    private static (List<Finding> Kept, int Suppressed) ApplySuppressions(RepositoryFacts context, ReadOnlySpan<Rule> rules, List<Finding> findings)
    {
        var suppressions = context.Suppressions;
        if (suppressions.IsEmpty)
            return (findings, 0);

        var byRule = suppressions.ToLookup(s => s.Rule, StringComparer.Ordinal);
        var served = new Dictionary<Suppression, int>(ReferenceEqualityComparer.Instance);
        var kept = new List<Finding>(findings.Count);
        foreach (var finding in findings)
        {
            var covering = byRule[finding.Rule].Where(s => s.Covers(finding)).ToList();
            foreach (var suppression in covering)
                served[suppression] = served.GetValueOrDefault(suppression) + 1;

            if (covering.Count == 0)
                kept.Add(finding);
        }

        var count = findings.Count - kept.Count;
        foreach (var rule in rules)
        {
            if (rule is not SuppressionRule about || !context.Options.Includes(rule.Descriptor))
                continue;

            var collector = CollectorFor(rule, context.Options);
            foreach (var suppression in suppressions)
                about.CheckSuppression(suppression, served.GetValueOrDefault(suppression), context, collector);

            kept.AddRange(collector.Findings);
        }

        return (kept, count);
    }

    // The same fact in several projects is told once, with all of them.
    private static ImmutableArray<VerifiedFact> Merge(List<VerifiedFact> facts) =>
    [
        .. facts
            .GroupBy(
                f => string.Join('\u001e', [f.Check, f.Subject.Kind, f.Subject.Schema, f.Subject.Table, f.Subject.Name, .. f.Order ?? []]),
                StringComparer.Ordinal)
            .Select(g => g.First() with { Projects = [.. g.SelectMany(f => f.Projects).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] })
            .OrderBy(f => f.Check, StringComparer.Ordinal)
            .ThenBy(f => f.Subject.Schema, StringComparer.Ordinal)
            .ThenBy(f => f.Subject.Table, StringComparer.Ordinal)
            .ThenBy(f => f.Subject.Name, StringComparer.Ordinal),
    ];
}
