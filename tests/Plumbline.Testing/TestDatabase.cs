using System.Globalization;
using Npgsql;

namespace Plumbline.Testing;

/// <summary>A database of a <see cref="PostgreSqlServer"/>; dropped when disposed.</summary>
public sealed class TestDatabase : IDisposable
{
    private readonly PostgreSqlServer _server;

    internal TestDatabase(PostgreSqlServer server, string name)
    {
        _server = server;
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its URL.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@{PostgreSqlServer.Host}:{_server.Port}/{Name}");

    /// <summary>How Npgsql connects to it.</summary>
    public string ConnectionString => _server.ConnectionString(Name);

    /// <summary>An open connection to it.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Runs a script as <c>psql</c> does with <c>ON_ERROR_STOP</c>.</summary>
    /// <exception cref="InvalidOperationException">A statement failed.</exception>
    public void Run(string script) => Psql(["-v", "ON_ERROR_STOP=1", "-f", "-"], script).EnsureSuccess();

    /// <summary>Runs <c>psql</c> on it.</summary>
    /// <param name="arguments">Arguments beside the URL and <c>-X -q -A -t</c>.</param>
    /// <param name="input">Its standard input.</param>
    public CommandResult Psql(IEnumerable<string> arguments, string? input = null) =>
        Command.Run("psql", ["-X", "-q", "-A", "-t", .. arguments, Url], input, environment: new Dictionary<string, string> { ["PGOPTIONS"] = "-c client_min_messages=warning", ["PGCLIENTENCODING"] = "UTF8" });

    /// <summary>What it contains outside the system schemas, as sorted lines, one fact each (<c>eng/catalog-lines.sql</c>).</summary>
    public string[] CatalogLines() =>
        Psql(["-f", ProjectRoot.Combine("eng", "catalog-lines.sql")]).EnsureSuccess().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Makes it empty again: faster than another database.</summary>
    public void Clear()
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(
            """
            DO $$
            DECLARE name text;
            BEGIN
              SET LOCAL client_min_messages = error;
              FOR name IN SELECT pubname FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', name); END LOOP;
              FOR name IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', name); END LOOP;
              FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP;
              CREATE SCHEMA public AUTHORIZATION pg_database_owner;
              GRANT USAGE ON SCHEMA public TO PUBLIC;
              COMMENT ON SCHEMA public IS 'standard public schema';
            END $$
            """,
            connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Drops it.</summary>
    public void Dispose()
    {
        using var connection = new NpgsqlConnection(_server.ConnectionString("postgres"));
        connection.Open();
        var force = connection.PostgreSqlVersion.Major >= 13 ? " WITH (FORCE)" : "";
        using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {Name}{force}", connection);
        command.ExecuteNonQuery();
    }
}
