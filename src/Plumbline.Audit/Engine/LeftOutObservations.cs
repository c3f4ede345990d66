using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Schemas;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Engine;

/// <summary>Says which rules had more to report than <see cref="ReadingBudget.Observations"/>, so that a report does not grow with its input without a limit.</summary>
internal static class LeftOutObservations
{
    /// <summary>Reports it as a finding, where the rule about budgets runs.</summary>
    /// <param name="rules">The rules that ran.</param>
    /// <param name="sinks">What each of them reported.</param>
    public static void Report(RegisteredRule[] rules, ObservationSink[] sinks)
    {
        var own = Array.FindIndex(rules, rule => rule.Descriptor.Name == BudgetExceededRule.RuleName);
        if (own < 0)
            return;

        foreach (var (rule, count) in Find(rules, sinks))
        {
            sinks[own].Report(new Observation
            {
                Title = string.Create(CultureInfo.InvariantCulture, $"{rule} has more than {ReadingBudget.Observations:N0} findings"),
                Message = string.Create(CultureInfo.InvariantCulture, $"One rule reports up to {ReadingBudget.Observations:N0} findings; {count:N0} more are left out."),
                Impact = "What is left out is not shown, and no baseline holds it.",
                Recommendation = "Fix the cause of those that are shown, and run the audit again.",
                Project = null,
                Subject = new Subject(SubjectKind.Invariant, rule),
                Discriminator = rule,
            });
        }
    }

    /// <summary>Lists it among what was not checked.</summary>
    /// <param name="rules">The rules that ran.</param>
    /// <param name="sinks">What each of them reported.</param>
    public static IEnumerable<Incomplete> Incomplete(RegisteredRule[] rules, ObservationSink[] sinks) => Find(rules, sinks).Select(found => new Incomplete(
        string.Create(CultureInfo.InvariantCulture, $"{found.Count:N0} more findings of {found.Rule}"),
        string.Create(CultureInfo.InvariantCulture, $"one rule reports up to {ReadingBudget.Observations:N0}")));

    private static ImmutableArray<(string Rule, int Count)> Find(RegisteredRule[] rules, ObservationSink[] sinks) =>
        [.. rules.Zip(sinks).Where(pair => pair.Second.LeftOut > 0).Select(pair => (pair.First.Descriptor.Name, pair.Second.LeftOut))];
}
