using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A constraint or trigger is in another state in the database.</summary>
internal sealed class ConstraintStateRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/constraint-state",
        Title = "A constraint or trigger is in another state in the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Constraints that are `NOT VALID` or deferrable, and triggers that are disabled, in one place only.
            """,
        Why = """
            A constraint that was never validated may have rows that break it; a disabled trigger does nothing.
            """,
        Bad = """
            ```sql
            ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;   -- and never validated
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;
            ```
            """,
        Fix = "Validate the constraint, or enable the trigger.",
        WhenOff = "When a validation is waiting for a quiet hour.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterConstraintState]);
}
