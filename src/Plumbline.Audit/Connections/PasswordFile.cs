using System.Text;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>The password file of libpq. PostgreSQL documentation, "The Password File".</summary>
internal static class PasswordFile
{
    private const int Fields = 5;

    /// <summary>The password for a URL in the text of such a file; null where no line fits. The first line that fits counts.</summary>
    public static string? Find(string text, DatabaseUrl url)
    {
        var host = url.Hosts.IsEmpty || url.Hosts[0].IsSocket
            ? new DatabaseHost("localhost", url.Hosts.IsEmpty ? DatabaseHost.DefaultPort : url.Hosts[0].Port)
            : url.Hosts[0];
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
                fits &= fields[i] == "*" || fields[i] == wanted[i];
            }

            if (fits)
            {
                return fields[^1];
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

    // A colon or backslash inside a field has a backslash before it; the password takes the rest of the line.
    private static List<string> Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                field.Append(line[++i]);
            }
            else if (line[i] == ':' && fields.Count < Fields - 1)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
