using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A domain or composite type differs between the migrations and the database.</summary>
internal sealed class TypeRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/type",
        Title = "A domain or composite type differs between the migrations and the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Domains, composite types and ranges that a live database has and the migrations do not, or the other way round, or with another
            definition.
            """,
        Why = """
            A value that one database takes, the other refuses.
            """,
        Bad = """
            ```sql
            ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');
            ```
            """,
        Fix = "Write a migration that makes the same change.",
        WhenOff = "When another program owns the type.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddType, ChangeKind.DropType, ChangeKind.AlterType, ChangeKind.AddDomain, ChangeKind.DropDomain, ChangeKind.AlterDomain]);
}
