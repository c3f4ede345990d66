using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>
/// A connection that sends nothing but what it is told: no pool, which would reset the session, and no look-up of types. Of a URL's parameters those
/// of libpq and Prisma that say how to connect are followed; the others are not for us.
/// </summary>
public sealed class CatalogConnection : IAsyncDisposable
{
    /// <summary>The name under which the server's views and logs show the session.</summary>
    public const string ApplicationName = "plumb";

    // In bytes. A catalog is megabytes, and each time that the buffer is empty costs a call to the system.
    private const int ReadBuffer = 64 * 1024;

    private readonly NpgsqlDataSource _source;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private bool _isLeftBehind;

    private CatalogConnection(NpgsqlDataSource source, NpgsqlConnection connection)
    {
        _source = source;
        Connection = connection;
    }

    /// <summary>The open connection.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Connects to the first host that lets us in.</summary>
    /// <param name="url">The database.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CatalogException">No host did.</exception>
    public static async Task<CatalogConnection> OpenAsync(DatabaseUrl url, CatalogOptions options, CancellationToken cancellation = default)
    {
        var hosts = url.Hosts.IsEmpty ? [new DatabaseHost("localhost", DatabaseHost.DefaultPort)] : url.Hosts;
        var clock = Stopwatch.StartNew();
        for (var i = 0; ; i++)
        {
            try
            {
                var own = i < url.HostPasswords.Length ? url with { Password = url.HostPasswords[i] } : url;
                var settings = Settings(own, hosts[i], options);
                return await ServerLimits.WithinAsync(token => OpenAsync(own, settings, token), options.OpeningDeadline - clock.Elapsed, cancellation).ConfigureAwait(false);
            }
            catch (ServerLimitException e)
            {
                throw e.IsCancelled ? new OperationCanceledException(cancellation) : ConnectionFailure.OfOpening(e, hosts[i]);
            }
            catch (Exception e) when (ConnectionFailure.Explains(e))
            {
                var failure = ConnectionFailure.OfOpening(e, url, hosts[i], TimeSpan.FromSeconds(Timeout(url, options)));

                // Another host may be reached where this one is not; what it says of us, another one would say too.
                if (i == hosts.Length - 1 || failure.Failure is not (CatalogFailure.NameNotFound or CatalogFailure.Refused or CatalogFailure.TimedOut or CatalogFailure.Lost))
                {
                    throw failure;
                }
            }
        }
    }

    /// <summary>Reads tables in one read-only transaction, which waits neither long for an answer nor for a lock.</summary>
    /// <param name="read">Asks the queries.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CatalogException">The database could not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CatalogOptions options, CancellationToken cancellation = default)
    {
        try
        {
            return await WithinAsync(
                async token =>
                {
                    var transaction = new CatalogTransaction(Connection, options);
                    await transaction.BeginAsync(token).ConfigureAwait(false);
                    var result = await read(Connection, token).ConfigureAwait(false);
                    await transaction.CommitAsync(token).ConfigureAwait(false);
                    return result;
                },
                options.Deadline - _clock.Elapsed,
                cancellation).ConfigureAwait(false);
        }
        catch (ServerLimitException e)
        {
            throw ConnectionFailure.OfReading(e, options);
        }
        catch (Exception e) when (ConnectionFailure.Explains(e))
        {
            throw ConnectionFailure.OfReading(e, options);
        }
    }

    /// <summary>Reads a catalog over it.</summary>
    /// <exception cref="CatalogException">It could not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    internal async Task<T> ReadCatalogAsync<T>(Func<CancellationToken, Task<T>> read, CatalogOptions options, CancellationToken cancellation)
    {
        try
        {
            return await WithinAsync(read, options.Deadline - _clock.Elapsed, cancellation).ConfigureAwait(false);
        }
        catch (ServerLimitException e)
        {
            throw ConnectionFailure.OfReading(e, options);
        }
    }

    /// <summary>Does something with it that may take only so long.</summary>
    /// <exception cref="ServerLimitException">A limit was reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan time, CancellationToken cancellation)
    {
        try
        {
            return await ServerLimits.WithinAsync(work, time, cancellation).ConfigureAwait(false);
        }
        catch (ServerLimitException e)
        {
            _isLeftBehind |= e.IsLeftBehind;
            throw e.IsCancelled ? new OperationCanceledException(cancellation) : e;
        }
    }

    /// <summary>Closes it. One on which work goes on is left to the end of the process: closing it would wait for the work.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isLeftBehind)
        {
            return;
        }

