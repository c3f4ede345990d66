using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A check or exclusion constraint differs between the migrations and the database.</summary>
internal sealed class CheckRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/check",
        Title = "A check or exclusion constraint differs between the migrations and the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            CHECK and EXCLUDE constraints that exist in a live database but not in the migrations, or in the migrations but not in the database, or that have another
            condition. Conditions are compared in the form in which PostgreSQL prints them.
            """,
        Why = """
            One database accepts a row that the other refuses. A Prisma schema cannot express these constraints, so neither `migrate dev` nor `migrate diff` shows
            the difference.
            """,
        Bad = """
            ```sql
            ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0);   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0);
            ```
            """,
        Fix = "Add the constraint in a migration. Mark the migration as applied in the database that already has it.",
        WhenOff = "When another program owns the constraint.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddCheck, ChangeKind.DropCheck, ChangeKind.AlterCheck, ChangeKind.AddExclusion, ChangeKind.DropExclusion, new(ChangeKind.RenameConstraint, ChangePart.Check)]);
}
