using Plumbline.Audit.Configuration;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A partition differs between the migrations and the database.</summary>
internal sealed class PartitionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/partition",
        Title = "A partition differs between the migrations and the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        HasFix = true,
        What = """
            Tables that are partitioned only in a live database or only in the migrations, or by another key, and partitions with other bounds.
            """,
        Why = "Rows go to another partition, or are refused because no partition accepts them.",
        Bad = """
            ```sql
            CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');   -- in psql only
            ```
            """,
        Good = """
            ```sql
            -- migration.sql
            CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            ```
            """,
        Fix = "Add the partition in a migration, unless a job creates partitions over time.",
        WhenOff = "When a job such as pg_partman creates the partitions.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddPartition, ChangeKind.DropPartition, ChangeKind.AlterPartition]);
}
