using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>A plumb-ignore comment that does not say why.</summary>
internal sealed class SuppressionWithoutReasonRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/suppression-without-reason",
        Title = "A suppression gives no reason",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "Comments `plumb-ignore RULE` without a reason behind the rule's name.",
        Why = "A suppression outlives those who wrote it. Without a reason nobody dares to remove it, and nobody knows whether it still holds.",
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
        Fix = "Write the reason behind the rule's name.",
        WhenOff = "Never; a reason is one line.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnSuppression(Check);

    private static void Check(Suppression suppression, SuppressionUse use, ObservationSink sink)
    {
        if (suppression.Reason.Length == 0)
        {
            sink.Report(new Observation
            {
                Title = $"The suppression of {suppression.Rule} gives no reason",
                Message = $"plumb-ignore {suppression.Rule} stands here without a word why.",
                Impact = "Nobody will know whether it may be removed.",
                Recommendation = "Write the reason behind the rule's name.",
                Project = null,
                Subject = new Subject(SubjectKind.File, suppression.Place.Path),
                Discriminator = suppression.Rule,
                Locations = [new FindingLocation(suppression.Role, suppression.Place)],
            });
        }
    }
}
