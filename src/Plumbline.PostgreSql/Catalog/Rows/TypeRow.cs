namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_type</c>.</summary>
internal sealed record TypeRow(uint Oid, uint Namespace, string Name, char Kind, uint Element, bool IsArray, uint Relation, uint Collation, char Storage)
{
    /// <summary>Of a domain: the type under it (<c>typbasetype</c>).</summary>
    public uint Base { get; init; }

    /// <summary>Of a domain: the modifier of that type.</summary>
    public int BaseModifier { get; init; }

    /// <summary>Of a domain: the type under it with its modifier, printed, where that type is not PostgreSQL's own; else null.</summary>
    public string? BaseFormat { get; init; }

    /// <summary>Of a domain: whether it is NOT NULL.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Of a domain: its default, printed; else null.</summary>
    public string? Default { get; init; }

    /// <summary>Its owner.</summary>
    public uint Owner { get; init; }

    /// <summary>Its privileges; null where they are the defaults.</summary>
    public string?[]? Acl { get; init; }

    /// <summary>Whether it belongs to an extension.</summary>
    public bool IsOfExtension { get; init; }

    /// <summary>The query for all of them.</summary>
    // int2vector and oidvector have elements and are no arrays; what tells them apart is their storage (IsTrueArrayType of PostgreSQL 13).
    public static CatalogQuery<TypeRow> Query() => new(
        $"""
        SELECT t.oid, t.typnamespace, t.typname, t.typtype::int4, t.typelem, t.typelem <> 0 AND t.typlen = -1 AND t.typstorage <> 'p', t.typrelid, t.typcollation, t.typstorage::int4,
               t.typbasetype, t.typtypmod, {ExtensionType.Format("t.typbasetype", "t.typtypmod")}, t.typnotnull, CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) END, t.typowner, t.typacl::text[],
               {OfExtension.Condition("pg_type", "t.oid")}
          FROM path CROSS JOIN pg_type t ORDER BY t.oid
        """,
        r => new TypeRow(r.Oid(), r.Oid(), r.Text(), r.Letter(), r.Oid(), r.Flag(), r.Oid(), r.Oid(), r.Letter())
        {
            Base = r.Oid(),
            BaseModifier = r.Number(),
            BaseFormat = r.TextOrNull(),
            IsNotNull = r.Flag(),
            Default = r.TextOrNull(),
            Owner = r.Oid(),
            Acl = r.TextsOrNull(),
            IsOfExtension = r.Flag(),
        },
        prints: true);
}

/// <summary>A type that PostgreSQL does not bring: only its extension knows what its modifiers mean.</summary>
internal static class ExtensionType
{
    /// <summary>Such a type with a modifier, as the server prints it; NULL for others.</summary>
    public static string Format(string type, string modifier) => $"CASE WHEN {modifier} >= 0 AND {type} >= 16384 THEN format_type({type}, {modifier}) END";
}

/// <summary>A row of <c>pg_enum</c>.</summary>
internal sealed record EnumRow(uint Type, string Label)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<EnumRow> Query() => new("SELECT e.enumtypid, e.enumlabel FROM pg_enum e ORDER BY e.enumtypid, e.enumsortorder", r => new EnumRow(r.Oid(), r.Text()));
}

/// <summary>A row of <c>pg_range</c> that a user made.</summary>
internal sealed record RangeRow(uint Type, uint Subtype, uint Collation, uint OperatorClass, string? Canonical, string? Difference, uint Multirange)
{
    /// <summary>The query for all of them.</summary>
    /// <param name="version">The server's major version.</param>
    public static CatalogQuery<RangeRow> Query(int version) => new(
        $"""
        SELECT r.rngtypid, r.rngsubtype, r.rngcollation, r.rngsubopc, CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::text END, CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::text END,
               {(version >= 14 ? "r.rngmultitypid" : "0::oid")}
          FROM path CROSS JOIN pg_range r WHERE r.rngtypid >= 16384
        """,
        r => new RangeRow(r.Oid(), r.Oid(), r.Oid(), r.Oid(), r.TextOrNull(), r.TextOrNull(), r.Oid()),
        prints: true);
}

/// <summary>A row of <c>pg_collation</c>.</summary>
internal sealed record CollationRow(uint Oid, uint Namespace, string Name)
{
    /// <summary>The query for all of them.</summary>
    // Some hundred at most; to find those that columns use, the server would have to look at every column.
    public static CatalogQuery<CollationRow> Query() => new(
        "SELECT c.oid, c.collnamespace, c.collname FROM pg_collation c",
        r => new CollationRow(r.Oid(), r.Oid(), r.Text()));
}
