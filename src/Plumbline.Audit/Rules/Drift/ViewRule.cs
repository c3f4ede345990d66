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
            Views and materialized views that exist in a live database but not in the migrations, or in the migrations but not in the database, or that have another
            query.
            """,
        Why = "Queries of the view return different rows than in other environments, or fail there.",
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
        Fix = "Add the view in a migration. Mark the migration as applied in the database that already has it.",
        WhenOff = "When reports define their own views in the database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddView, ChangeKind.DropView, ChangeKind.AlterView]);
}
