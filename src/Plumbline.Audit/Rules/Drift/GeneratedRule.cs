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
        Title = "A generated column has another expression in the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Columns that a live database computes (`GENERATED ALWAYS AS … STORED`) with a different expression than the migrations, and columns that only one of them
            computes.
            """,
        Why = "The same row has different values in different environments, or an INSERT that names the column fails with `428C9`.",
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
        Fix = "Write a migration that drops the column and adds it again with the intended expression.",
        WhenOff = "When the expression is maintained directly in the database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterColumnGenerated]);
}
