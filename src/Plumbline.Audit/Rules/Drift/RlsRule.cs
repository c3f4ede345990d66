using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>Row-level security is switched on in one place only.</summary>
internal sealed class RlsRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/rls",
        Title = "Row-level security is enabled only in the database or only by the migrations",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = "Tables whose `ROW LEVEL SECURITY` or `FORCE ROW LEVEL SECURITY` setting in a live database differs from the migrations.",
        Why = """
            Without row-level security, every role with a grant reads all rows. With it and without a policy, only roles that bypass it do. A table whose setting
            was changed in one database behaves differently in every other environment.
            """,
        Bad = """
            ```sql
            ALTER TABLE notes DISABLE ROW LEVEL SECURITY;   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
            ```
            """,
        Fix = "Change the setting back, or write a migration that changes it everywhere.",
        WhenOff = "When another tool manages row-level security.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterRls]);
}
