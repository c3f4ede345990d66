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

/// <summary>An index that consists mostly of empty space.</summary>
internal sealed class BloatedRule : Rule
{
    private const long LeastBytes = 10 * 1024 * 1024;

    // Random keys such as UUIDs leave pages two thirds full, so a third of empty space is normal.
    private const double LeastShare = 0.5;

    // Autovacuum analyzes a table when a tenth of it has changed, so that statistics are rarely older than this.
    private const double LargestChange = 0.25;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "index/bloated",
        Title = "An index takes far more space than its rows need",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Database],
        HasFix = true,
        What = """
            B-tree indexes of 10 MiB or more of which at least half is empty, estimated from the number of rows and the average widths of the columns in the
            planner's statistics, and from the index's `fillfactor`. Not checked: tables that have not been analyzed since the server's statistics began or of
            which a quarter of the rows have changed since; columns whose statistics the role may not read; standby servers; and partial indexes with a
            condition on text, because the lengths are not known.
            """,
        Why = "Every scan reads the empty pages too, and the pages take up cache memory. VACUUM empties pages but does not shrink the index.",
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
            `REINDEX INDEX CONCURRENTLY`, outside a transaction and therefore not in a migration. If the index grows again, let autovacuum run more often and
            look for transactions that stay open for hours.
            """,
        WhenOff = "When the table is regularly emptied and filled again.",
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
            Title = $"About {ByteSize.Text(empty)} of the index {index.Name.Name} on {name} is empty",
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"The index takes {ByteSize.Text(index.Bytes)}; about {counted.EstimatedRows} rows need {ByteSize.Text(needed)}. ") + string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Floor(100.0 * empty / index.Bytes)} % ({empty} bytes) is empty, estimated from the planner's statistics."),
            Impact = "Scans read the empty pages too, and the pages take up cache memory.",
            Recommendation = "Run REINDEX INDEX CONCURRENTLY at a time of low load, outside a transaction. It needs disk space for a second copy of the index. " +
                "If the index grows again, let autovacuum run more often.",
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
