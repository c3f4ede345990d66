using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Indexes;

/// <summary>A large table without statistics for the planner.</summary>
internal sealed class NeverAnalyzedRule : Rule
{
    private const long FewRows = 10_000;
    private const int FirstThatCountsPartitioned = 14;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "index/never-analyzed",
        Title = "A large table has not been analyzed",
        Severity = Severity.Low,
        Needs = [RuleNeed.Database],
        What = """
            Tables of 10,000 rows or more that have not been analyzed since the server's statistics were reset: partitioned tables, which autovacuum never analyzes
            (from PostgreSQL 14 on, which records it), and tables whose autovacuum is turned off. Not checked while the statistics are less than a week old.
            """,
        Why = "Without column statistics, the planner guesses. It may choose the wrong index, or a nested loop where a hash join is faster.",
        Bad = """
            ```sql
            CREATE TABLE events (id bigint, created_at timestamptz) PARTITION BY RANGE (created_at);   -- and nothing runs ANALYZE
            ```
            """,
        Good = """
            ```sql
            ANALYZE events;   -- once a day, or after each load
            ```
            """,
        Fix = "Run `ANALYZE` on the table, now and on a schedule, or turn autovacuum on again.",
        WhenOff = "When every query of a partitioned table reads a single partition.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        if (live.Snapshot is not { Statistics: { } statistics, Server.IsStandby: false } || live.CountingSince is not { } since)
            return;

        var counted = statistics.Tables.ToDictionary(t => t.Name);
        foreach (var table in live.Tables)
        {
            if (counted.TryGetValue(table.Name, out TableStatistics? own) && own.LastAnalyzed is null && RowsOf(table, own, counted, live) is >= FewRows and var rows)
                sink.Report(Draft(table, rows, live.DaysSince(since), live));
        }
    }

    // The rows of a table that autovacuum does not analyze; null for all others.
    private static long? RowsOf(Table table, TableStatistics own, Dictionary<ObjectName, TableStatistics> counted, LiveFacts live)
    {
        if (table.Kind != TableKind.Partitioned)
            return table.StorageParameters.Any(p => p is { Name: "autovacuum_enabled", Value: "false" or "off" or "0" or "no" }) ? own.EstimatedRows : null;

        if (live.Snapshot.Server.Major < FirstThatCountsPartitioned || own.EstimatedRows is not null || table.PartitionOf is not null)
            return null;

        long rows = 0;
        foreach (var part in live.Tables)
        {
            if (part.PartitionOf == table.Name && counted.TryGetValue(part.Name, out TableStatistics? of))
                rows += of.EstimatedRows ?? 0;
        }

        return rows;
    }

    private static Observation Draft(Table table, long rows, int days, LiveFacts live)
    {
        var subject = new Subject(SubjectKind.Table, table.Name.Name, table.Name.Schema);
        return new Observation
        {
            Title = $"The table {subject} has about {rows} rows and has not been analyzed",
            Message = string.Create(CultureInfo.InvariantCulture, $"The server's statistics cover {days} days without an ANALYZE of the table. ") +
                (table.Kind == TableKind.Partitioned ? "Autovacuum does not analyze partitioned tables." : "Its autovacuum is turned off."),
            Impact = "The planner guesses what the columns contain and may choose the wrong index or join.",
            Recommendation = "Run ANALYZE on the table, now and on a schedule.",
            Project = live.Project,
            Subject = subject,
            Locations = LiveFacts.PlaceOf(live.InMigrations(table.Name)),
            Effort = Effort.Small,
        };
    }
}
