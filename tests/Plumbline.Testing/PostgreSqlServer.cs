using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Plumbline.Testing;

/// <summary>
/// A real PostgreSQL server of the tests' own: started at first use on a free port with its data in a temporary folder, and
/// stopped and removed with the fixture. Use it as an assembly fixture:
/// <c>[assembly: AssemblyFixture(typeof(PostgreSqlServer))]</c>.
/// </summary>
public sealed class PostgreSqlServer : IDisposable
{
    private readonly Lazy<Running> _running;
    private int _databases;

    /// <summary>The server of the version that most tests are held to, 15, where the machine has it.</summary>
    public PostgreSqlServer()
        : this(ServerPrograms.Default)
    {
    }

    /// <summary>A server of another version.</summary>
    internal PostgreSqlServer(int version)
        : this(() => ServerPrograms.OfVersion(version))
    {
    }

    private PostgreSqlServer(Func<ServerPrograms> programs) => _running = new(() => Start(programs()));

    /// <summary>The host that it listens on.</summary>
    public static string Host => "127.0.0.1";

    /// <summary>The port that it listens on.</summary>
    public int Port => _running.Value.Port;

    /// <summary>What its log holds so far.</summary>
    public string Log => File.ReadAllText(Path.Combine(_running.Value.Folder, "log"));

    /// <summary>A new database, empty but for what <c>template0</c> has.</summary>
    public TestDatabase CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE template0", connection);
        command.ExecuteNonQuery();
        return new TestDatabase(this, name);
    }

    /// <summary>How Npgsql connects to a database of it, as its superuser.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host={Host};Port={Port};Username=postgres;Database={database};Pooling=false;Include Error Detail=true");

    /// <summary>Stops the server, where it was started, and removes its folder.</summary>
    public void Dispose()
    {
        if (_running.IsValueCreated)
        {
            var (folder, _, programs) = _running.Value;
            AsServerUser([programs.Call("pg_ctl"), "-D", Quoted(folder, "data"), "-m", "immediate", "-w", "stop"]);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Running Start(ServerPrograms found)
    {
        var folder = Directory.CreateTempSubdirectory("plumb-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            Command.Run("chown", ["postgres", folder]).EnsureSuccess();
        }

        var programs = found.CopyTo(folder);
        var data = Quoted(folder, "data");
        AsServerUser([programs.Call("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]).EnsureSuccess();
        for (var attempt = 1; ; attempt++)
        {
            // The port is free when it is asked for, and may be taken a moment later: then another is tried.
            var port = FreePort();
            var settings = string.Create(
                CultureInfo.InvariantCulture,
                $"-h {Host} -p {port} -k {folder} -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=50 -c jit=off");
            var started = AsServerUser([programs.Call("pg_ctl"), "-D", data, "-o", $"'{settings}'", "-l", Quoted(folder, "log"), "-w", "start"]);
            if (started.ExitCode == 0)
            {
                return new Running(folder, port, programs);
            }

            if (attempt == 3)
            {
                throw new InvalidOperationException($"PostgreSQL's server did not start:\n{started.Error}\n{started.Output}");
            }
        }
    }

    private static CommandResult AsServerUser(string[] command)
    {
        // The server inherits its standard streams: without redirection into nothing, reading them would never end.
        var line = string.Join(' ', command) + " </dev/null >/dev/null";
        return Environment.IsPrivilegedProcess
            ? Command.Run("su", ["postgres", "-s", "/bin/sh", "-c", line], folder: "/")
            : Command.Run("/bin/sh", ["-c", line]);
    }

    private static string Quoted(params ReadOnlySpan<string> path) => $"'{Path.Combine(path)}'";

    /// <summary>A port that nothing listens on.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Running(string Folder, int Port, ServerPrograms Programs);
}
