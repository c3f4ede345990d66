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
            Domains, composite types and range types that exist in a live database but not in the migrations, or in the migrations but not in the database, or that
            have another definition.
            """,
        Why = "One database accepts a value that the other refuses.",
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
        Fix = "Make the same change in a migration.",
        WhenOff = "When another program owns the type.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddType, ChangeKind.DropType, ChangeKind.AlterType, ChangeKind.AddDomain, ChangeKind.DropDomain, ChangeKind.AlterDomain]);
}
