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
            Policies that a live database has and the migrations do not, or the other way round, or with other roles, commands or conditions.
            """,
        Why = """
            Policies decide who sees whose rows. One that was made by hand is missing from every other environment, so tests do not show what it lets
            through or keeps out.
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
        Fix = "Write a migration with the policy, and mark it as applied where it is there already.",
        WhenOff = "When policies are kept by another tool than the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddPolicy, ChangeKind.DropPolicy, ChangeKind.AlterPolicy]);
}
