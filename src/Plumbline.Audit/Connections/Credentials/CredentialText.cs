using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections.Credentials;

/// <summary>Finds passwords of databases in the text of a file of any kind, comments included.</summary>
internal static partial class CredentialText
{
    private const string Proxy = "prisma";
    private const int LongestUrl = 2000;
    private const int LongestName = 500;

    private static readonly string[] Schemes = ["postgres", "postgresql", "mysql", Proxy];

    /// <summary>The passwords in a text: those in URLs, then those of roles and variables.</summary>
    public static List<WrittenPassword> Find(SourceText source, CredentialPlace place)
    {
        var text = source.Text;
        var found = new List<WrittenPassword>();
        for (var at = text.IndexOf("://", StringComparison.Ordinal); at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            if (ReadUrl(source, at, place) is { } url)
                found.Add(url);
        }

        if (text.Contains("assword '", StringComparison.OrdinalIgnoreCase))
        {
            foreach (Match role in Role().Matches(text))
                found.Add(ReadRole(source, role, place));
        }

        // In a document it means something only with the command that it is for, and code computes what it sets.
        var isSetting = place is not (CredentialPlace.Document or CredentialPlace.Code);
        for (var at = text.IndexOf("PASSWORD", StringComparison.Ordinal); at >= 0; at = text.IndexOf("PASSWORD", at, StringComparison.Ordinal))
        {
            var start = StartOfName(text, at);
            at = EndOfName(text, at);

            // No variable has a longer name.
            if (at - start <= LongestName && (isSetting ? Setting() : Command()).Match(text, start) is { Success: true } setting)
                found.Add(ReadSetting(source, setting, place));
        }

        return found;
    }

