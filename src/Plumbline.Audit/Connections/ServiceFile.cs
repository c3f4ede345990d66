using System.Collections.Immutable;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>The connection service file of libpq. PostgreSQL documentation, "The Connection Service File".</summary>
internal static class ServiceFile
{
    /// <summary>The settings of a service in the text of such a file; null where it has none of that name.</summary>
    public static Dictionary<string, string>? Find(string text, string service)
    {
        Dictionary<string, string>? found = null;
        foreach (var written in text.Split('\n'))
        {
            var line = written.Trim();
            if (line.StartsWith('['))
            {
                if (found is not null)
                {
                    return found;
                }

                found = line == $"[{service}]" ? new Dictionary<string, string>(StringComparer.Ordinal) : null;
            }
            else if (found is not null && !line.StartsWith('#') && line.IndexOf('=') is var sign and > 0)
            {
                found.TryAdd(line[..sign].Trim(), line[(sign + 1)..].Trim());
            }
        }

        return found;
    }

    /// <summary>The path of the file: <c>PGSERVICEFILE</c>, else <c>~/.pg_service.conf</c>; null where neither is known.</summary>
    public static string? PathOf(ProcessEnvironment process) =>
        process.ValueOf("PGSERVICEFILE") ?? (process.ValueOf("HOME") is { } home ? Path.Combine(home, ".pg_service.conf") : null);

    /// <summary>The hosts of a service; empty where it names none, and null where its ports are wrong.</summary>
    public static ImmutableArray<DatabaseHost>? HostsOf(Dictionary<string, string> settings) =>
        settings.TryGetValue("host", out var hosts) && hosts.Length > 0 ? DatabaseUrl.ReadHosts(hosts, settings.GetValueOrDefault("port"))
        : settings.GetValueOrDefault("port") is { Length: > 0 } port ? DatabaseUrl.ReadHosts("localhost", port)
        : [];

    /// <summary>A URL with what it leaves open filled in from a service; what the URL says counts.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="settings">The settings of the service.</param>
    /// <param name="hosts">Its hosts.</param>
    public static DatabaseUrl Complete(DatabaseUrl url, Dictionary<string, string> settings, ImmutableArray<DatabaseHost> hosts)
    {
        var extra = settings.Where(pair => pair.Key is not ("host" or "hostaddr" or "port" or "user" or "password" or "dbname") &&
            url.Parameter(pair.Key) is null)
            .Select(pair => new DatabaseUrlParameter(pair.Key, pair.Value));
        return url with
        {
            Hosts = url.Hosts.IsEmpty ? hosts : url.Hosts,
            User = url.User ?? settings.GetValueOrDefault("user"),
            Password = url.Password ?? settings.GetValueOrDefault("password"),
            Database = url.Database ?? settings.GetValueOrDefault("dbname"),
            Parameters = [.. url.Parameters, .. extra.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)],
        };
    }
}
