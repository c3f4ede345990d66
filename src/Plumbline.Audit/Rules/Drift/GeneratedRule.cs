using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>The expression of a generated column differs.</summary>
internal sealed class GeneratedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/generated",
        Title = "The expression of a generated column differs",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Columns that a live database computes (`GENERATED ALWAYS AS … STORED`) by another expression than the migrations say, or that only one of
            both computes.
            """,
        Why = """
            The same row holds another value here than elsewhere, or an INSERT that names the column is refused (428C9).
            """,
        Bad = """
            ```sql
            price_gross numeric GENERATED ALWAYS AS (price * 1.19) STORED   -- 1.16 in the database
            ```
            """,
        Good = """
            ```sql
            price_gross numeric GENERATED ALWAYS AS (price * 1.19) STORED
            ```
            """,
        Fix = "Write a migration that makes the column anew with the right expression.",
        WhenOff = "When the expression is changed by hand for good.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterColumnGenerated]);
}
