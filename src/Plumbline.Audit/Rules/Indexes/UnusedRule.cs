using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Indexes;

/// <summary>An index that no query has used since the server's statistics were reset.</summary>
internal sealed class UnusedRule : Rule
{
    private const long FewRows = 10_000;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "index/unused",
        Title = "No query uses an index",
        Severity = Severity.Low,
        Needs = [RuleNeed.Database],
        What = """
            Indexes on tables of 10,000 rows or more that the server has not used since its statistics were reset. Not checked: statistics that cover less than a week,
            standby servers, and tables that nothing reads. Unique indexes, indexes of constraints, those that a foreign key needs, those of partitions, and
            those that a migration created in the last week are never reported.
            """,
        Why = "Every INSERT, every VACUUM and most UPDATEs maintain the index, and it takes up cache memory.",
        Bad = """
            ```prisma
            model Order {
              id        Int      @id
              createdAt DateTime

              @@index([createdAt])   // 0 scans in 60 days
            }
            ```
            """,
        Good = """
            ```sql
            DROP INDEX CONCURRENTLY "Order_createdAt_idx";
            ```
            """,
        Fix = "Make sure that no replica and no infrequent query needs the index. Then remove it from the schema and drop it.",
        WhenOff = "When queries run on replicas, because each server counts only its own scans.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        if (live.Snapshot is not { Statistics: { } statistics, Server.IsStandby: false } || live.CountingSince is not { } since)
            return;

        var indexes = statistics.Indexes.ToLookup(i => i.Table);
        var tables = statistics.Tables.ToDictionary(t => t.Name);
        foreach (var table in live.Tables)
        {
            if (table is { Kind: TableKind.Ordinary, PartitionOf: null } && tables.TryGetValue(table.Name, out TableStatistics? counted) && counted.EstimatedRows >= FewRows &&
                counted.SequentialScans + indexes[table.Name].Sum(i => i.Scans) > 0)
                Check(table, counted, indexes[table.Name], since, live, sink);
        }
    }

    private static void Check(Table table, TableStatistics counted, IEnumerable<IndexStatistics> indexes, DateTimeOffset since, LiveFacts live, ObservationSink sink)
    {
        var byName = indexes.ToDictionary(i => i.Name.Name, StringComparer.Ordinal);
        foreach (var index in table.Indexes)
        {
            if (index is not { IsUnique: false, IsValid: true, IsClustered: false } || !byName.TryGetValue(index.Name, out IndexStatistics? own) || own.Scans > 0 || ServesForeignKey(table, index))
                continue;

            var made = live.InMigrations(table.Name)?.Indexes.FirstOrDefault(i => i.Name == index.Name);
            if (live.IsNew(made))
                continue;

            var name = new Subject(SubjectKind.Table, table.Name.Name, table.Name.Schema).ToString();
            sink.Report(new Observation
            {
                Title = $"No query has used the index {index.Name} on {name}",
                Message = string.Create(CultureInfo.InvariantCulture, $"The server's statistics cover {live.DaysSince(since)} days. The index takes {ByteSize.Text(own.Bytes)}; the table has about {counted.EstimatedRows} rows."),
                Impact = "Writes and VACUUM maintain it, and it takes up cache memory.",
                Recommendation = "Make sure that no replica and no infrequent query needs the index. Then remove it from the schema and drop it.",
                Project = live.Project,
                Subject = new Subject(SubjectKind.Index, index.Name, table.Name.Schema, table.Name.Name),
                Locations = LiveFacts.PlaceOf(made),
                Effort = Effort.Small,
            });
        }
    }

    // Deleting a referenced row searches for the rows that reference it, even if that happens rarely.
    private static bool ServesForeignKey(Table table, Plumbline.Schema.Model.Index index)
    {
        foreach (var key in table.ForeignKeys)
        {
            if (key.Columns.Length <= index.Keys.Length && index.Keys.Take(key.Columns.Length).All(k => k.Column is { } column && key.Columns.Contains(column)))
                return true;
        }

        return false;
    }
}
