using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Indexes;

/// <summary>An index that the server does not use because its build did not finish.</summary>
internal sealed class InvalidRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "index/invalid",
        Title = "An index is invalid",
        Severity = Severity.High,
        Needs = [RuleNeed.Database],
        What = """
            Indexes that the server marks as invalid: remains of a failed `CREATE INDEX CONCURRENTLY` or `REINDEX CONCURRENTLY`, and indexes of
            partitioned tables that some partitions lack. An index that is still being built looks the same.
            """,
        Why = "No query uses an invalid index, but every write still updates it. If the index is unique, the build may have failed because there are duplicates.",
        Bad = """
            ```sql
            CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);
            -- ERROR: canceling statement due to lock timeout
            ```
            """,
        Good = """
            ```sql
            DROP INDEX CONCURRENTLY orders_user_id_idx;
            CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);
            ```
            """,
        Fix = "Fix the cause of the failure (duplicates, a timeout, a deadlock), then run `REINDEX INDEX CONCURRENTLY`, or drop the index and create it again.",
        WhenOff = "Never.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        foreach (var table in live.Tables)
        {
            foreach (var index in table.Indexes)
            {
                if (!index.IsValid)
                    sink.Report(Draft(table, index, live));
            }
        }
    }

    private static Observation Draft(Table table, Plumbline.Schema.Model.Index index, LiveFacts live) => new()
    {
        Title = $"The index {index.Name} on {Name(table)} is invalid",
        Message = table.Kind == TableKind.Partitioned
            ? "It was created with ON ONLY on the partitioned table, and some partitions lack a matching index."
            : "Its build failed, or is still running: an index that is being built concurrently is invalid until the build ends.",
        Impact = index.IsUnique ? "No query uses it, and existing rows may violate its uniqueness." : "No query uses it, but every write still updates it.",
        Recommendation = table.Kind == TableKind.Partitioned
            ? "Create the index on the partitions that lack it, and attach each with ALTER INDEX … ATTACH PARTITION."
            : $"Fix the cause of the failure, then run REINDEX INDEX CONCURRENTLY \"{index.Name}\", or drop the index and create it again.",
        Project = live.Project,
        Subject = new Subject(SubjectKind.Index, index.Name, table.Name.Schema, table.Name.Name),
        Locations = LiveFacts.PlaceOf(live.InMigrations(table.Name)?.Indexes.FirstOrDefault(i => i.Name == index.Name)),
    };

    private static string Name(Table table) => new Subject(SubjectKind.Table, table.Name.Name, table.Name.Schema).ToString();
}
