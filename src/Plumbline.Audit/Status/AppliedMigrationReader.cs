using System.Collections.Immutable;
using Npgsql;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Status;

/// <summary>What a database says of the migrations that were applied to it.</summary>
/// <param name="Rows">The rows of <c>_prisma_migrations</c>; null where there is no such table.</param>
/// <param name="IsEmpty">Whether the schema that Prisma works in has nothing of its own.</param>
/// <param name="Server">The server's version, such as <c>15.18</c>.</param>
/// <param name="Database">The database's name.</param>
public sealed record AppliedMigrations(ImmutableArray<AppliedMigration>? Rows, bool IsEmpty, string Server, string Database);

/// <summary>Reads the table that Prisma keeps the applied migrations in. Nothing is written.</summary>
public static class AppliedMigrationReader
{
    private const string DefaultSchema = "public";

    // What Prisma takes for a schema that is not empty: tables, views, enums.
    private const string Facts = """
        SELECT split_part(pg_catalog.current_setting('server_version'), ' ', 1), pg_catalog.current_database(),
            EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = '_prisma_migrations' AND c.relkind IN ('r', 'p')),
            EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname <> '_prisma_migrations' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'))
            OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid AND t.typtype = 'e')
        FROM (SELECT 1) one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = $1
        """;

    /// <summary>Connects to a database, reads them and closes the connection.</summary>
    /// <param name="url">The database; its parameter <c>schema</c> names the schema that Prisma works in.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CatalogException">It could not be reached or read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static async Task<AppliedMigrations> ReadAsync(DatabaseUrl url, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        var connection = await CatalogConnection.OpenAsync(url, CatalogOptions.Default, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await ReadAsync(connection, url, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads them over an open connection.</summary>
    /// <exception cref="CatalogException">They could not be read.</exception>
    internal static Task<AppliedMigrations> ReadAsync(CatalogConnection connection, DatabaseUrl url, CancellationToken cancellation) =>
        connection.ReadAsync((open, token) => ReadAsync(open, url.Parameter("schema") ?? DefaultSchema, token), CatalogOptions.Default, cancellation);

    private static async Task<AppliedMigrations> ReadAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        string server, database;
        bool hasTable, hasOthers;
        var facts = new NpgsqlCommand(Facts, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = schema } } };
        await using (facts.ConfigureAwait(false))
        {
            var reader = await facts.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellation).ConfigureAwait(false);
                (server, database, hasTable, hasOthers) = (reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3));
            }
        }

        return new AppliedMigrations(hasTable ? await ReadRowsAsync(connection, schema, cancellation).ConfigureAwait(false) : null, !hasOthers, server, database);
    }

    private static async Task<ImmutableArray<AppliedMigration>> ReadRowsAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        // Times as microseconds since 1970: whatever the session's time zone and format.
        var query = new NpgsqlCommand(
            $"""
            SELECT migration_name, checksum, (pg_catalog.date_part('epoch', started_at) * 1000000)::pg_catalog.int8, (pg_catalog.date_part('epoch', finished_at) * 1000000)::pg_catalog.int8,
                (pg_catalog.date_part('epoch', rolled_back_at) * 1000000)::pg_catalog.int8, pg_catalog.left(logs, 4000)
            FROM "{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}"._prisma_migrations ORDER BY started_at, migration_name
            """,
            connection);
        await using (query.ConfigureAwait(false))
        {
            var reader = await query.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = ImmutableArray.CreateBuilder<AppliedMigration>();
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    rows.Add(new AppliedMigration(reader.GetString(0), reader.GetString(1), Time(reader, 2) ?? default, Time(reader, 3), Time(reader, 4), reader.IsDBNull(5) ? null : reader.GetString(5)));
                }

                return rows.ToImmutable();
            }
        }
    }

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64(column));
}
