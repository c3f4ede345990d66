using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Plumbline.PostgreSql.Catalog.Rows;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>
/// A read-only transaction that sees one state of the whole catalog, in which nothing waits for long, and in which names are those of PostgreSQL's own catalog.
/// Whoever owns the database can create functions, operators, types and relations in it, and settings for it: none of them is used. READ ONLY alone does not
/// keep the server from calling a function. PostgreSQL documentation, "Writing SECURITY DEFINER Functions Safely".
/// </summary>
/// <param name="connection">The connection, on which no transaction is open.</param>
/// <param name="options">How long to wait.</param>
internal sealed class CatalogTransaction(NpgsqlConnection connection, CatalogOptions options)
{
    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private const string Commit = "COMMIT";

    // Where pg_temp is not listed, its relations and types come before all others.
    private const string OwnPath = "SET LOCAL search_path = pg_catalog, pg_temp";

    // ALTER DATABASE … SET role makes another role of a superuser. The database's owner would decide what is read.
    private const string OwnRole =
        "SELECT set_config('role', 'none', true) FROM pg_db_role_setting s WHERE s.setrole = 0 AND s.setdatabase = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()) " +
        "AND EXISTS (SELECT FROM unnest(s.setconfig) c WHERE starts_with(c, 'role=')) AND EXISTS (SELECT FROM pg_roles r WHERE r.rolname = session_user AND r.rolsuper)";

    // The replay prints names as they are seen from the schema "public". A query must be understood where nobody but PostgreSQL has put anything, or whoever may
    // create a function could have ours call it; so each is parsed on the path of its own catalog, and changes the path when it runs. A CTE of one row that all
    // rows are joined to is read before the first row is printed.
    private const string PrintingPath = "WITH path AS MATERIALIZED (SELECT set_config('search_path', 'public, pg_temp', true) AS path) ";

    // What decides how the server prints a value; a role or database may have set any of it.
    private static readonly ImmutableArray<string> PrintingSettings =
    [
        "SET LOCAL timezone = 'UTC'", "SET LOCAL datestyle = 'ISO, MDY'", "SET LOCAL intervalstyle = 'postgres'", "SET LOCAL bytea_output = 'hex'", "SET LOCAL extra_float_digits = 1",
        "SET LOCAL quote_all_identifiers = off", "SET LOCAL xmloption = 'content'", "SET LOCAL standard_conforming_strings = on",

        // Compiling a query that reads every row once takes longer than the query.
        "SET LOCAL jit = off",
    ];

    /// <summary>Begins it.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        var batch = Batch([.. Beginning(), OwnRole]);
        await using (batch.ConfigureAwait(false))
        {
            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Asks queries over the catalog in a transaction of their own: one message each way, whatever the catalog's size.</summary>
    /// <param name="queries">The queries, which keep their rows.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task AskAsync(IReadOnlyList<ICatalogQuery> queries, CancellationToken cancellation)
    {
        var asked = queries.SelectMany(q => (IEnumerable<string>)[OwnPath, q.Prints ? PrintingPath + q.Sql : q.Sql]);
        var batch = Batch([.. Beginning(), OwnRole, .. PrintingSettings, .. asked, Commit]);
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                // Those of the query before.
                await reader.NextResultAsync(cancellation).ConfigureAwait(false);
                var rows = new RowReader(reader);
                foreach (var query in queries)
                {
                    await query.ReadAsync(rows, cancellation).ConfigureAwait(false);
                    await reader.NextResultAsync(cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Ends it.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        var batch = Batch([Commit]);
        await using (batch.ConfigureAwait(false))
        {
            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    // A transaction begins with these, before anything is looked up in the catalog. Rows that a policy hides are an error: no policy of the database runs.
    private ImmutableArray<string> Beginning() =>
    [
        Begin, OwnPath, Wait("statement_timeout", options.StatementTimeout), Wait("lock_timeout", options.LockTimeout), "SET LOCAL idle_in_transaction_session_timeout = 0",
        "SET LOCAL row_security = off", "SET LOCAL client_min_messages = error",
    ];

    private static string Wait(string setting, TimeSpan value) =>
        string.Create(CultureInfo.InvariantCulture, $"SET LOCAL {setting} = {(long)Math.Ceiling(value.TotalMilliseconds)}");

    // A batch is sent as it is; a command would be searched for semicolons and parameters first.
    private NpgsqlBatch Batch(ReadOnlySpan<string> statements)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        return batch;
    }
}
