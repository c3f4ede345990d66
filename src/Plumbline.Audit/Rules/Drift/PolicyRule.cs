using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A row-level security policy differs between the migrations and the database.</summary>
internal sealed class PolicyRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/policy",
        Title = "A row-level security policy differs between the migrations and the database",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Policies that exist in a live database but not in the migrations, or in the migrations but not in the database, or that have other roles, commands or
            conditions.
            """,
        Why = """
            Policies decide which role sees which rows. A policy that was created in one database is missing from every other environment, so tests do not show what
            it allows or refuses.
            """,
        Bad = """
            ```sql
            CREATE POLICY own ON notes USING (owner = auth.uid());   -- in the dashboard only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            CREATE POLICY own ON notes USING (owner = auth.uid());
            ```
            """,
        Fix = "Add the policy in a migration. Mark the migration as applied in the database that already has it.",
        WhenOff = "When another tool manages the policies.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddPolicy, ChangeKind.DropPolicy, ChangeKind.AlterPolicy]);
}
