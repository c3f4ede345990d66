using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A view or materialized view differs between the migrations and the database.</summary>
internal sealed class ViewRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/view",
        Title = "A view or materialized view differs between the migrations and the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Views and materialized views that a live database has and the migrations do not, or the other way round, or with another query.
            """,
        Why = """
            What reads the view gets other rows here than in every other environment, or fails there.
            """,
        Bad = """
            ```sql
            CREATE VIEW active_users AS SELECT * FROM users WHERE active;   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            CREATE VIEW active_users AS SELECT * FROM users WHERE active;
            ```
            """,
        Fix = "Write a migration with the view, and mark it as applied where it is there already.",
        WhenOff = "When reports keep views of their own on the database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddView, ChangeKind.DropView, ChangeKind.AlterView]);
}
