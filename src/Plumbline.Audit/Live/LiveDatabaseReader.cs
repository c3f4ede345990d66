using System.Diagnostics;
using Plumbline.Audit.Status;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Live;

/// <summary>Reads the database that an audit was asked to look at. Nothing is written.</summary>
public static class LiveDatabaseReader
{
    private static readonly CatalogOptions Options = CatalogOptions.Default with { WithStatistics = true };

    /// <summary>Reads it over one connection. That it cannot be reached, or that the reading was interrupted, is a result as well.</summary>
    /// <param name="url">The database.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<LiveDatabase> ReadAsync(DatabaseUrl url, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        var watch = Stopwatch.StartNew();
        var reading = LiveReading.Connection;
        try
        {
            var connection = await CatalogConnection.OpenAsync(url, Options, cancellation).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                reading = LiveReading.Catalog;
                var snapshot = await CatalogReader.ReadAsync(connection, Options, cancellation).ConfigureAwait(false);
                reading = LiveReading.History;
                var history = await AppliedMigrationReader.ReadAsync(connection, url, cancellation).ConfigureAwait(false);
                return new LiveDatabase(url) { Snapshot = snapshot, History = history };
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || (exception is CatalogException && cancellation.IsCancellationRequested))
        {
            // A connection that is given up in the middle of a step can also fail in another way: the user's interrupt is why.
            var interruption = new CatalogException(CatalogFailure.Interrupted, "Reading the database was interrupted.");
            return new LiveDatabase(url) { Failure = interruption, FailedAt = reading, Waited = watch.Elapsed };
        }
        catch (CatalogException exception)
        {
            return new LiveDatabase(url) { Failure = exception, FailedAt = reading, Waited = watch.Elapsed };
        }
    }
}
