using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Plumbline.PostgreSql.Catalog.Assembly;
using Plumbline.PostgreSql.Catalog.Rows;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>
/// Reads the structure of a live database, PostgreSQL 12 or newer. Nothing is written and nothing is kept waiting for long: one read-only transaction sees
/// one state of the whole catalog, and what would wait for a lock gives up.
/// </summary>
public static class CatalogReader
{
    private const int OldestVersion = 12;

    /// <summary>Begins the one transaction that everything is read in.</summary>
    internal const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private const string OwnPath = "SET LOCAL search_path = pg_catalog";

    // The replay prints names as they are seen from the schema "public". A query must be understood where nobody but PostgreSQL has put anything, or whoever may
    // create a function could have ours call it; so each is parsed on the path of its own catalog, and changes the path when it runs. A CTE of one row that all
    // rows are joined to is read before the first row is printed.
    private const string PrintingPath = "WITH path AS MATERIALIZED (SELECT set_config('search_path', 'public', true) AS path) ";

    // What decides how the server prints a value; a role or database may have set any of it.
    private static readonly ImmutableArray<string> Settings =
    [
        "SET LOCAL timezone = 'UTC'", "SET LOCAL datestyle = 'ISO, MDY'", "SET LOCAL intervalstyle = 'postgres'", "SET LOCAL bytea_output = 'hex'", "SET LOCAL extra_float_digits = 1",
        "SET LOCAL quote_all_identifiers = off", "SET LOCAL xmloption = 'content'", "SET LOCAL standard_conforming_strings = on",

        // Compiling a query that reads every row once takes longer than the query.
        "SET LOCAL jit = off",
    ];

    /// <summary>Connects to a database, reads it and closes the connection.</summary>
    /// <param name="url">The database.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CatalogException">It could not be reached or read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static async Task<CatalogSnapshot> ReadAsync(DatabaseUrl url, CatalogOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= CatalogOptions.Default;
        var connection = await CatalogConnection.OpenAsync(url, options, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await ReadAsync(connection.Connection, options, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a database over an open connection, on which no transaction is open.</summary>
    /// <param name="connection">The connection, as <see cref="CatalogConnection"/> opens it.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CatalogException">It could not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static async Task<CatalogSnapshot> ReadAsync(NpgsqlConnection connection, CatalogOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= CatalogOptions.Default;
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new CatalogException(CatalogFailure.TooOld, $"The server is PostgreSQL {connection.PostgreSqlVersion.Major}; plumb reads databases from PostgreSQL {OldestVersion} on.");
        }

        try
        {
            var rows = new CatalogRows(connection.PostgreSqlVersion.Major);
            var counters = options.WithStatistics ? new StatisticsRows(connection.PostgreSqlVersion.Major) : null;
            await AskAsync(connection, options, counters is null ? rows.All : [.. rows.All, .. counters.All], cancellation).ConfigureAwait(false);
            var assembler = new SchemaAssembler(rows);
            var schema = assembler.Build();
            return new CatalogSnapshot
            {
                Schema = schema,
                Server = Facts(rows.Server.Rows[0], assembler.Lookup.RolesPastRowSecurity(rows.Roles.Rows)),
                Statistics = counters is null ? null : StatisticsAssembler.Build(assembler.Lookup, counters),
                AvailableExtensions = counters is null ? [] : StatisticsAssembler.AvailableExtensions(counters),
                Notes = counters is null ? [] : StatisticsAssembler.Notes(assembler.Lookup, counters),
            };
        }
        catch (Exception e) when (e is not CatalogException && ConnectionFailure.Explains(e))
        {
            throw ConnectionFailure.OfReading(e, options);
        }
    }

    // One message each way, whatever the catalog's size.
    private static async Task AskAsync(NpgsqlConnection connection, CatalogOptions options, IReadOnlyList<ICatalogQuery> queries, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            foreach (var statement in (ReadOnlySpan<string>)[Begin, Timeout("statement_timeout", options.StatementTimeout), Timeout("lock_timeout", options.LockTimeout), .. Settings])
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
            }

            foreach (var query in queries)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(OwnPath));
                batch.BatchCommands.Add(new NpgsqlBatchCommand(query.Prints ? PrintingPath + query.Sql : query.Sql));
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new RowReader(reader);
                for (var i = 0; i < queries.Count; i++)
                {
                    await queries[i].ReadAsync(rows, cancellation).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Sets a time-out for the transaction.</summary>
    internal static string Timeout(string setting, TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {setting} = {(long)Math.Ceiling(value.TotalMilliseconds)}");

    private static ServerFacts Facts(ServerRow row, ImmutableArray<string> rolesPastRowSecurity) => new()
    {
        Version = row.Version.Split(' ')[0],
        VersionNumber = row.VersionNumber,
        Database = row.Database,
        Role = row.Role,
        IsSuperuser = row.IsSuperuser,
        RolesPastRowSecurity = rolesPastRowSecurity,
        DatabaseOwner = row.DatabaseOwnerName,
        UsesTls = row.UsesTls,
        IsStandby = row.IsStandby,
    };
}
