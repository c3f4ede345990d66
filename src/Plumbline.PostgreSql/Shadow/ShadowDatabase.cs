using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Shadow;

/// <summary>
/// A database of our own on somebody's server, empty at first, in which migrations run for real. It has a name that nobody else has, and it is dropped
/// whatever happens: when it is disposed of, and where the process is ended before that. Nothing outside of it is changed: statements that reach beyond it are left out
/// (<see cref="ServerWideStatements"/>), and whatever cannot be decided before it runs has no rights outside. The session logs in as a role that owns the database and
/// has no other right, so that RESET ROLE gives it none; the role is dropped with the database.
/// </summary>
public sealed class ShadowDatabase : IAsyncDisposable
{
    private const int FirstVersionThatDropsByForce = 13;
    private static readonly ImmutableArray<string> RolesOfSupabase = ["anon", "authenticated", "service_role"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceAtExit = TimeSpan.FromSeconds(10);

    private readonly DatabaseUrl _server;
    private readonly CatalogOptions _options;
    private readonly int _version;
    private readonly ShadowServer _login;
    private readonly Lazy<Task<CatalogException?>> _drop;
    private readonly Stopwatch _run = new();
    private bool _hasGap;

    private ShadowDatabase(DatabaseUrl server, CatalogOptions options, int version, ShadowServer login)
    {
        _server = server;
        _options = options;
        _version = version;
        _login = login;
        Name = "plumb_shadow_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        Url = HasOwnRole
            ? server with { Database = Name, User = Name, Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) }
            : server with { Database = Name };
        _drop = new Lazy<Task<CatalogException?>>(DropAsync);

        // An interrupt or a signal ends the process where it is; the handler has it wait until the database is gone.
        AppDomain.CurrentDomain.ProcessExit += DropAtExit;
    }

    /// <summary>Its name, and that of the role that owns it where it has one of its own.</summary>
    public string Name { get; }

    /// <summary>Its URL.</summary>
    public DatabaseUrl Url { get; }

    // A role that may make roles makes one without rights; else the role has to be one without rights itself.
    private bool HasOwnRole => _login.IsSuperuser || _login.CreatesRoles;

    /// <summary>Why it could not be dropped; null where it was, or has not been yet.</summary>
    public CatalogException? DropFailure { get; private set; }

