namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_namespace</c>.</summary>
internal sealed record NamespaceRow(uint Oid, string Name, uint Owner, string?[]? Acl, bool IsOfExtension)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<NamespaceRow> Query() => new(
        $"""
        SELECT n.oid, n.nspname, n.nspowner, n.nspacl::text[], {OfExtension.Condition("pg_namespace", "n.oid")} FROM pg_namespace n ORDER BY n.oid
        """,
        r => new NamespaceRow(r.Oid(), r.Text(), r.Oid(), r.TextsOrNull(), r.Flag()));

    /// <summary>Whether nobody may put anything there.</summary>
    public bool IsSystem => Name.StartsWith("pg_", StringComparison.Ordinal) || Name == "information_schema";
}

/// <summary>What belongs to an extension, and so is the extension's own affair. PostgreSQL documentation, "pg_depend".</summary>
internal static class OfExtension
{
    /// <summary>The condition that holds for such an object.</summary>
    // By what is depended on, there is an index that leads to the few rows of extensions; the catalog has one row or more for every column, index and constraint.
    public static string Condition(string catalog, string oid) =>
        $"{oid} IN (SELECT d.objid FROM pg_depend d WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = '{catalog}'::regclass AND d.objsubid = 0 AND d.deptype = 'e')";
}

/// <summary>The schemas that hold nothing of the project's.</summary>
internal static class SystemSchemas
{
    /// <summary>The condition that holds for an object in any other schema.</summary>
    public static string Outside(string oid) =>
        $"{oid} IN (SELECT n.oid FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')";
}
