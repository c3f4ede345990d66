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
        Title = "A column sorts by another collation in the database",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Columns with another collation than the migrations give them.
            """,
        Why = """
            Rows come in another order, and equality may differ; an index made for one collation does not serve the other.
            """,
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
        Fix = "Write a migration that sets the collation.",
        WhenOff = "When each environment has a language of its own.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterColumnCollation]);
}
