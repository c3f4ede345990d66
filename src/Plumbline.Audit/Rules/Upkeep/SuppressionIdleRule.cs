using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>A plumb-ignore comment that suppresses nothing.</summary>
internal sealed class SuppressionIdleRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/suppression-idle",
        Title = "A suppression suppresses nothing",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "Comments `plumb-ignore RULE` at places where that rule finds nothing, or that name a rule which does not exist. Rules that did not run are left out.",
        Why = "What it excused is gone, or was never there. Left in place it will hide the next finding, which nobody excused.",
        Bad = """
            ```prisma
            /// plumb-ignore naming/missing-map read by the data warehouse
            model User {
              id Int @id
              @@map("users")
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id Int @id
              @@map("users")
            }
            ```
            """,
        Fix = "Remove the comment.",
        WhenOff = "Never; the comment does nothing.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnSuppression(Check);

    private static void Check(Suppression suppression, SuppressionUse use, ObservationSink sink)
    {
        var rule = use.Rule;
        if (use.Suppressed > 0 || (rule is not null && !use.RuleRan))
            return;

        sink.Report(new Observation
        {
            Title = rule is null
                ? $"The suppression names the rule {suppression.Rule}, which does not exist"
                : $"The suppression of {suppression.Rule} suppresses nothing",
            Message = rule is null ? $"There is no rule {suppression.Rule}; plumb rules lists them." : $"{suppression.Rule} finds nothing here.",
            Impact = rule is null ? "The comment does nothing." : "It would hide the next finding, which nobody excused.",
            Recommendation = rule is null ? "Correct the name, or remove the comment." : "Remove the comment.",
            Project = null,
            Subject = new Subject(SubjectKind.File, suppression.Place.Path),
            Discriminator = suppression.Rule,
            Locations = [new FindingLocation(suppression.Role, suppression.Place)],
        });
    }
}
