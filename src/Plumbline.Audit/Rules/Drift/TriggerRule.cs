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
            Triggers that a live database has and the migrations do not, or the other way round, with another definition, or disabled.
            """,
        Why = """
            A trigger changes what a write does. Where it is made by hand, the same code leaves other rows behind in every other environment.
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
        Fix = "Write a migration with the trigger, and mark it as applied where it is there already.",
        WhenOff = "When another program, such as a replication tool, owns the triggers.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddTrigger, ChangeKind.DropTrigger, ChangeKind.AlterTrigger]);
}
