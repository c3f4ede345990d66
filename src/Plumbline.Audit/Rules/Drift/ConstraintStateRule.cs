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
        Title = "A constraint or trigger has another state in the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Constraints that are `NOT VALID` or deferrable, and triggers that are disabled, in either the database or the migrations but not in both.
            """,
        Why = "Rows can violate a constraint that is not validated. A disabled trigger does not run.",
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
        Fix = "Validate the constraint or enable the trigger.",
        WhenOff = "While a validation is scheduled for later.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterConstraintState]);
}
