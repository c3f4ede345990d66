using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>A server of its own, whose database has an owner that is no superuser and has planted every trap. Each was tried once without protection.</summary>
public sealed class HostileServer : IDisposable
{
    private readonly PostgreSqlServer _server = new();
    private readonly TestDatabase _database;

    /// <summary>Plants them and tries them.</summary>
    public HostileServer()
    {
        _database = _server.CreateDatabase();
        _database.Run($"CREATE ROLE planter LOGIN; CREATE ROLE auditor LOGIN; ALTER DATABASE {_database.Name} OWNER TO planter;");
        Trap[] traps = [.. Traps.Hiding, .. Traps.Objects, .. Traps.Histories.Select(h => h.Trap)];

        // No trap may be planted that hides what another one is planted with.
        _database.Run("SET SESSION AUTHORIZATION planter; SET search_path = pg_catalog; SET check_function_bodies = off;\n" + Trap.Springs + string.Join('\n', traps.Select(t => t.Plant)));
        _database.Run($"SET SESSION AUTHORIZATION planter; ALTER DATABASE {_database.Name} SET search_path = evil, public, pg_catalog; ALTER DATABASE {_database.Name} SET row_security = on;");
        var before = _server.Log.Length;
        _database.Psql(["-f", "-"], string.Join('\n', traps.Select(t => "RESET search_path; " + t.Control)));
        ControlLog = _server.Log[before..];
    }

    /// <summary>What the server logged while each trap was tried.</summary>
    public string ControlLog { get; }

    /// <summary>What it has logged so far.</summary>
    public string Log => _server.Log;

    /// <summary>The server.</summary>
    public PostgreSqlServer Server => _server;

    /// <summary>The URL of the database.</summary>
    /// <param name="schema">The schema that Prisma works in; null for public.</param>
    /// <param name="role">As whom.</param>
    public string Url(string? schema = null, string role = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://{role}@{PostgreSqlServer.Host}:{_server.Port}/{_database.Name}{(schema is null ? "" : "?schema=" + schema)}");

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