        await Connection.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<CatalogConnection> OpenAsync(DatabaseUrl url, NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity().EnableArrays().ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        WithoutOthersCredentials(builder, url);

        var source = builder.Build();
        try
        {
            // While a server has not said its first word, Npgsql does not hear that nobody waits any longer.
            var opening = source.OpenConnectionAsync(cancellation).AsTask();
            return new CatalogConnection(source, await opening.WaitAsync(cancellation).ConfigureAwait(false));
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Npgsql looks for what the URL leaves open in PGPASSWORD, the password file, PGSSLCERT and the certificate of the home folder by itself. These are for hosts that the person
    // named.
    private static void WithoutOthersCredentials(NpgsqlSlimDataSourceBuilder builder, DatabaseUrl url)
    {
        if (url.Password is null && !url.IsNamedByUser)
        {
            builder.UsePasswordProvider(_ => "", (_, _) => ValueTask.FromResult(""));
        }

        if (!url.IsNamedByUser && !(url.HasFilesOfUser && url.Parameter("sslcert") is not null))
        {
            builder.UseSslClientAuthenticationOptionsCallback(options => options.ClientCertificates = null);
        }
    }

    private static NpgsqlConnectionStringBuilder Settings(DatabaseUrl url, DatabaseHost host, CatalogOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = host.Name,
            Port = host.Port,
            Username = url.User ?? Environment.GetEnvironmentVariable("PGUSER") ?? Environment.UserName,
            Database = url.Database ?? url.User ?? Environment.GetEnvironmentVariable("PGDATABASE"),
            ApplicationName = ApplicationName,
            Pooling = false,
            NoResetOnClose = true,

            // A server that goes on sending would never be done with a cancellation.
            CancellationTimeout = -1,
            Enlist = false,
            ReadBufferSize = ReadBuffer,
            Timeout = Timeout(url, options),
            CommandTimeout = Seconds(url.Parameter("socket_timeout")) ?? (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) + 5,
            SslMode = Tls(url),

            // Kerberos is not brought along; trying it first costs a connection of its own.
            GssEncryptionMode = url.Parameter("gssencmode") == "require" ? GssEncryptionMode.Require : GssEncryptionMode.Disable,
        };
        if (url.Password is not null)
        {
            settings.Password = url.Password;
        }
        else if (!url.HostPasswords.IsEmpty)
        {
            // Its password file was read already.
            settings.Passfile = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        }

        if (url.HasFilesOfUser)
        {
            AddFiles(settings, url);
        }

        if (url.Parameter("options") is { Length: > 0 } given)
        {
            settings.Options = given;
        }

        return settings;
    }

    private static void AddFiles(NpgsqlConnectionStringBuilder settings, DatabaseUrl url)
    {
        if (url.Parameter("sslrootcert") is { Length: > 0 } root && root != "system")
        {
            settings.RootCertificate = Checked("sslrootcert", root);
        }

        if (url.Parameter("sslcert") is { Length: > 0 } certificate && url.Parameter("sslkey") is { Length: > 0 } key)
        {
            settings.SslCertificate = Checked("sslcert", certificate);
            settings.SslKey = Checked("sslkey", key);
        }
    }

    // A pipe, a socket or a device has no length, and would be waited for.
    private static string Checked(string parameter, string path)
    {
        try
        {
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return !file.Exists || file.Length is > 0 and <= ReadingBudget.SettingsLength ? path
                : throw new CatalogException(CatalogFailure.Tls, $"The file that {parameter} names in the URL is not a certificate or a key.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CatalogException(CatalogFailure.Tls, $"The file {path}, which {parameter} names in the URL, does not exist.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException(CatalogFailure.Tls, $"The file {path}, which {parameter} names in the URL, cannot be read.");
        }
    }

    // libpq, "sslmode"; Prisma knows three of them, and says with sslaccept=strict that it checks the certificate.
    private static SslMode Tls(DatabaseUrl url) => url.Parameter("sslmode") switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "require" => url.Parameter("sslaccept") == "strict" ? SslMode.VerifyFull : SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => SslMode.Prefer,
    };

    // libpq, "connect_timeout".
    private static int Timeout(DatabaseUrl url, CatalogOptions options) =>
        Math.Clamp(Seconds(url.Parameter("connect_timeout")) ?? (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds), 1, 1024);

    private static int? Seconds(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : null;
}
