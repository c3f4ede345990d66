using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A privilege is granted in one place only.</summary>
internal sealed class GrantRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/grant",
        Title = "A privilege is granted only in the database or only by the migrations",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Privileges on tables, columns, sequences, functions and schemas that a live database grants but the migrations do not, or that the migrations grant but
            the database does not. Privileges of the owner are not compared.
            """,
        Why = """
            A role can read or write in one environment what it cannot in another. Tests that use the roles of the migrations do not show the difference.
            """,
        Bad = """
            ```sql
            GRANT SELECT ON users TO reporting;   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            GRANT SELECT ON users TO reporting;
            ```
            """,
        Fix = "Grant the privilege in a migration, or revoke it in the database.",
        WhenOff = "When another tool manages the privileges.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddGrant, ChangeKind.DropGrant, ChangeKind.AlterGrant]);
}
