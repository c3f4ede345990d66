using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace Plumbline.Testing;

/// <summary>
/// Servers of several versions, each started at first use, stopped and removed with the fixture. Use it as an assembly fixture:
/// <c>[assembly: AssemblyFixture(typeof(PostgreSqlServers))]</c>.
/// </summary>
public sealed class PostgreSqlServers : IDisposable
{
    private readonly ConcurrentDictionary<int, PostgreSqlServer> _servers = new();

    /// <summary>The versions that tests of several are run on: those that <c>PLUMB_POSTGRESQL</c> lists, separated by commas, else 18.</summary>
    public static ImmutableArray<int> Versions { get; } =
        [.. (Environment.GetEnvironmentVariable("PLUMB_POSTGRESQL") is { Length: > 0 } asked ? asked : "18").Split(',').Select(v => int.Parse(v, CultureInfo.InvariantCulture))];

    /// <summary>The server of a major version.</summary>
    public PostgreSqlServer this[int version] => _servers.GetOrAdd(version, v => new PostgreSqlServer(v));

    /// <summary>Stops those that were started.</summary>
    public void Dispose()
    {
        foreach (var server in _servers.Values)
        {
            server.Dispose();
        }
    }
}
