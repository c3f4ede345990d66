namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>A row of <c>pg_roles</c>.</summary>
internal sealed record RoleRow(uint Oid, string Name, bool PassesRowSecurity)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<RoleRow> Query() =>
        new("SELECT r.oid, r.rolname, r.rolsuper OR r.rolbypassrls FROM pg_roles r", r => new RoleRow(r.Oid(), r.Text(), r.Flag()));
}
