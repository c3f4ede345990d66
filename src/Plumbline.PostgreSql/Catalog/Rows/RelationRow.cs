namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_class</c>; those of indexes are with <see cref="IndexRow"/>.</summary>
internal sealed record RelationRow(uint Oid, uint Namespace, string Name, char Kind, char Persistence, uint Owner, string?[]? Acl, string?[]? Options)
{
    /// <summary>Row-level security is enabled.</summary>
    public bool RowSecurity { get; init; }

    /// <summary>Row-level security holds for the owner too.</summary>
    public bool ForceRowSecurity { get; init; }

    /// <summary><c>relreplident</c>.</summary>
    public char ReplicaIdentity { get; init; }

    /// <summary>Whether it is a partition.</summary>
    public bool IsPartition { get; init; }

    /// <summary>Whether a materialized view holds data.</summary>
    public bool IsPopulated { get; init; }

    /// <summary>The planner's estimate of its rows.</summary>
    public double Rows { get; init; }

    /// <summary>Of a view its query, of a partitioned table its key.</summary>
    public string? Definition { get; init; }

    /// <summary>Of a partition: its bound, printed; else null.</summary>
    public string? Bound { get; init; }

    /// <summary>Of a foreign table: its server; else null.</summary>
    public string? ForeignServer { get; init; }

    /// <summary>Whether it belongs to an extension.</summary>
    public bool IsOfExtension { get; init; }

    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<RelationRow> Query() => new(
        $"""
        SELECT c.oid, c.relnamespace, c.relname, c.relkind::int4, c.relpersistence::int4, c.relowner, c.relacl::text[], c.reloptions, c.relrowsecurity, c.relforcerowsecurity,
               c.relreplident::int4, c.relispartition, c.relispopulated, c.reltuples::float8,
               CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
               CASE WHEN c.relpartbound IS NOT NULL THEN pg_get_expr(c.relpartbound, c.oid) END,
               CASE WHEN c.relkind = 'f' THEN (SELECT s.srvname FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid) END,
               {OfExtension.Condition("pg_class", "c.oid")}
          FROM path CROSS JOIN pg_class c
         WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relpersistence <> 't' AND {SystemSchemas.Outside("c.relnamespace")}
         ORDER BY c.oid
        """,
        r => new RelationRow(r.Oid(), r.Oid(), r.Text(), r.Letter(), r.Letter(), r.Oid(), r.TextsOrNull(), r.TextsOrNull())
        {
            RowSecurity = r.Flag(),
            ForceRowSecurity = r.Flag(),
            ReplicaIdentity = r.Letter(),
            IsPartition = r.Flag(),
            IsPopulated = r.Flag(),
            Rows = r.Real(),
            Definition = r.TextOrNull(),
            Bound = r.TextOrNull(),
            ForeignServer = r.TextOrNull(),
            IsOfExtension = r.Flag(),
        },
        prints: true);
}

/// <summary>A row of <c>pg_inherits</c>: a child of a table, or a part of a partitioned index.</summary>
internal sealed record InheritanceRow(uint Child, uint Parent)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<InheritanceRow> Query() => new("SELECT i.inhrelid, i.inhparent FROM pg_inherits i ORDER BY i.inhrelid, i.inhseqno", r => new InheritanceRow(r.Oid(), r.Oid()));
}
