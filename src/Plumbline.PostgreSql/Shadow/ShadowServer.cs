using System.Collections.Immutable;
using Npgsql;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.PostgreSql.Shadow;

/// <summary>A database, whatever name its server is reached by.</summary>
/// <param name="Server">The number that the server's data was made with; where the role may not ask for it, when the server was started.</param>
/// <param name="Database">The database's OID.</param>
public sealed record DatabaseIdentity(string Server, uint Database)
{
    /// <summary>Asks a server for it.</summary>
    /// <param name="url">The database.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CatalogException">It could not be reached or read.</exception>
    public static async Task<DatabaseIdentity> ReadAsync(DatabaseUrl url, CatalogOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = await CatalogConnection.OpenAsync(url, options, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.ReadAsync(ReadAsync, options, cancellation).ConfigureAwait(false);
        }
    }

    // PostgreSQL documentation, "Control Data Functions".
    private static async Task<DatabaseIdentity> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var mayAsk = await ShadowServer.ValueAsync(connection, "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')", cancellation).ConfigureAwait(false) is true;
        var server = await ShadowServer.ValueAsync(
            connection, mayAsk ? "SELECT system_identifier::text FROM pg_control_system()" : "SELECT extract(epoch FROM pg_postmaster_start_time())::text", cancellation).ConfigureAwait(false);
        var database = await ShadowServer.ValueAsync(connection, "SELECT d.oid FROM pg_database d WHERE d.datname = current_database()", cancellation).ConfigureAwait(false);
        return new DatabaseIdentity((string)server!, (uint)database!);
    }
}

/// <summary>What matters of a server and of the role of a session before migrations may run there.</summary>
/// <param name="Role">The role.</param>
internal sealed record ShadowServer(string Role)
{
    private const string Question = """
        SELECT r.rolname::text, r.rolsuper, r.rolcreatedb, r.rolcreaterole, r.rolreplication, r.rolbypassrls, EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid),
               ARRAY(SELECT o.rolname::text FROM pg_roles o ORDER BY o.oid)
          FROM pg_roles r WHERE r.rolname = current_user AND current_user = session_user
        """;

    /// <summary>SUPERUSER.</summary>
    public bool IsSuperuser { get; private init; }

    /// <summary>CREATEDB.</summary>
    public bool CreatesDatabases { get; private init; }

    /// <summary>CREATEROLE.</summary>
    public bool CreatesRoles { get; private init; }

    /// <summary>REPLICATION, BYPASSRLS, or a membership in another role.</summary>
    public bool HasOtherRights { get; private init; }

    /// <summary>The names of all roles.</summary>
    public ImmutableArray<string> Roles { get; private init; } = [];

    /// <summary>Whether it has no right that reaches beyond what it owns.</summary>
    public bool HasNoRights => !IsSuperuser && !CreatesDatabases && !CreatesRoles && !HasOtherRights;

    /// <summary>Asks for it.</summary>
    /// <returns>Null where the session works as another role than the one that has logged in.</returns>
    /// <exception cref="CatalogException">It could not be read.</exception>
    public static Task<ShadowServer?> ReadAsync(CatalogConnection connection, CatalogOptions options, CancellationToken cancellation) =>
        connection.ReadAsync(ReadAsync, options, cancellation);

    /// <summary>The value that a query gives.</summary>
    internal static async Task<object?> ValueAsync(NpgsqlConnection connection, string query, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(query, connection);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<ShadowServer?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(Question, connection);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return !await reader.ReadAsync(cancellation).ConfigureAwait(false) ? null : new ShadowServer(reader.GetString(0))
                {
                    IsSuperuser = reader.GetBoolean(1),
                    CreatesDatabases = reader.GetBoolean(2),
                    CreatesRoles = reader.GetBoolean(3),
                    HasOtherRights = reader.GetBoolean(4) || reader.GetBoolean(5) || reader.GetBoolean(6),
                    Roles = [.. reader.GetFieldValue<string[]>(7)],
                };
            }
        }
    }
}
