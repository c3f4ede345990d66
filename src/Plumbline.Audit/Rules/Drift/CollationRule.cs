using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column sorts by another collation in the database.</summary>
internal sealed class CollationRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/collation",
        Title = "A column has another collation in the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = "Columns whose collation in a live database differs from the one in the migrations.",
        Why = "Rows sort differently, and comparisons can differ. An index that was built for one collation does not serve the other.",
        Bad = """
            ```sql
            ALTER TABLE users ALTER COLUMN name TYPE text COLLATE "de-x-icu";   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            ALTER TABLE users ALTER COLUMN name TYPE text COLLATE "de-x-icu";
            ```
            """,
        Fix = "Set the collation in a migration.",
        WhenOff = "When each environment uses its own language.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterColumnCollation]);
}
