namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_index</c>, with its row of <c>pg_class</c>.</summary>
internal sealed record IndexRow(uint Oid, uint Namespace, string Name, string?[]? Options, uint Table, string Method, int KeyCount, short[] Columns, uint[] Collations, uint[] OperatorClasses, short[] Directions)
{
    /// <summary>UNIQUE.</summary>
    public bool IsUnique { get; init; }

    /// <summary>NULLS NOT DISTINCT.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Whether it may be used.</summary>
    public bool IsValid { get; init; }

    /// <summary>Whether the table is clustered on it.</summary>
    public bool IsClustered { get; init; }

    /// <summary>Whether it is the table's replica identity.</summary>
    public bool IsReplicaIdentity { get; init; }

    /// <summary>The keys that are expressions, printed, in their order.</summary>
    public string?[]? Expressions { get; init; }

    /// <summary>The types of those expressions.</summary>
    public uint[] ExpressionTypes { get; init; } = [];

    /// <summary>Its condition, printed; null where it covers all rows.</summary>
    public string? Predicate { get; init; }

    /// <summary>The whole statement, where there are expressions and collations that are not the default one; else null.</summary>
    public string? Definition { get; init; }

    // pg_get_expr prints several expressions as one list, which nobody could take apart; pg_get_indexdef, which is slower, puts parentheses around all but
    // function calls, which never begin with one.

    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    public static CatalogQuery<IndexRow> Query(int version) => new(
        $"""
        SELECT i.indexrelid, c.relnamespace, c.relname, c.reloptions, i.indrelid, m.amname, i.indnkeyatts::int4, i.indkey::int2[], i.indcollation::oid[], i.indclass::oid[], i.indoption::int2[], i.indisunique,
               {(version >= 15 ? "i.indnullsnotdistinct" : "false")}, i.indisvalid, i.indisclustered, i.indisreplident,
               CASE WHEN i.indexprs IS NULL THEN NULL WHEN cardinality(array_positions(i.indkey::int2[], 0::int2)) = 1 THEN ARRAY[pg_get_expr(i.indexprs, i.indrelid)]
                    ELSE ARRAY(SELECT CASE WHEN left(d.key, 1) = '(' THEN substr(d.key, 2, length(d.key) - 2) ELSE d.key END
                                 FROM generate_series(1, i.indnkeyatts) n CROSS JOIN LATERAL pg_get_indexdef(i.indexrelid, n, false) d(key) WHERE i.indkey[n - 1] = 0 ORDER BY n) END,
               CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND i.indkey[a.attnum - 1] = 0 AND a.attnum <= i.indnkeyatts ORDER BY a.attnum) END,
               pg_get_expr(i.indpred, i.indrelid),
               CASE WHEN i.indexprs IS NOT NULL AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid IN (i.indexrelid, i.indrelid) AND a.attcollation NOT IN (0, 100)) THEN pg_get_indexdef(i.indexrelid) END
          FROM path CROSS JOIN pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
         WHERE c.relpersistence <> 't' AND {SystemSchemas.Outside("c.relnamespace")}
         ORDER BY i.indexrelid
        """,
        r => new IndexRow(r.Oid(), r.Oid(), r.Text(), r.TextsOrNull(), r.Oid(), r.Text(), r.Number(), r.Columns(), r.Oids(), r.Oids(), r.Columns())
        {
            IsUnique = r.Flag(),
            NullsNotDistinct = r.Flag(),
            IsValid = r.Flag(),
            IsClustered = r.Flag(),
            IsReplicaIdentity = r.Flag(),
            Expressions = r.TextsOrNull(),
            ExpressionTypes = r.Oids(),
            Predicate = r.TextOrNull(),
            Definition = r.TextOrNull(),
        },
        prints: true);
}

/// <summary>A row of <c>pg_opclass</c>.</summary>
internal sealed record OperatorClassRow(uint Oid, uint Namespace, string Name, bool IsDefault, uint InputType, uint Method)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<OperatorClassRow> Query() => new(
        "SELECT o.oid, o.opcnamespace, o.opcname, o.opcdefault, o.opcintype, o.opcmethod FROM pg_opclass o",
        r => new OperatorClassRow(r.Oid(), r.Oid(), r.Text(), r.Flag(), r.Oid(), r.Oid()));
}
