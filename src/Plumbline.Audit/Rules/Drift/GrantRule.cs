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
        Title = "A privilege is granted in one place only",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Privileges on tables, columns, sequences, functions and schemas that a live database grants and the migrations do not, or the other way
            round. What belongs to the owner anyway does not count.
            """,
        Why = """
            A role reads or writes here what it may not elsewhere. Tests with the roles of the migrations do not show it.
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
        Fix = "Write a migration with the grant, or revoke it.",
        WhenOff = "When privileges are kept by another tool than the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddGrant, ChangeKind.DropGrant, ChangeKind.AlterGrant]);
}
