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
        Title = "Row-level security is switched on in one place only",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Tables whose `ROW LEVEL SECURITY` (or `FORCE ROW LEVEL SECURITY`) a live database has switched otherwise than the migrations.
            """,
        Why = """
            Without row-level security every role with a grant reads all rows; with it and without a policy no one does. A table that was switched by
            hand behaves differently in every other environment.
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
        Fix = "Switch it back, or write a migration that does the same everywhere.",
        WhenOff = "When row-level security is kept by another tool than the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterRls]);
}