    /// <summary>Makes one.</summary>
    /// <param name="server">Any database of the server, as a role that may create databases.</param>
    /// <param name="platform">What the migrations expect to be there.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CatalogException">The server could not be reached, or refused.</exception>
    /// <exception cref="ShadowRefusedException">The role may not create databases, has rights that migrations must not have, or the server is not of the platform.</exception>
    public static async Task<ShadowDatabase> CreateAsync(DatabaseUrl server, ReplayPlatform platform, CatalogOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        ShadowDatabase shadow;
        var connection = await CatalogConnection.OpenAsync(server, options, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var login = await ShadowServer.ReadAsync(connection, options, cancellation).ConfigureAwait(false);
            Check(login, server, platform);
            shadow = new ShadowDatabase(server, options, connection.Connection.PostgreSqlVersion.Major, login!);
            try
            {
                await shadow.MakeAsync(connection, platform, cancellation).ConfigureAwait(false);
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
    /// <exception cref="CatalogException">The connection broke, or the migrations took too long.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<ImmutableArray<ShadowOutcome>> ApplyAsync(ImmutableArray<MigrationSource> history, ReplayPlatform platform, CancellationToken cancellation = default)
    {
        _run.Restart();
        if (platform == ReplayPlatform.Supabase)
        {
            // What the platform has before the first migration; its roles are there already.
            await RunPlatformAsync(new MigrationSource("", new Schema.Text.SourceText("", SupabasePlatform.Script)), cancellation).ConfigureAwait(false);
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

    private static void Check(ShadowServer? login, DatabaseUrl server, ReplayPlatform platform)
    {
        if (login is null)
        {
            throw new ShadowRefusedException($"Sessions of {server} work as another role than the one that logs in. Name a role without the setting role, on a server where nothing depends on it.");
        }

        if (!login.IsSuperuser && !login.CreatesDatabases)
        {
            throw new ShadowRefusedException($"The role of {server} may not create databases. Name a role that may (ALTER ROLE … CREATEDB), on a server where nothing depends on it.");
        }

        if (!login.IsSuperuser && !login.CreatesRoles && login.HasOtherRights)
        {
            throw new ShadowRefusedException(
                $"The role of {server} has rights that migrations must not have (REPLICATION, BYPASSRLS or membership in other roles), and may not create a role without them. Name a superuser, a role with CREATEDB and CREATEROLE, or a role with CREATEDB and nothing else.");
        }

        if (platform == ReplayPlatform.Supabase && RolesOfSupabase.Any(role => !login.Roles.Contains(role)))
        {
            throw new ShadowRefusedException($"The migrations expect Supabase's roles ({string.Join(", ", RolesOfSupabase)}), which the server of {server} does not have. Name a server that \"supabase start\" has made.");
        }
    }

    private async Task MakeAsync(CatalogConnection connection, ReplayPlatform platform, CancellationToken cancellation)
    {
        const int firstVersionWithOptions = 16;
        if (HasOwnRole)
        {
            await ExecuteAsync(connection, $"CREATE ROLE {Name} LOGIN PASSWORD '{Url.Password}'", _options, cancellation).ConfigureAwait(false);
            if (!_login.IsSuperuser)
            {
                // Who gives a database to a role has to be a member of it.
                var options = connection.Connection.PostgreSqlVersion.Major >= firstVersionWithOptions ? " WITH INHERIT TRUE, SET TRUE" : "";
                await ExecuteAsync(connection, $"GRANT {Name} TO CURRENT_USER{options}", _options, cancellation).ConfigureAwait(false);
            }
        }

        await ExecuteAsync(connection, $"CREATE DATABASE {Name}{(HasOwnRole ? " OWNER " + Name : "")} TEMPLATE template0", _options, cancellation).ConfigureAwait(false);
        var session = await OpenAsync(cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // A pooler or a map of names could have let somebody else in.
            var role = await ShadowServer.ReadAsync(session, _options, cancellation).ConfigureAwait(false);
            if (HasOwnRole && (role is not { HasNoRights: true } || role.Role != Name))
            {
                throw new ShadowRefusedException($"The server of {_server} lets the temporary role in as another role. Name the server itself, without a pooler.");
            }

            if (platform == ReplayPlatform.Supabase)
            {
                await ExecuteAsync(session, $"ALTER DATABASE {Name} SET search_path = \"$user\", public, extensions", _options, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<CatalogConnection> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await CatalogConnection.OpenAsync(Url, _options, cancellation).ConfigureAwait(false);
        }
        catch (CatalogException e) when (HasOwnRole && e.Failure is CatalogFailure.Login or CatalogFailure.Denied)
        {
            throw new ShadowRefusedException($"The server of {_server} does not let the temporary role log in that migrations run as. Its pg_hba.conf must allow logins with a password to all databases and roles.");
        }
    }

    // A batch is sent as it is; a command would be searched for semicolons and parameters first.
    private static Task<int> ExecuteAsync(CatalogConnection connection, string statement, CatalogOptions options, CancellationToken cancellation) => connection.WithinAsync(
        async token =>
        {
            var batch = new NpgsqlBatch(connection.Connection) { BatchCommands = { new NpgsqlBatchCommand(statement) }, Timeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) };
            await using (batch.ConfigureAwait(false))
            {
                return await batch.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            }
        },
        options.StatementTimeout + Patience,
        cancellation);

    // Its extensions need a superuser; nothing but the platform's own script has been in the database so far.
    private async Task RunPlatformAsync(MigrationSource script, CancellationToken cancellation)
    {
        var outcomes = await RunFileAsync(script, -1, cancellation).ConfigureAwait(false);
        _hasGap = false;
        var connection = await CatalogConnection.OpenAsync(_server with { Database = Name }, _options, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            foreach (var outcome in outcomes)
            {
                if (outcome.LeavesGap && script.Statements.ElementAt(outcome.Statement) is { Statement: CreateExtensionStatement } statement)
                {
                    await RunAsync(connection, script, statement, TextOf(script, statement), cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<List<ShadowOutcome>> RunFileAsync(MigrationSource file, int migration, CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var outcomes = new List<ShadowOutcome>();
            foreach (var (i, statement) in file.Statements.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                if (Remaining <= TimeSpan.Zero)
                {
                    throw ConnectionFailure.OfRun(file.Name, _options);
                }

                var text = TextOf(file, statement);
                var why = WhyLeftOut(statement.Statement, text) ?? ServerWideStatements.WhyReadOtherwise(connection.Connection.PostgresParameters);
                var gap = ShadowGap.NotRun;
                var error = why is null ? await RunAsync(connection, file, statement, text, cancellation).ConfigureAwait(false) : null;
                var leavesGap = why is not null && statement.Statement is DoStatement or CreateFunctionStatement;
                if (error?.SqlState == PostgresErrorCodes.InsufficientPrivilege && HasOwnRole)
                {
                    // Who owns what does not count.
                    leavesGap = statement.Statement is not (AlterOwnerStatement or AlterTableStatement { Actions: [OwnerToAction] });
                    (why, gap) = (error.Message, ShadowGap.LacksRight);
                }
                else if (_hasGap && error is not null && IsConsequence(error.SqlState))
                {
                    (why, gap) = (error.Message, ShadowGap.Consequence);
                    leavesGap = true;
                }

                _hasGap |= leavesGap;
                outcomes.Add(new ShadowOutcome(migration, i, error, why) { Gap = gap, LeavesGap = leavesGap });
            }

            return outcomes;
        }
    }

    private string? WhyLeftOut(SqlStatement statement, string text)
    {
        var reach = ServerWideStatements.Of(statement, text);
        return reach.Why ?? (reach.IsDecided || HasOwnRole ? null
            : $"what it does is known only when it runs, and the role of {_server} may change more than the shadow database; name a superuser, or a role with CREATEDB and CREATEROLE");
    }

    // Something is not there, or the transaction has failed before.
    private static bool IsConsequence(string state) => state is
        PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn
        or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InFailedSqlTransaction or PostgresErrorCodes.InvalidSavepointSpecification;

    private static string TextOf(MigrationSource file, ScriptStatement statement) => file.Text.Text.Substring(statement.Span.Start, statement.Span.Length);

    private TimeSpan Remaining => _options.RunDeadline - _run.Elapsed;

    private async Task<SqlError?> RunAsync(CatalogConnection connection, MigrationSource file, ScriptStatement statement, string text, CancellationToken cancellation)
    {
        try
        {
            var options = Remaining is var remaining && remaining < _options.StatementTimeout ? _options with { StatementTimeout = remaining } : _options;
            await ExecuteAsync(connection, text, options, cancellation).ConfigureAwait(false);
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
            throw Remaining <= TimeSpan.Zero ? ConnectionFailure.OfRun(file.Name, _options)
                : ConnectionFailure.IsTimeOut(e) && file.Text.Path.Length > 0 ? ConnectionFailure.OfStatement(file.Text.LocationOf(statement.Span), _options)
                : ConnectionFailure.OfShadow(e, "filled");
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
                        connection,
                        string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname OPERATOR(pg_catalog.=) '{Name}'::pg_catalog.name"),
                        _options,
                        CancellationToken.None).ConfigureAwait(false);
                }

                if (HasOwnRole && !_login.IsSuperuser)
                {
                    await TryAsync(connection, $"SET ROLE {Name}").ConfigureAwait(false);
                }

                // The owner of a database may make it a template, which cannot be dropped.
                await TryAsync(connection, $"ALTER DATABASE {Name} IS_TEMPLATE false").ConfigureAwait(false);
                var force = _version < FirstVersionThatDropsByForce ? "" : " WITH (FORCE)";
                await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {Name}{force}", _options, CancellationToken.None).ConfigureAwait(false);
                if (HasOwnRole)
                {
                    await ExecuteAsync(connection, "RESET ROLE", _options, CancellationToken.None).ConfigureAwait(false);
                    await ExecuteAsync(connection, $"DROP ROLE IF EXISTS {Name}", _options, CancellationToken.None).ConfigureAwait(false);
                }
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

    private async Task TryAsync(CatalogConnection connection, string statement)
    {
        try
        {
            await ExecuteAsync(connection, statement, _options, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgresException)
        {
            // What was not made needs no preparation to be dropped; anything else shows in the statements behind it.
        }
    }

    private void DropAtExit(object? sender, EventArgs e) => _drop.Value.Wait(PatienceAtExit);
}
