namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_constraint</c>.</summary>
internal sealed record ConstraintRow(uint Oid, string Name, char Kind, uint Relation, uint Type, uint Index, uint Referenced)
{
    /// <summary>DEFERRABLE.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>INITIALLY DEFERRED.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>False for NOT VALID.</summary>
    public bool IsValidated { get; init; }

    /// <summary>False for NOT ENFORCED (PostgreSQL 18).</summary>
    public bool IsEnforced { get; init; }

    /// <summary>NO INHERIT of a CHECK.</summary>
    public bool NoInherit { get; init; }

    /// <summary>WITHOUT OVERLAPS, or PERIOD of a foreign key (PostgreSQL 18).</summary>
    public bool IsPeriod { get; init; }

    /// <summary><c>confupdtype</c>.</summary>
    public char OnUpdate { get; init; }

    /// <summary><c>confdeltype</c>.</summary>
    public char OnDelete { get; init; }

    /// <summary><c>confmatchtype</c>.</summary>
    public char Match { get; init; }

    /// <summary>Numbers of its columns.</summary>
    public short[] Columns { get; init; } = [];

    /// <summary>Numbers of the columns that a foreign key references.</summary>
    public short[] ReferencedColumns { get; init; } = [];

    /// <summary>Numbers of the columns that ON DELETE SET NULL or DEFAULT names.</summary>
    public short[] OnDeleteColumns { get; init; } = [];

    /// <summary>The operators of an EXCLUDE; else null.</summary>
    public string?[]? Operators { get; init; }

    /// <summary>The condition of a CHECK, printed; else null.</summary>
    public string? Check { get; init; }

    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    // What a foreign key needs beside itself to reach the partitions of the table that it references is no constraint of its own:
    // it stands on the same table as its parent does.
    public static CatalogQuery<ConstraintRow> Query(int version) => new(
        $"""
        SELECT k.oid, k.conname, k.contype::int4, k.conrelid, k.contypid, k.conindid, k.confrelid, k.condeferrable, k.condeferred, k.convalidated,
               {(version >= 18 ? "k.conenforced" : "true")}, k.connoinherit, {(version >= 18 ? "k.conperiod" : "false")}, k.confupdtype::int4, k.confdeltype::int4, k.confmatchtype::int4,
               k.conkey, k.confkey, {(version >= 15 ? "k.confdelsetcols" : "NULL::int2[]")},
               CASE WHEN k.contype = 'x' THEN ARRAY(SELECT o.oprname::text FROM unnest(k.conexclop) WITH ORDINALITY e(operator, position) JOIN pg_operator o ON o.oid = e.operator ORDER BY e.position) END,
               CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END
          FROM path CROSS JOIN pg_constraint k
         WHERE k.contype IN ('c', 'f', 'p', 'u', 'x') AND {SystemSchemas.Outside("k.connamespace")}
           AND NOT (k.contype = 'f' AND k.conparentid <> 0 AND EXISTS (SELECT 1 FROM pg_constraint p WHERE p.oid = k.conparentid AND p.conrelid = k.conrelid))
        """,
        r => new ConstraintRow(r.Oid(), r.Text(), r.Letter(), r.Oid(), r.Oid(), r.Oid(), r.Oid())
        {
            IsDeferrable = r.Flag(),
            IsDeferred = r.Flag(),
            IsValidated = r.Flag(),
            IsEnforced = r.Flag(),
            NoInherit = r.Flag(),
            IsPeriod = r.Flag(),
            OnUpdate = r.Letter(),
            OnDelete = r.Letter(),
            Match = r.Letter(),
            Columns = r.Columns(),
            ReferencedColumns = r.Columns(),
            OnDeleteColumns = r.Columns(),
            Operators = r.TextsOrNull(),
            Check = r.TextOrNull(),
        },
        prints: true,
        order: static (a, b) => a.Oid.CompareTo(b.Oid));
}
