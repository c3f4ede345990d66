using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Indexes;

/// <summary>An index that is mostly empty pages.</summary>
internal sealed class BloatedRule : Rule
{
    private const long LeastBytes = 10 * 1024 * 1024;

    // Keys that come in no order (a UUID) leave pages two thirds full by themselves, so that a third is nothing to speak of.
    private const double LeastShare = 0.5;

    // Autovacuum analyzes a table when a tenth of it has changed.
    private const double LargestChange = 0.25;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "index/bloated",
        Title = "An index takes far more room than its rows need",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Database],
        HasFix = true,
        What = """
            B-trees of 10 MiB and more of which half or more is empty, by the usual estimate: rows and average widths of the columns as the
            planner's statistics have them, and the index's `fillfactor`. Silent where the table was not analyzed since the server counts, or a
            quarter of its rows have changed since; where the role may not see the statistics of a column; on servers that only follow another; and
            for conditions over texts, whose lengths are not known.
            """,
        Why = """
            Every scan reads the empty pages too, and they push useful ones out of memory. VACUUM empties pages, but gives none back.
            """,
        Bad = """
            ```sql
            -- 2 GB for 3 000 000 rows, after most of the table was deleted
            CREATE INDEX events_user_id_idx ON events (user_id);
            ```
            """,
        Good = """
            ```sql
            REINDEX INDEX CONCURRENTLY events_user_id_idx;
            ```
            """,
        Fix = """
            `REINDEX INDEX CONCURRENTLY`, outside of a transaction and so not in a migration. Where it grows again, let autovacuum come oftener, and
            look for transactions that stay open for hours.
            """,
        WhenOff = "When a table is emptied and filled up again all the time.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        if (live.Snapshot is not { Statistics: { } statistics, Server.IsStandby: false })
            return;

        var ours = live.Tables.ToDictionary(t => t.Name);
        var tables = statistics.Tables.ToDictionary(t => t.Name);
        foreach (var index in statistics.Indexes)
        {
            if (index is { IsValid: true, Bytes: >= LeastBytes, NeededBytes: { } needed } && ours.TryGetValue(index.Table, out Table? table) &&
                tables.TryGetValue(index.Table, out TableStatistics? counted) && IsFresh(counted) && index.Bytes - needed >= index.Bytes * LeastShare)
                sink.Report(Draft(table, index, needed, counted, live));
        }
    }

    private static bool IsFresh(TableStatistics table) =>
        table is { EstimatedRows: > 0 and var rows, LastAnalyzed: not null } && table.ChangedRows <= rows * LargestChange;

    private static Observation Draft(Table table, IndexStatistics index, long needed, TableStatistics counted, LiveFacts live)
    {
        var name = new Subject(SubjectKind.Table, table.Name.Name, table.Name.Schema).ToString();
        var empty = index.Bytes - needed;
        return new Observation
        {
            Title = $"About {ByteSize.Text(empty)} of the index {index.Name.Name} on {name} are empty",
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"The index takes {ByteSize.Text(index.Bytes)}; about {counted.EstimatedRows} rows need {ByteSize.Text(needed)} of it. ") + string.Create(
                CultureInfo.InvariantCulture,
                $"Some {empty} bytes ({Math.Floor(100.0 * empty / index.Bytes)} %) are empty, by an estimate from the statistics."),
            Impact = "Scans read the empty pages too, and they push useful ones out of memory.",
            Recommendation = "Run REINDEX INDEX CONCURRENTLY at a quiet hour, outside of a transaction; it needs room for a second copy meanwhile. " +
                "Where it grows again, let autovacuum come oftener.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Index, index.Name.Name, table.Name.Schema, table.Name.Name),
            Locations = LiveFacts.PlaceOf(MadeAs(index.Name.Name, live.InMigrations(table.Name))),
            Fix = new FindingFix(FixKind.Safe, $"REINDEX INDEX CONCURRENTLY {SqlIdentifier.Quote(index.Name)};"),
            Effort = Effort.Small,
        };
    }

    private static SchemaObject? MadeAs(string index, Table? table)
    {
        if (table is null)
            return null;

        KeyConstraint?[] keys = [table.PrimaryKey, .. table.UniqueConstraints];
        return (SchemaObject?)table.Indexes.FirstOrDefault(i => i.Name == index) ?? Array.Find(keys, k => k?.Name == index);
    }
}
