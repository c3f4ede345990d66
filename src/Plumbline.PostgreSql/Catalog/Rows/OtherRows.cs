namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_extension</c>, with the comment that its control file brings.</summary>
internal sealed record ExtensionRow(uint Oid, string Name, uint Namespace, string Version, string? OwnComment)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<ExtensionRow> Query() => new(
        "SELECT e.oid, e.extname, e.extnamespace, e.extversion, a.comment FROM pg_extension e LEFT JOIN pg_available_extensions a ON a.name = e.extname WHERE e.extname <> 'plpgsql'",
        r => new ExtensionRow(r.Oid(), r.Text(), r.Oid(), r.Text(), r.TextOrNull()));
}

/// <summary>An extension that can be installed, with the versions that it can be installed in.</summary>
internal sealed record AvailableExtensionRow(string Name, string?[] Versions)
{
    /// <summary>The query for all of them.</summary>
    // The server reads the control file of each version; those that several scripts lead to are among them.
    public static CatalogQuery<AvailableExtensionRow> Query() => new(
        "SELECT v.name::text, array_agg(v.version) FROM pg_available_extension_versions v GROUP BY v.name",
        r => new AvailableExtensionRow(r.Text(), r.TextsOrNull() ?? []));
}

/// <summary>A row of <c>pg_publication</c>.</summary>
internal sealed record PublicationRow(uint Oid, string Name, bool AllTables, bool Inserts, bool Updates, bool Deletes, bool Truncates, bool ViaRoot, string GeneratedColumns, uint[] Tables, uint[] Schemas)
{
    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    public static CatalogQuery<PublicationRow> Query(int version) => new(
        $"""
        SELECT p.oid, p.pubname, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, {(version >= 13 ? "p.pubviaroot" : "false")},
               {(version >= 18 ? "p.pubgencols::text" : "'n'::text")}, ARRAY(SELECT r.prrelid FROM pg_publication_rel r WHERE r.prpubid = p.oid),
               {(version >= 15 ? "ARRAY(SELECT n.pnnspid FROM pg_publication_namespace n WHERE n.pnpubid = p.oid)" : "NULL::oid[]")}
          FROM pg_publication p
        """,
        r => new PublicationRow(r.Oid(), r.Text(), r.Flag(), r.Flag(), r.Flag(), r.Flag(), r.Flag(), r.Flag(), r.Text(), r.Oids(), r.Oids()));
}

/// <summary>A row of <c>pg_description</c>.</summary>
internal sealed record CommentRow(string Catalog, uint Oid, int Member, string Text)
{
    /// <summary>The query for all of them. A comment may have up to a gigabyte; the first 100,000 characters are more than people write.</summary>
    public static CatalogQuery<CommentRow> Query() => new(
        """
        SELECT c.relname, d.objoid, d.objsubid, left(d.description, 100000)
          FROM pg_description d JOIN pg_class c ON c.oid = d.classoid
         WHERE d.classoid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass, 'pg_rewrite'::regclass,
                              'pg_namespace'::regclass, 'pg_extension'::regclass, 'pg_publication'::regclass)
           AND (d.objoid >= 16384 OR d.classoid IN ('pg_namespace'::regclass, 'pg_extension'::regclass))
        """,
        r => new CommentRow(r.Text(), r.Oid(), r.Number(), r.Text()));
}
