using System.Globalization;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>
/// Whether the person who runs the program named the hosts of a URL. Passwords of that person (<c>PGPASSWORD</c>, the password file, the connection service file) go to
/// no other host: one that a file of the repository names could belong to anybody.
/// </summary>
internal static class NamedHosts
{
    /// <summary>Whether the environment names them: in the variable that holds the URL, or in <c>PGHOST</c> and <c>PGPORT</c>.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="candidate">Where it is.</param>
    /// <param name="process">The environment.</param>
    public static bool AreHostsOf(DatabaseUrl url, ConnectionCandidate candidate, ProcessEnvironment process) =>
        candidate.Origin == ConnectionOrigin.Process || (process.ValueOf("PGHOST") is { } hosts && AreHostsOf(url, hosts, process.ValueOf("PGPORT")));

    /// <summary>Whether a service names them. A URL without hosts takes those of the service.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="settings">The settings of the service.</param>
    public static bool AreHostsOf(DatabaseUrl url, Dictionary<string, string> settings) =>
        url.Hosts.IsEmpty || (settings.TryGetValue("host", out var hosts) && AreHostsOf(url, hosts, settings.GetValueOrDefault("port")));

    // PostgreSQL documentation, "Specifying Multiple Hosts": one port is that of all hosts.
    private static bool AreHostsOf(DatabaseUrl url, string hosts, string? ports)
    {
        var names = hosts.Split(',');
        var numbers = ports?.Split(',') ?? [""];
        return !url.Hosts.IsEmpty && url.Hosts.All(host => Enumerable.Range(0, names.Length).Any(i =>
            string.Equals(names[i].Trim(), host.Name, StringComparison.OrdinalIgnoreCase) && PortOf(numbers.Length == 1 ? numbers[0] : numbers.ElementAtOrDefault(i)) == host.Port));
    }

    private static int PortOf(string? written) =>
        string.IsNullOrWhiteSpace(written) ? DatabaseHost.DefaultPort : int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;
}
