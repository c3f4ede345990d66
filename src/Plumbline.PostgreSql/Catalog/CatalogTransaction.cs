using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Plumbline.PostgreSql.Catalog.Rows;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>A read-only transaction that sees one state of the whole catalog, and in which nothing waits for long.</summary>
/// <param name="connection">The connection, on which no transaction is open.</param>
/// <param name="options">How long to wait.</param>
internal sealed class CatalogTransaction(NpgsqlConnection connection, CatalogOptions options)
{
    private const string Begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private const string Commit = "COMMIT";
    private const string OwnPath = "SET LOCAL search_path = pg_catalog";

    // The replay prints names as they are seen from the schema "public". A query must be understood where nobody but PostgreSQL has put anything, or whoever may
    // create a function could have ours call it; so each is parsed on the path of its own catalog, and changes the path when it runs. A CTE of one row that all
    // rows are joined to is read before the first row is printed.
    private const string PrintingPath = "WITH path AS MATERIALIZED (SELECT set_config('search_path', 'public', true) AS path) ";

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
        var batch = Batch([Begin, .. Waits()]);
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
        var batch = Batch([Begin, .. Waits(), .. PrintingSettings, .. asked, Commit]);
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
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

    private ImmutableArray<string> Waits() => [Wait("statement_timeout", options.StatementTimeout), Wait("lock_timeout", options.LockTimeout)];

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
