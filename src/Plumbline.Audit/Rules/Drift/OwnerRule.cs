using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>An object belongs to another role in the database.</summary>
internal sealed class OwnerRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/owner",
        Title = "An object belongs to another role in the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = "Objects whose owner the migrations set and that belong to another role in a live database.",
        Why = "Only the owner can change an object. A migration that runs as another role fails with `42501`.",
        Bad = """
            ```sql
            ALTER TABLE users OWNER TO alice;   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            ALTER TABLE users OWNER TO app;
            ```
            """,
        Fix = "Change the owner back to the role that the migrations name.",
        WhenOff = "When each environment has its own roles.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterOwner]);
}
