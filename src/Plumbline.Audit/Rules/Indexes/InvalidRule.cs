using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Indexes;

/// <summary>An index that the server does not use because its building never ended.</summary>
internal sealed class InvalidRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "index/invalid",
        Title = "An index of the database is invalid",
        Severity = Severity.High,
        Needs = [RuleNeed.Database],
        What = """
            Indexes that the server marks as invalid: what a failed `CREATE INDEX CONCURRENTLY` or `REINDEX CONCURRENTLY` left, and indexes of partitioned tables
            that lack a part. One that is being built at this moment looks the same.
            """,
        Why = """
            No query uses an invalid index, while every write still pays for it. A unique one that failed means that there are duplicates.
            """,
        Bad = """
            ```sql
            CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);   -- ERROR: canceling statement due to lock timeout
            ```
            """,
        Good = """
            ```sql
            DROP INDEX CONCURRENTLY orders_user_id_idx;
            CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);
            ```
            """,
        Fix = "Mend what made it fail (duplicates, a timeout, a deadlock), then `REINDEX INDEX CONCURRENTLY`, or drop it and create it again.",
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
            ? $"The index {index.Name} was made ON ONLY the partitioned table {Name(table)}, and not every partition has its part of it."
            : $"The building of the index {index.Name} on {Name(table)} did not end. If it is being built at this moment, that is as it should be.",
        Impact = index.IsUnique ? "No query uses it, and rows that were there before may break its uniqueness." : "No query uses it, while every write still pays for it.",
        Recommendation = table.Kind == TableKind.Partitioned
            ? "Create the index on the partitions that lack it, and attach it with ALTER INDEX … ATTACH PARTITION."
            : $"Mend what made it fail, then REINDEX INDEX CONCURRENTLY \"{index.Name}\", or drop it and create it again.",
        Project = live.Project,
        Subject = new Subject(SubjectKind.Index, index.Name, table.Name.Schema, table.Name.Name),
        Locations = LiveFacts.PlaceOf(live.InMigrations(table.Name)?.Indexes.FirstOrDefault(i => i.Name == index.Name)),
    };

    private static string Name(Table table) => new Subject(SubjectKind.Table, table.Name.Name, table.Name.Schema).ToString();
}
