namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_attribute</c>, with its row of <c>pg_attrdef</c>; of an index only where its operator class has parameters.</summary>
internal sealed record ColumnRow(uint Relation, short Number, string Name, uint Type, int Modifier, bool IsNotNull, char Identity, char Generated, uint Collation)
{
    /// <summary>Its type with the modifier, printed, where the type is not PostgreSQL's own; else null.</summary>
    public string? TypeFormat { get; init; }

    /// <summary><c>attstorage</c>.</summary>
    public char Storage { get; init; }

    /// <summary><c>attcompression</c>; <c>\0</c> where none is set.</summary>
    public char Compression { get; init; }

    /// <summary>Its statistics target; null where none is set.</summary>
    public int? StatisticsTarget { get; init; }

    /// <summary>Its own privileges; null where it has none.</summary>
    public string?[]? Acl { get; init; }

    /// <summary>Of an index: the parameters of its operator class; else null.</summary>
    public string?[]? Options { get; init; }

    /// <summary>Its default, or what generates it, printed; else null.</summary>
    public string? Default { get; init; }

    // What few columns have is NULL for the others: nothing is sent for it.

    // Only what generates a column speaks of other columns; a default is printed several times as fast where no table is looked at for it.

    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    public static CatalogQuery<ColumnRow> Query(int version) => new(
        $"""
        SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, nullif(a.attidentity, '')::int4, nullif(a.attgenerated, '')::int4, a.attcollation, {ExtensionType.Format("a.atttypid", "a.atttypmod")}, a.attstorage::int4,
               {(version >= 14 ? "nullif(a.attcompression, '')::int4" : "NULL::int4")}, nullif(a.attstattarget, -1)::int4, a.attacl::text[], CASE WHEN c.relkind IN ('i', 'I') THEN a.attoptions END, pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0::oid ELSE d.adrelid END)
          FROM path CROSS JOIN pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relpersistence <> 't' AND (c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c') OR (c.relkind IN ('i', 'I') AND a.attoptions IS NOT NULL))
           AND {SystemSchemas.Outside("c.relnamespace")}
        """,
        r => new ColumnRow(r.Oid(), r.Small(), r.Text(), r.Oid(), r.Number(), r.Flag(), r.LetterOrNone(), r.LetterOrNone(), r.Oid())
        {
            TypeFormat = r.TextOrNull(),
            Storage = r.Letter(),
            Compression = r.LetterOrNone(),
            StatisticsTarget = r.NumberOrNull(),
            Acl = r.TextsOrNull(),
            Options = r.TextsOrNull(),
            Default = r.TextOrNull(),
        },
        prints: true,
        order: static (a, b) => a.Relation != b.Relation ? a.Relation.CompareTo(b.Relation) : a.Number.CompareTo(b.Number));
}
