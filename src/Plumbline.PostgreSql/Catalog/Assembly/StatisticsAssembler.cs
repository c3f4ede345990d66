using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Catalog.Rows;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>What a server has counted, under the names of what it is about.</summary>
internal static class StatisticsAssembler
{
    /// <summary>The counters.</summary>
    public static CatalogStatistics Build(CatalogLookup lookup, StatisticsRows rows)
    {
        var counters = rows.Counters.Rows[0];
        var needed = rows.IndexedWidths.Rows.GroupBy(w => w.Index).ToDictionary(g => g.Key, g => BtreeSize.Estimate([.. g]));
        return new CatalogStatistics
        {
            TakenAt = counters.Now ?? DateTimeOffset.UnixEpoch,
            CountingSince = counters.Reset,
            ServerStartedAt = counters.Started,
            Tables = [.. rows.Tables.Rows.Select(t => Table(lookup, t)).OfType<TableStatistics>().OrderBy(t => t.Name)],
            Indexes = [.. rows.Indexes.Rows.Select(i => Index(lookup, i, needed.GetValueOrDefault(i.Index))).OfType<IndexStatistics>().OrderBy(i => i.Name)],
            Sequences = [.. rows.Sequences.Rows.Select(s => Sequence(lookup, s)).OfType<SequenceStatistics>().OrderBy(s => s.Name)],
        };
    }

    /// <summary>What the server could install.</summary>
    public static ImmutableArray<AvailableExtension> AvailableExtensions(StatisticsRows rows) =>
        [.. rows.AvailableExtensions.Rows.OrderBy(e => e.Name, StringComparer.Ordinal).Select(Available)];

    /// <summary>What the role may not see.</summary>
    public static ImmutableArray<string> Notes(CatalogLookup lookup, StatisticsRows rows)
    {
        var hidden = rows.Sequences.Rows.Where(s => !s.IsReadable).Select(s => lookup.NameOfRelation(s.Sequence)?.ToString()).OfType<string>().Order(StringComparer.Ordinal).ToList();
        return hidden.Count == 0
            ? []
            : [hidden.Count == 1
                ? $"The current value of the sequence {hidden[0]} is unknown because the role has neither USAGE nor SELECT on it."
                : string.Create(CultureInfo.InvariantCulture, $"The current values of {hidden.Count} sequences are unknown because the role has neither USAGE nor SELECT on them ({string.Join(", ", hidden.Take(3))}{(hidden.Count > 3 ? ", …" : "")}).")];
    }

    private static AvailableExtension Available(AvailableExtensionRow row) => new(row.Name, [.. row.Versions.OfType<string>().Order(StringComparer.Ordinal)]);

    private static TableStatistics? Table(CatalogLookup lookup, TableCountersRow row) =>
        lookup.NameOfRelation(row.Table) is { } name
            ? new TableStatistics(name, row.Rows < 0 ? null : (long)row.Rows, row.Bytes, row.LastAnalyzed, row.DeadRows, row.SequentialScans)
            {
                LiveRows = row.LiveRows,
                ChangedRows = row.ChangedRows,
            }
            : null;

    private static IndexStatistics? Index(CatalogLookup lookup, IndexCountersRow row, long? needed) =>
        lookup.NameOfIndex(row.Index) is { } name && lookup.NameOfRelation(row.Table) is { } table
            ? new IndexStatistics(name, table, row.Scans, row.Bytes, row.IsValid, row.IsUnique) { NeededBytes = needed }
            : null;

    private static SequenceStatistics? Sequence(CatalogLookup lookup, SequenceValueRow row) =>
        lookup.NameOfRelation(row.Sequence) is { } name ? new SequenceStatistics(name, row.LastValue, row.IsReadable) : null;
}
