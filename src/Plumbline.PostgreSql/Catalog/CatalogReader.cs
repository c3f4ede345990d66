using System.Collections.Immutable;
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
            return await ReadAsync(connection, options, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a database over an open connection, on which no transaction is open.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CatalogException">It could not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static Task<CatalogSnapshot> ReadAsync(CatalogConnection connection, CatalogOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.ReadCatalogAsync(token => ReadAsync(connection.Connection, options, token), options, cancellation);
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
        var version = connection.PostgreSqlVersion.Major;
        if (version < OldestVersion)
        {
            throw new CatalogException(CatalogFailure.TooOld, $"The server is PostgreSQL {version}; plumb supports PostgreSQL {OldestVersion} and later.");
        }

        try
        {
            var rows = new CatalogRows(version);
            var counters = options.WithStatistics ? new StatisticsRows(version) : null;
            await new CatalogTransaction(connection, options).AskAsync([.. rows.All, .. counters?.All ?? []], cancellation).ConfigureAwait(false);
            if (rows.Server.Rows.Count != 1)
            {
                throw new FormatException("A server describes one database.");
            }

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
