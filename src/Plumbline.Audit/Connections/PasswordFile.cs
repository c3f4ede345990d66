using System.Collections.Immutable;
using System.Text;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>The password file of libpq. PostgreSQL documentation, "The Password File".</summary>
internal static class PasswordFile
{
    private const int Fields = 5;

    /// <summary>The passwords for the hosts of a URL in the text of such a file, each host its own; null for a host that no line fits.</summary>
    public static ImmutableArray<string?> Find(string text, DatabaseUrl url) =>
        url.Hosts.IsEmpty ? [Find(text, url, new DatabaseHost("localhost", DatabaseHost.DefaultPort))] : [.. url.Hosts.Select(host => Find(text, url, host))];

    // The first line that fits counts.
    private static string? Find(string text, DatabaseUrl url, DatabaseHost server)
    {
        var host = server.IsSocket ? server with { Name = "localhost" } : server;
        string[] wanted = [host.Name, host.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), url.Database ?? url.User ?? "", url.User ?? ""];
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith('#') || Split(line.TrimEnd('\r')) is not { Count: Fields } fields)
            {
                continue;
            }

            var fits = true;
            for (var i = 0; i < wanted.Length; i++)
            {
                fits &= fields[i].IsAny || fields[i].Text == wanted[i];
            }

            if (fits)
            {
                return fields[^1].Text;
            }
        }

        return null;
    }

    /// <summary>The path of the file: <c>PGPASSFILE</c>, else <c>~/.pgpass</c>; null where neither is known.</summary>
    public static string? PathOf(ProcessEnvironment process) =>
        process.ValueOf("PGPASSFILE") ?? (process.ValueOf("HOME") is { } home ? Path.Combine(home, ".pgpass") : null);

    /// <summary>Whether libpq would read it: a file that others may read too is left alone.</summary>
    public static bool IsPrivate(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & others) == 0;
    }

    // A colon or backslash inside a field has a backslash before it; the password takes the rest of the line. An asterisk stands for anything only where it is alone.
    private static List<(string Text, bool IsAny)> Split(string line)
    {
        var fields = new List<(string, bool)>();
        var field = new StringBuilder();
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                field.Append(line[++i]);
            }
            else if (line[i] == ':' && fields.Count < Fields - 1)
            {
                fields.Add((field.ToString(), line.AsSpan(start, i - start) is "*"));
                field.Clear();
                start = i + 1;
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add((field.ToString(), false));
        return fields;
    }
}
