using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Suppressions that suppress nothing.</summary>
internal sealed class SuppressionIdleRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/suppression-idle",
        Title = "A suppression suppresses nothing",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "`plumb-ignore RULE` comments where that rule finds nothing, and those that name no rule, or one that does not exist. Comments for rules that did not run are not checked.",
        Why = "The finding that it suppressed has been fixed, or never existed. If the comment stays, it hides the next finding before anyone has reviewed it.",
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
        Fix = "Remove the comment, or correct the name of the rule.",
        WhenOff = "Never: the comment does nothing.",
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
            Title = suppression.Rule.Length == 0 ? "plumb-ignore names no rule" : rule is null
                ? $"A suppression names the rule {suppression.Rule}, which does not exist"
                : $"The suppression of {suppression.Rule} suppresses nothing",
            Message = suppression.Rule.Length == 0 ? "The comment ends after plumb-ignore. plumb rules lists the names of all rules." : rule is null ? "plumb rules lists the names of all rules." : "The rule finds nothing here.",
            Impact = rule is null ? "The comment does nothing." : "The comment would hide the next finding before anyone has reviewed it.",
            Recommendation = suppression.Rule.Length == 0 ? "Write the name of a rule and a reason, or remove the comment." : rule is null ? "Correct the name, or remove the comment." : "Remove the comment.",
            Project = null,
            Subject = new Subject(SubjectKind.File, suppression.Place.Path),
            Discriminator = suppression.Rule,
            Locations = [new FindingLocation(suppression.Role, suppression.Place)],
        });
    }
}
