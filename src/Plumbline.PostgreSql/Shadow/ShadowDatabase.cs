using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;

namespace Plumbline.PostgreSql.Shadow;

/// <summary>
/// A database of our own on somebody's server, empty at first, in which migrations run for real. It has a name that nobody else has, and it is dropped
/// whatever happens: when it is disposed of, and where the process is ended before that. Nothing outside of it is changed.
/// </summary>
public sealed class ShadowDatabase : IAsyncDisposable
{
    private const int FirstVersionThatDropsByForce = 13;
    private static readonly ImmutableArray<string> RolesOfSupabase = ["anon", "authenticated", "service_role"];
    private static readonly TimeSpan PatienceAtExit = TimeSpan.FromSeconds(10);

    private readonly DatabaseUrl _server;
    private readonly CatalogOptions _options;
    private readonly int _version;
    private readonly Lazy<Task<CatalogException?>> _drop;

    private ShadowDatabase(DatabaseUrl server, CatalogOptions options, int version)
    {
        _server = server;
        _options = options;
        _version = version;
        Name = "plumb_shadow_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        Url = server with { Database = Name };
        _drop = new Lazy<Task<CatalogException?>>(DropAsync);

        // An interrupt or a signal ends the process where it is; the handler has it wait until the database is gone.
        AppDomain.CurrentDomain.ProcessExit += DropAtExit;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its URL.</summary>
    public DatabaseUrl Url { get; }

    /// <summary>Why it could not be dropped; null where it was, or has not been yet.</summary>
    public CatalogException? DropFailure { get; private set; }

    /// <summary>Makes one.</summary>
    /// <param name="server">Any database of the server, as a role that may create databases.</param>
    /// <param name="platform">What the migrations expect to be there.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CatalogException">The server could not be reached, or refused.</exception>
    /// <exception cref="ShadowRefusedException">The role may not create databases, or the server is not of the platform.</exception>
    public static async Task<ShadowDatabase> CreateAsync(DatabaseUrl server, ReplayPlatform platform, CatalogOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        ShadowDatabase shadow;
        var connection = await CatalogConnection.OpenAsync(server, options, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await CheckAsync(connection.Connection, server, platform, cancellation).ConfigureAwait(false);
            shadow = new ShadowDatabase(server, options, connection.Connection.PostgreSqlVersion.Major);
            try
            {
                await ExecuteAsync(connection.Connection, $"CREATE DATABASE {shadow.Name} TEMPLATE template0", options, cancellation).ConfigureAwait(false);
                if (platform == ReplayPlatform.Supabase)
                {
                    await ExecuteAsync(connection.Connection, $"ALTER DATABASE {shadow.Name} SET search_path = \"$user\", public, extensions", options, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception e)
            {
                await shadow.DisposeAsync().ConfigureAwait(false);
                if (ConnectionFailure.Explains(e))
                {
                    throw ConnectionFailure.OfShadow(e, "made");
                }

                throw;
            }
        }

        return shadow;
    }

    /// <summary>Runs migrations in it, statement by statement, each file on a new session as psql does. What the server refuses is a result; the run goes
    /// on after it.</summary>
    /// <param name="history">The migrations in their order.</param>
    /// <param name="platform">What is there before the first of them.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="CatalogException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<ImmutableArray<ShadowOutcome>> ApplyAsync(ImmutableArray<MigrationSource> history, ReplayPlatform platform, CancellationToken cancellation = default)
    {
        if (platform == ReplayPlatform.Supabase)
        {
            // What the platform has before the first migration; its roles are there already.
            await RunFileAsync(new MigrationSource("", new Schema.Text.SourceText("", SupabasePlatform.Script)), -1, cancellation).ConfigureAwait(false);
        }

        var outcomes = ImmutableArray.CreateBuilder<ShadowOutcome>();
        for (var i = 0; i < history.Length; i++)
        {
            outcomes.AddRange(await RunFileAsync(history[i], i, cancellation).ConfigureAwait(false));
        }

        return outcomes.ToImmutable();
    }

    /// <summary>Drops it. That it cannot be dropped is told by <see cref="DropFailure"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        DropFailure = await _drop.Value.ConfigureAwait(false);
        AppDomain.CurrentDomain.ProcessExit -= DropAtExit;
    }

    private static async Task CheckAsync(NpgsqlConnection connection, DatabaseUrl server, ReplayPlatform platform, CancellationToken cancellation)
    {
        try
        {
            if (!await IsTrueAsync(connection, "SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user", cancellation).ConfigureAwait(false))
            {
                throw new ShadowRefusedException($"The role of {server} may not create databases. Name a role that may (ALTER ROLE … CREATEDB), on a server where nothing depends on it.");
            }

            var roles = string.Join(", ", RolesOfSupabase.Select(role => $"'{role}'"));
            if (platform == ReplayPlatform.Supabase &&
                !await IsTrueAsync(connection, $"SELECT count(*) = {RolesOfSupabase.Length} FROM pg_catalog.pg_roles WHERE rolname IN ({roles})", cancellation).ConfigureAwait(false))
            {
                throw new ShadowRefusedException($"The migrations expect Supabase's roles ({string.Join(", ", RolesOfSupabase)}), which the server of {server} does not have. Name a server that \"supabase start\" has made.");
            }
        }
        catch (Exception e) when (ConnectionFailure.Explains(e))
        {
            throw ConnectionFailure.OfShadow(e, "made");
        }
    }

    private static async Task<bool> IsTrueAsync(NpgsqlConnection connection, string question, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(question, connection);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true;
        }
    }

    // A batch is sent as it is; a command would be searched for semicolons and parameters first.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CatalogOptions options, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(statement) }, Timeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) };
        await using (batch.ConfigureAwait(false))
        {
            await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<List<ShadowOutcome>> RunFileAsync(MigrationSource file, int migration, CancellationToken cancellation)
    {
        var connection = await CatalogConnection.OpenAsync(Url, _options, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var outcomes = new List<ShadowOutcome>();
            foreach (var (i, statement) in file.Statements.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                var text = file.Text.Text.Substring(statement.Span.Start, statement.Span.Length);
                var leftOut = ServerWideStatements.WhyLeftOut(statement.Statement, text);
                outcomes.Add(new ShadowOutcome(migration, i, leftOut is null ? await RunAsync(connection.Connection, statement, text, cancellation).ConfigureAwait(false) : null, leftOut));
            }

            return outcomes;
        }
    }

    private async Task<SqlError?> RunAsync(NpgsqlConnection connection, ScriptStatement statement, string text, CancellationToken cancellation)
    {
        try
        {
            await ExecuteAsync(connection, text, _options, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException e) when (!cancellation.IsCancellationRequested)
        {
            return new SqlError(e.SqlState, e.MessageText)
            {
                Detail = e.Detail,
                Hint = e.Hint,
                Position = e.Position > 0 ? statement.Span.Start + OffsetOf(text, e.Position - 1) : null,
            };
        }
        catch (Exception e) when (ConnectionFailure.Explains(e))
        {
            throw ConnectionFailure.OfShadow(e, "filled");
        }
    }

    // A server counts characters; a string holds those outside of the first plane as two.
    private static int OffsetOf(string text, int characters)
    {
        var offset = 0;
        for (; characters > 0 && offset < text.Length; characters--)
        {
            offset += char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length ? 2 : 1;
        }

        return offset;
    }

    private async Task<CatalogException?> DropAsync()
    {
        try
        {
            var connection = await CatalogConnection.OpenAsync(_server, _options).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                if (_version < FirstVersionThatDropsByForce)
                {
                    await ExecuteAsync(
                        connection.Connection,
                        string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = '{Name}'"),
                        _options,
                        CancellationToken.None).ConfigureAwait(false);
                }

                var force = _version < FirstVersionThatDropsByForce ? "" : " WITH (FORCE)";
                await ExecuteAsync(connection.Connection, $"DROP DATABASE IF EXISTS {Name}{force}", _options, CancellationToken.None).ConfigureAwait(false);
            }

            return null;
        }
        catch (CatalogException e)
        {
            return e;
        }
        catch (Exception e) when (ConnectionFailure.Explains(e))
        {
            return ConnectionFailure.OfShadow(e, "dropped");
        }
    }

    private void DropAtExit(object? sender, EventArgs e) => _drop.Value.Wait(PatienceAtExit);
}
