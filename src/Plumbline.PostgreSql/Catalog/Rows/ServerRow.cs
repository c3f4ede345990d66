namespace Plumbline.PostgreSql.Catalog.Rows;

/// <summary>The server and the session.</summary>
internal sealed record ServerRow(string Version, int VersionNumber, string Database, uint DatabaseOwner, string DatabaseOwnerName, string Role, bool IsSuperuser, bool? UsesTls, bool IsStandby)
{
    /// <summary>The query for all of them.</summary>
    public static CatalogQuery<ServerRow> Query() => new(
        """
        SELECT current_setting('server_version'), current_setting('server_version_num')::int4, d.datname, d.datdba, pg_get_userbyid(d.datdba)::text, current_user::text,
               coalesce((SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = current_user), false), (SELECT s.ssl FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()), pg_is_in_recovery()
          FROM pg_database d WHERE d.datname = current_database()
        """,
        r => new ServerRow(r.Text(), r.Number(), r.Text(), r.Oid(), r.Text(), r.Text(), r.Flag(), r.FlagOrNull(), r.Flag()));
}