    private static int StartOfName(string text, int at)
    {
        while (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] == '_'))
            at--;

        return at;
    }

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;

        return at;
    }

    private static WrittenPassword? ReadUrl(SourceText source, int at, CredentialPlace place)
    {
        var text = source.Text;
        var start = at;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] == '+'))
            start--;

        var scheme = text[start..at];
        if (!Schemes.Contains(scheme.Split('+')[0], StringComparer.OrdinalIgnoreCase))
            return null;

        var end = EndOfUrl(text, at + 3);
        var rest = text[(at + 3)..end];
        if (!rest.Contains('@') && !rest.Contains("password=", StringComparison.Ordinal) && !rest.Contains("api_key=", StringComparison.Ordinal))
            return null;

        // Where a variable stands in a host or port, the server cannot be told.
        var login = rest.LastIndexOf('@');
        var hasVariable = rest.AsSpan(login + 1).Contains('$');

        // Nobody can connect with a # that is not encoded, but the password is written there all the same.
        var before = rest[..(login + 1)].Replace("#", "%23", StringComparison.Ordinal);
        if (!DatabaseUrl.TryParse("postgresql://" + before + (hasVariable ? "unknown" : rest[(login + 1)..]), out var url, out _))
            return null;

        var isKey = scheme.StartsWith(Proxy, StringComparison.OrdinalIgnoreCase) && url.Parameter("api_key") is { Length: > 0 };
        if ((isKey ? url.Parameter("api_key") : url.Password) is not { Length: > 0 } secret || IsExampleUser(url.User))
            return null;

        var host = hasVariable || url.Hosts.IsEmpty ? null : url.Hosts[0].Name;
        if (host is null ? !hasVariable : ExampleHosts.IsExample(host))
            return null;

        return new WrittenPassword
        {
            Form = isKey ? CredentialForm.ApiKey : CredentialForm.Url,
            Place = place,
            Location = source.LocationOf(TextSpan.FromBounds(start, end)),
            Secret = secret,
            Look = PasswordLooks.Of(secret, url.User, url.Database, host),
            User = url.User,
            Server = host is null ? null : NameOf(url.Hosts[0], scheme),
            Reach = host is null ? HostReach.Unknown : DatabaseHosts.ReachOf(url),
            Shown = "the URL",
        };
    }

    // The port of PostgreSQL is said only where a URL for PostgreSQL names another.
    private static string NameOf(DatabaseHost host, string scheme) =>
        host.Port == DatabaseHost.DefaultPort || !scheme.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) ? host.Name : host.ToString();

    // A URL ends at a blank or a quote, and at a bracket or a mark of the sentence around it.
    private static int EndOfUrl(string text, int start)
    {
        var end = start;
        var braces = 0;
        for (; end < text.Length && end - start < LongestUrl; end++)
        {
            var c = text[end];
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (char.IsWhiteSpace(c) || c is '"' or '\'' or '`' or '\\' or '|' || braces < 0)
                break;
        }

        while (end > start && text[end - 1] is '.' or ',' or ';' or ')' or '>' or '*' or '_')
        {
            // <password> is no end.
            if (text[end - 1] == '>' && text.AsSpan(start, end - start).Contains('<'))
                break;

            end--;
        }

        return end;
    }

    private static WrittenPassword ReadRole(SourceText source, Match match, CredentialPlace place)
    {
        var secret = match.Groups["secret"];
        var role = match.Groups["role"].Value.Trim('"');
        return new WrittenPassword
        {
            Form = CredentialForm.Role,
            Place = place,
            Location = PlaceOf(source, match.Index, match.Groups["keyword"], secret),
            Secret = secret.Value,
            Look = PasswordLooks.Of(secret.Value, role),
            User = role,
            Shown = $"the role {role}",
        };
    }

    private static WrittenPassword ReadSetting(SourceText source, Match match, CredentialPlace place)
    {
        var text = source.Text;
        var name = match.Groups["name"];
        var secret = match.Groups["secret"];
        var host = HostOption().Match(RestOfLine(text, match)) is { Success: true } option ? option.Groups["host"].Value : Beside(text, match, "HOST");
        var user = Beside(text, match, "USER");
        var isKnown = host is not null && !host.Contains('$');
        var url = isKnown ? new DatabaseUrl { Hosts = [new DatabaseHost(host!, DatabaseHost.DefaultPort)] } : null;
        var isExample = isKnown && ExampleHosts.IsExample(host!);
        return new WrittenPassword
        {
            Form = CredentialForm.Variable,
            Place = place,
            Location = PlaceOf(source, name.Index, name, secret),
            Secret = secret.Value,
            Look = isExample ? PasswordLook.Placeholder : PasswordLooks.Of(secret.Value, user, host),
            User = user?.Contains('$') == false ? user : null,
            Server = isKnown ? host : null,
            Reach = url is null ? HostReach.Unknown : DatabaseHosts.ReachOf(url),
            Shown = name.Value,
        };
    }

    // Lines are masked one by one: what stands on a line without the word that tells of a password is not pointed to.
    private static SourceLocation PlaceOf(SourceText source, int start, Group keyword, Group secret)
    {
        var end = keyword.Index + keyword.Length;
        var isOneLine = !source.Text.AsSpan(end, secret.Index - end).Contains('\n');
        return source.LocationOf(TextSpan.FromBounds(start, isOneLine ? secret.Index + secret.Length : end));
    }

    private static string RestOfLine(string text, Match match)
    {
        var end = text.IndexOf('\n', match.Index + match.Length);
        return text[(match.Index + match.Length)..(end < 0 ? text.Length : end)];
    }

    // The value of the variable for the host or the user that goes with the one for the password.
    private static string? Beside(string text, Match match, string what)
    {
        var name = match.Groups["prefix"].Value + what;
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            if (StartOfName(text, at) == at && Assigned().Match(text, at + name.Length) is { Success: true } assigned)
                return assigned.Groups["value"].Value;
        }

        return null;
    }

    // johndoe:randompassword@ is Prisma's own example.
    private static bool IsExampleUser(string? user) =>
        user is not null && (user.ToLowerInvariant() is "user" or "username" or "johndoe" or "janedoe" or "myuser" or "dbuser" or "db_user" || user.Contains("your", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(
        """\b(?:alter|create)\s+(?:role|user)\s+(?:if\s+not\s+exists\s+)?(?<role>"[^"\n]+"|[\w$-]+)[^;'"`]{0,160}?\b(?<keyword>password)\s+(?:(?<!')E?'(?<secret>[^'\n]+)'(?!')|''(?<secret>[^'\n]+)'')""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Role();

    [GeneratedRegex(
        """\G(?<name>(?<prefix>(?:[A-Z0-9]+_)*?(?:PG|POSTGRES(?:QL)?_?|DB_?|DATABASE_?))(?:[A-Z]+_)?PASSWORD)["']?[ \t]*(?:=|:(?![-?=+])|\r?\n[ \t]*["']?value["']?[ \t]*:)[ \t]*(?:"(?<secret>[^"\r\n]+)"|'(?<secret>[^'\r\n]+)'|(?<secret>[^\s"'#;,]+))""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Setting();

    [GeneratedRegex("""\G(?<name>(?<prefix>PG)PASSWORD)=(?:"(?<secret>[^"\r\n]+)"|'(?<secret>[^'\r\n]+)'|(?<secret>[^\s"'#;,]+))""", RegexOptions.CultureInvariant)]
    private static partial Regex Command();

    [GeneratedRegex("""(?:\s-h\s*|\s--host[= ]\s*|\bhost=)["']?(?<host>\$?[\w.{}:-]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex HostOption();

    [GeneratedRegex("""\G(?:NAME)?["']?[ \t]*(?:=|:(?![-?=+])|\r?\n[ \t]*["']?value["']?[ \t]*:)[ \t]*["']?(?<value>[^\s"'#;,]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();
}
