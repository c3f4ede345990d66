using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Indexes;

/// <summary>A large table whose values the planner knows nothing of.</summary>
internal sealed class NeverAnalyzedRule : Rule
{
    private const long FewRows = 10_000;
    private const int FirstThatCountsPartitioned = 14;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "index/never-analyzed",
        Title = "A large table was not analyzed since the server counts",
        Severity = Severity.Low,
        Needs = [RuleNeed.Database],
        What = """
            Tables of 10 000 rows and more that were not analyzed since the server counts, with how long that is: partitioned tables, which autovacuum never analyzes (from
            PostgreSQL 14 on, which counts them), and tables whose autovacuum is switched off. Silent before a week of counting.
            """,
        Why = """
            Without statistics of its columns the planner guesses: it takes the wrong index, or joins row by row what it should have hashed.
            """,
        Bad = """
            ```sql
            CREATE TABLE events (…) PARTITION BY RANGE (created_at);   -- and nothing that runs ANALYZE
            ```
            """,
        Good = """
            ```sql
            ANALYZE events;   -- once a day, or after each load
            ```
            """,
        Fix = "Run `ANALYZE` on it, now and on a schedule; or switch autovacuum on again.",
        WhenOff = "When every query of a partitioned table reads one partition only.",
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

    // The rows of a table that nothing analyzes by itself; null for all others.
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
            Title = $"{subject} was not analyzed since the server counts",
            Message = string.Create(CultureInfo.InvariantCulture, $"The server has counted for {days} days and no ANALYZE of {subject}, which has about {rows} rows. ") +
                (table.Kind == TableKind.Partitioned ? "Autovacuum leaves partitioned tables out." : "Its autovacuum is switched off."),
            Impact = "The planner guesses what its columns hold, and may take the wrong index or join.",
            Recommendation = "Run ANALYZE on it, now and on a schedule.",
            Project = live.Project,
            Subject = subject,
            Locations = LiveFacts.PlaceOf(live.InMigrations(table.Name)),
            Effort = Effort.Small,
        };
    }
}
