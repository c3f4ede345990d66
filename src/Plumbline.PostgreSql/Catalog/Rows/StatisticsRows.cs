namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>Everything that is asked of a server beside the structure of its catalog: its counters, and what it could install.</summary>
/// <param name="version">The server's major version, from 12.</param>
internal sealed class StatisticsRows(int version)
{
    /// <summary>Since when it counts.</summary>
    public CatalogQuery<CountersRow> Counters { get; } = CountersRow.Query();

    /// <summary>The tables.</summary>
    public CatalogQuery<TableCountersRow> Tables { get; } = TableCountersRow.Query(version);

    /// <summary>The indexes.</summary>
    public CatalogQuery<IndexCountersRow> Indexes { get; } = IndexCountersRow.Query();

    /// <summary>The columns of large B-trees.</summary>
    public CatalogQuery<IndexedWidthRow> IndexedWidths { get; } = IndexedWidthRow.Query();

    /// <summary>The sequences.</summary>
    public CatalogQuery<SequenceValueRow> Sequences { get; } = SequenceValueRow.Query();

    /// <summary>The extensions that can be installed.</summary>
    public CatalogQuery<AvailableExtensionRow> AvailableExtensions { get; } = AvailableExtensionRow.Query();

    /// <summary>All of them, in the order in which they are asked.</summary>
    public IReadOnlyList<ICatalogQuery> All => [Counters, Tables, Indexes, IndexedWidths, Sequences, AvailableExtensions];
}

/// <summary>Since when the server counts.</summary>
internal sealed record CountersRow(DateTimeOffset? Now, DateTimeOffset? Reset, DateTimeOffset? Started)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<CountersRow> Query() => new(
        """
        SELECT extract(epoch FROM now())::float8, (SELECT extract(epoch FROM s.stats_reset)::float8 FROM pg_stat_database s WHERE s.datname = current_database()),
               extract(epoch FROM pg_postmaster_start_time())::float8
        """,
        r => new CountersRow(r.TimeOrNull(), r.TimeOrNull(), r.TimeOrNull()));
}

/// <summary>What is counted of a table or materialized view.</summary>
internal sealed record TableCountersRow(
    uint Table, double Rows, long Bytes, DateTimeOffset? LastAnalyzed, long DeadRows, long SequentialScans, long LiveRows, long ChangedRows)
{
    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    // Before PostgreSQL 14 a table without rows and one that was never analyzed look the same where they have no pages.
    public static CatalogQuery<TableCountersRow> Query(int version) => new(
        $"""
        SELECT c.oid, {(version >= 14 ? "c.reltuples" : "CASE WHEN c.relpages = 0 AND c.reltuples = 0 THEN -1 ELSE c.reltuples END")}::float8, c.relpages::int8 * current_setting('block_size')::int8,
               extract(epoch FROM greatest(s.last_analyze, s.last_autoanalyze))::float8, coalesce(s.n_dead_tup, 0), coalesce(s.seq_scan, 0), coalesce(s.n_live_tup, 0),
               coalesce(s.n_mod_since_analyze, 0)
          FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
         WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND {SystemSchemas.Outside("c.relnamespace")} AND NOT {OfExtension.Condition("pg_class", "c.oid")}
        """,
        r => new TableCountersRow(r.Oid(), r.Real(), r.Great(), r.TimeOrNull(), r.Great(), r.Great(), r.Great(), r.Great()));
}

/// <summary>What is counted of an index.</summary>
internal sealed record IndexCountersRow(uint Index, uint Table, long Scans, long Bytes, bool IsValid, bool IsUnique)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<IndexCountersRow> Query() => new(
        $"""
        SELECT i.indexrelid, i.indrelid, coalesce(s.idx_scan, 0), c.relpages::int8 * current_setting('block_size')::int8, i.indisvalid, i.indisunique OR i.indisexclusion
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid LEFT JOIN pg_stat_user_indexes s ON s.indexrelid = i.indexrelid
         WHERE c.relpersistence <> 't' AND {SystemSchemas.Outside("c.relnamespace")} AND NOT {OfExtension.Condition("pg_class", "i.indrelid")}
        """,
        r => new IndexCountersRow(r.Oid(), r.Oid(), r.Great(), r.Great(), r.Flag(), r.Flag()));
}

/// <summary>
/// A column of a B-tree that is large enough to be worth estimating. Of a key that is an expression the statistics are the index's own.
/// What the role may not read of a table, <c>pg_stats</c> does not show it; <c>pg_statistic</c>, which it is made of, only superusers may ask.
/// </summary>
internal sealed record IndexedWidthRow(
    uint Index, double Rows, int BlockSize, int FillFactor, bool IsPartial, short Length, char Alignment, int? Width, double? NullFraction)
{
    /// <summary>The query for all of them, index by index, in the columns' order.</summary>
    public static CatalogQuery<IndexedWidthRow> Query() => new(
        $"""
        SELECT i.indexrelid, c.reltuples::float8, current_setting('block_size')::int4,
               coalesce((SELECT o.option_value::int4 FROM pg_options_to_table(c.reloptions) o WHERE o.option_name = 'fillfactor'), 90), i.indpred IS NOT NULL,
               a.attlen, a.attalign::int4, s.avg_width, s.null_frac::float8
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam JOIN pg_class t ON t.oid = i.indrelid
               JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = i.indexrelid
               LEFT JOIN pg_attribute f ON f.attrelid = i.indrelid AND f.attnum = i.indkey[a.attnum - 1] AND f.attnum > 0
               LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = CASE WHEN f.attnum IS NULL THEN c.relname ELSE t.relname END
                                       AND s.attname = CASE WHEN f.attnum IS NULL THEN a.attname ELSE f.attname END AND NOT s.inherited
         WHERE m.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence <> 't' AND c.relpages >= 128 AND NOT i.indisexclusion
           AND {SystemSchemas.Outside("c.relnamespace")} AND NOT {OfExtension.Condition("pg_class", "i.indrelid")}
         ORDER BY i.indexrelid, a.attnum
        """,
        r => new IndexedWidthRow(r.Oid(), r.Real(), r.Number(), r.Number(), r.Flag(), r.Small(), r.Letter(), r.NumberOrNull(), r.RealOrNull()));
}

/// <summary>How far a sequence has come.</summary>
internal sealed record SequenceValueRow(uint Sequence, bool IsReadable, long? LastValue)
{
    /// <summary>The query for all of them.</summary>
    // An unlogged sequence has no value on a standby, and asking for it is an error there.
    public static CatalogQuery<SequenceValueRow> Query() => new(
        $"""
        SELECT c.oid, has_sequence_privilege(c.oid, 'SELECT,USAGE'),
               CASE WHEN has_sequence_privilege(c.oid, 'SELECT,USAGE') AND (c.relpersistence = 'p' OR NOT pg_is_in_recovery()) THEN pg_sequence_last_value(c.oid) END
          FROM pg_class c WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND {SystemSchemas.Outside("c.relnamespace")} AND NOT {OfExtension.Condition("pg_class", "c.oid")}
        """,
        r => new SequenceValueRow(r.Oid(), r.Flag(), r.GreatOrNull()));
}
