using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Suppressions without a reason.</summary>
internal sealed class SuppressionWithoutReasonRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/suppression-without-reason",
        Title = "A suppression gives no reason",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "`plumb-ignore RULE` comments without a reason after the name of the rule.",
        Why = "A suppression often outlives the memory of why it was added. Without a reason, nobody knows whether it is still needed.",
        Bad = """
            ```prisma
            /// plumb-ignore naming/missing-map
            model User {
              id Int @id
            }
            ```
            """,
        Good = """
            ```prisma
            /// plumb-ignore naming/missing-map the data warehouse reads this table by its name
            model User {
              id Int @id
            }
            ```
            """,
        Fix = "Write the reason after the name of the rule.",
        WhenOff = "Never: a reason takes one line.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnSuppression(Check);

    private static void Check(Suppression suppression, SuppressionUse use, ObservationSink sink)
    {
        // A comment without the name of a rule is reported as one that suppresses nothing.
        if (suppression is { Reason.Length: 0, Rule.Length: > 0 })
        {
            sink.Report(new Observation
            {
                Title = $"The suppression of {suppression.Rule} gives no reason",
                Message = "The comment ends after the name of the rule.",
                Impact = "Nobody knows later whether the comment is still needed.",
                Recommendation = "Write the reason after the name of the rule.",
                Project = null,
                Subject = new Subject(SubjectKind.File, suppression.Place.Path),
                Discriminator = suppression.Rule,
                Locations = [new FindingLocation(suppression.Role, suppression.Place)],
            });
        }
    }
}
