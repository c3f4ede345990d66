using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Plumbline.Testing;

/// <summary>
/// PGlite with pgvector: PostgreSQL compiled to WebAssembly, one session at a time in one process. It is what npm has of an extension that is no part of
/// PostgreSQL. Its packages are installed at first use, from the lock file in <c>tests/servers</c>.
/// </summary>
public sealed class PGliteServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly int _port;

    /// <summary>Starts it on a free port, with an empty database in memory, and waits until it lets a session in.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public PGliteServer()
    {
        NpmPackages.Install(ServerPrograms.PackageFolder, "--omit=optional", "--ignore-scripts");
        _port = PostgreSqlServer.FreePort();
        var script = Path.Combine(ServerPrograms.PackageFolder, "node_modules", "@electric-sql", "pglite-socket", "dist", "scripts", "server.js");
        var port = _port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(
            new ProcessStartInfo("node", ["--no-warnings", script, "-p", port, "-m", "5", "-e", "@electric-sql/pglite-pgvector:vector"])
            {
                WorkingDirectory = ServerPrograms.PackageFolder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            WaitForIt();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its database's URL.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@{PostgreSqlServer.Host}:{_port}/postgres?sslmode=disable");

    private string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"Host={PostgreSqlServer.Host};Port={_port};Username=postgres;Database=postgres;Pooling=false;SslMode=Disable;Timeout=5");

    /// <summary>Runs statements.</summary>
    public void Run(string script)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(script, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void WaitForIt()
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var connection = new NpgsqlConnection(ConnectionString);
                connection.Open();
                return;
            }
            catch (NpgsqlException e) when (waited.Elapsed >= Patience || _process.HasExited)
            {
                lock (_said)
                {
                    throw new InvalidOperationException($"PGlite did not start:\n{_said}", e);
                }
            }
            catch (NpgsqlException)
            {
                Thread.Sleep(100);
            }
        }
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (_said)
        {
            _said.AppendLine(e.Data);
        }
    }
}
