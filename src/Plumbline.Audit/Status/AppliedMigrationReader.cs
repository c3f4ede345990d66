using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
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

    private const string TableName = "_prisma_migrations";
    private const int ShownOfLogs = 4000;

    // The columns that are read, with the types that Prisma gives them and those that say the same.
    private static readonly ImmutableArray<uint> Texts = [25, 1043];
    private static readonly ImmutableArray<uint> Times = [1114, 1184];
    private static readonly ImmutableArray<OrdinaryColumn> Columns =
        [new("migration_name", Texts), new("checksum", Texts), new("started_at", Times), new("finished_at", Times), new("rolled_back_at", Times), new("logs", Texts)];

    // PostgreSQL counts microseconds from here.
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What Prisma takes for a schema that is not empty: tables, views, enums. It is asked where nothing but pg_catalog is on the search path.
    private const string Facts = """
        SELECT split_part(pg_catalog.current_setting('server_version'), ' ', 1), pg_catalog.current_database(),
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
        bool hasOthers;
        var facts = new NpgsqlCommand(Facts, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = schema } } };
        await using (facts.ConfigureAwait(false))
        {
            var reader = await facts.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellation).ConfigureAwait(false);
                (server, database, hasOthers) = (reader.GetString(0), reader.GetString(1), reader.GetBoolean(2));
            }
        }

        var table = new OrdinaryTable(schema, TableName, Columns);
        var isThere = await table.IsThereAsync(connection, cancellation).ConfigureAwait(false);
        return new AppliedMigrations(isThere ? [.. (await table.ReadAsync(connection, cancellation).ConfigureAwait(false)).Select(Row).OrderBy(row => row.StartedAt).ThenBy(row => row.Name, StringComparer.Ordinal)] : null, !hasOthers, server, database);
    }

    private static AppliedMigration Row(byte[]?[] columns) =>
        new(Text(columns[0]) ?? "", Text(columns[1]) ?? "", Time(columns[2]) ?? default, Time(columns[3]), Time(columns[4]), Text(columns[5]) is { Length: > ShownOfLogs } logs ? logs[..ShownOfLogs] : Text(columns[5]));

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    // Infinity is the first or the last of the numbers.
    private static DateTimeOffset? Time(byte[]? bytes) => bytes is not { Length: sizeof(long) } ? null : BinaryPrimitives.ReadInt64BigEndian(bytes) switch
    {
        var time when time < -(Epoch.Ticks / TimeSpan.TicksPerMicrosecond) => DateTimeOffset.MinValue,
        var time when time > (DateTimeOffset.MaxValue - Epoch).Ticks / TimeSpan.TicksPerMicrosecond => DateTimeOffset.MaxValue,
        var time => Epoch.AddTicks(time * TimeSpan.TicksPerMicrosecond),
    };
}
