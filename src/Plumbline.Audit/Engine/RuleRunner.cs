using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules;
using Plumbline.Schema.Concurrency;

namespace Plumbline.Audit.Engine;

/// <summary>Shows each rule what it wants to see. What many rules ask for is computed first, on all cores; then the rules run side by side.</summary>
internal static class RuleRunner
{
    /// <summary>Runs rules.</summary>
    /// <param name="facts">What they look at.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="besides">Work that is done beside the rules; null for none.</param>
    /// <param name="progress">Receives the name of each rule before it runs.</param>
    /// <param name="cancellation">Ends the run between two rules.</param>
    /// <returns>What each rule reports, in the order of the rules.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ObservationSink[] Run(RepositoryFacts facts, RegisteredRule[] rules, Action? besides, IProgress<string>? progress, CancellationToken cancellation)
    {
        var sinks = Array.ConvertAll(rules, static _ => new ObservationSink());
        var warmUp = WarmUp(facts, rules);
        var order = Order(rules);
        Workers.Run(warmUp.Length + rules.Length + (besides is null ? 0 : 1), piecesOfWorker: 2, Do, cancellation);
        return sinks;

        void Do(int piece)
        {
            if (piece < warmUp.Length)
            {
                warmUp[piece]();
                return;
            }

            if (piece == warmUp.Length + rules.Length)
            {
                besides!();
                return;
            }

            var index = order[piece - warmUp.Length];
            progress?.Report(rules[index].Descriptor.Name);
            Show(rules[index], facts, sinks[index]);
        }
    }

    // From the end, where the rules stand that look at most. Those about statements and about drift wait for the replay: until it is there, the others run.
    private static int[] Order(RegisteredRule[] rules)
    {
        var order = new int[rules.Length];
        var next = 0;
        foreach (var waits in (ReadOnlySpan<bool>)[false, true])
        {
            for (var i = rules.Length - 1; i >= 0; i--)
            {
                var registration = rules[i].Registration;
                if ((registration.Statement is not null || !registration.Changes.IsEmpty) == waits)
                    order[next++] = i;
            }
        }

        return order;
    }

    private static void Show(RegisteredRule rule, RepositoryFacts facts, ObservationSink sink)
    {
        var registration = rule.Registration;
        registration.Repository?.Invoke(facts, sink);
        foreach (var project in facts.Projects.Where(project => project.Project.CopyOf is null || LooksAtPackages(rule.Descriptor)))
        {
            if (registration.Project is { } check && Availability.Has(project, rule.Descriptor.Needs))
                check(project, sink);

            if (!registration.Changes.IsEmpty)
                DriftObservations.Report(rule, project, sink);

            if (registration.Agreement is { } agreement && project.Final is not null)
                agreement(project.Agreements, project.Name, sink);

            if (registration.Statement is { } statement)
                StatementObservations.Report(rule.Descriptor.Name, statement, project, sink);
        }

        if (registration.Url is { } url)
            UrlObservations.Report(url, facts, sink);

        if (registration.Database is { } database)
        {
            foreach (var live in facts.Databases)
                database(live, sink);
        }
    }

    // A copy of a schema has the same models, but another package around it.
    private static bool LooksAtPackages(RuleDescriptor rule) => rule.Area is "connection" or "environment";

    // Only what the rules need, the longest work first.
    private static Action[] WarmUp(RepositoryFacts facts, RegisteredRule[] rules)
    {
        if (rules.Length < 2)
            return [];

        var needs = rules.SelectMany(r => r.Descriptor.Needs).ToHashSet();
        var work = new List<Action>();
        foreach (var project in facts.Projects.Where(project => project.Project.CopyOf is null))
        {
            if (needs.Contains(RuleNeed.Migrations))
                work.AddRange([() => _ = project.Drift, () => _ = project.Schema]);
            else if (needs.Contains(RuleNeed.Schema))
                work.Add(() => _ = project.Schema);
        }

        if (needs.Contains(RuleNeed.Repository))
            work.AddRange([() => _ = facts.SqlFiles, () => _ = facts.Commands, () => _ = facts.Connections, () => _ = facts.Passwords]);

        // Last, since they wait for the replay.
        if (needs.Contains(RuleNeed.Migrations))
            work.AddRange(facts.Projects.Select(project => (Action)(() => _ = project.Statements)));

        return [.. work];
    }
}
