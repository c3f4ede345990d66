using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A trigger differs between the migrations and the database.</summary>
internal sealed class TriggerRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/trigger",
        Title = "A trigger differs between the migrations and the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Triggers that exist in a live database but not in the migrations, or in the migrations but not in the database, that have another definition, or that are
            disabled.
            """,
        Why = """
            A trigger changes what a write does. If a trigger exists in one database only, the same code writes different rows in every other environment.
            """,
        Bad = """
            ```sql
            CREATE TRIGGER touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION touch();   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            CREATE TRIGGER touch BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION touch();
            ```
            """,
        Fix = "Add the trigger in a migration. Mark the migration as applied in the database that already has it.",
        WhenOff = "When another program, such as a replication tool, owns the triggers.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddTrigger, ChangeKind.DropTrigger, ChangeKind.AlterTrigger]);
}
