using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>
/// The URL of a PostgreSQL database as libpq and Prisma write it. It never shows its password. PostgreSQL documentation, "Connection URIs"; Prisma
/// documentation, "PostgreSQL: connection URL".
/// </summary>
public sealed record DatabaseUrl
{
    private const string PercentEncode = "If the password contains : / ? # or @, percent-encode it.";

    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    /// <summary>The user; null where the URL names none.</summary>
    public string? User { get; init; }

    /// <summary>The password; null where the URL has none.</summary>
    public string? Password { get; init; }

    /// <summary>The hosts in their order, those of the parameters <c>host</c> and <c>port</c> where they are given there; empty where the URL names none.</summary>
    public ImmutableArray<DatabaseHost> Hosts { get; init; } = [];

    /// <summary>The database; null where the URL names none.</summary>
    public string? Database { get; init; }

    /// <summary>The parameters behind the question mark, in their order; of one that is there twice, the last counts.</summary>
    public ImmutableArray<DatabaseUrlParameter> Parameters { get; init; } = [];

    /// <summary>
    /// Whether the person who runs the program named the hosts: on the command line, in the environment or in a service file. Only then may a password or certificate
    /// of that person, which the URL does not hold, be sent there. A host that a file of a repository names is somebody else's.
    /// </summary>
    public bool IsNamedByUser { get; init; }

    /// <summary>
    /// Whether that person named the files of the parameters <c>sslcert</c>, <c>sslkey</c> and <c>sslrootcert</c> too. Files that a file of a repository names are not opened:
    /// they could be anybody's.
    /// </summary>
    public bool HasFilesOfUser { get; init; }

    /// <summary>
    /// The passwords of single hosts, in the order of <see cref="Hosts"/>, where the person's password file was read and the URL has none for all of them; null for one that has none.
    /// Empty where the file was not read.
    /// </summary>
    public ImmutableArray<string?> HostPasswords { get; init; } = [];

    /// <summary>Whether both are the same in all their parts.</summary>
    public bool Equals(DatabaseUrl? other) => other is not null && User == other.User && Password == other.Password && Database == other.Database &&
        IsNamedByUser == other.IsNamedByUser && HasFilesOfUser == other.HasFilesOfUser &&
        Hosts.SequenceEqual(other.Hosts) && Parameters.SequenceEqual(other.Parameters) && HostPasswords.SequenceEqual(other.HostPasswords);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(User, Password, Database, Hosts.Length, Hosts.FirstOrDefault(), Parameters.Length);

    /// <summary>Whether a text is meant as such a URL.</summary>
    public static bool IsUrl(string text) => SchemeOf(text) is not null;

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="url">The URL's parts.</param>
    /// <param name="error">Where it is none: what is wrong with it, in a sentence that shows nothing of the URL.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out DatabaseUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        if (SchemeOf(text) is not { } scheme)
        {
            error = "The URL begins with neither postgresql:// nor postgres://.";
            return false;
        }

        var rest = text.AsSpan(scheme.Length);
        var query = rest.IndexOf('?');

        // Else a part of the password would be taken for a parameter, and shown.
        if ((query >= 0 && rest[query..].Contains('@')) || (rest.IndexOf("&password=", StringComparison.OrdinalIgnoreCase) is var ampersand and >= 0 && rest[ampersand..].Contains('@')))
        {
            error = "The URL has an @ after a ? or &. " + PercentEncode;
            return false;
        }

        var parameters = query < 0 ? [] : ReadParameters(rest[(query + 1)..]);
        rest = query < 0 ? rest : rest[..query];

        // A password may hold what it should have encoded: of the signs @ the last one in front of the path ends it, as in Prisma.
        var path = rest.LastIndexOf('@') is var at and >= 0 && rest[at..].IndexOf('/') is var slash ? (slash < 0 ? -1 : at + slash) : rest.IndexOf('/');
        var authority = path < 0 ? rest : rest[..path];
        var database = path < 0 ? "" : Decode(rest[(path + 1)..]);
        var end = authority.LastIndexOf('@');
        var login = end < 0 ? [] : authority[..end];
        var colon = login.IndexOf(':');

        // To a URL a # begins its fragment: Prisma and Node would connect to another host.
        if (login.Contains('#'))
        {
            error = "The URL has a # before the @. " + PercentEncode;
            return false;
        }

        if (!TryReadHosts(end < 0 ? authority : authority[(end + 1)..], parameters, out var hosts, out error))
        {
            return false;
        }

        url = new DatabaseUrl
        {
            User = NotEmpty(Decode(colon < 0 ? login : login[..colon])) ?? ValueOf(parameters, "user"),
            Password = colon < 0 ? ValueOf(parameters, "password") : Decode(login[(colon + 1)..]),
            Hosts = hosts,
            Database = NotEmpty(database) ?? ValueOf(parameters, "dbname"),
            Parameters = [.. parameters.Where(p => p.Name is not ("user" or "password" or "dbname" or "host" or "port"))],
        };
        error = null;
        return true;
    }

    /// <summary>Reads hosts and ports as libpq's parameters give them, with commas between them. PostgreSQL documentation, "Specifying Multiple Hosts".</summary>
    /// <param name="names">The hosts.</param>
    /// <param name="ports">The ports: one for all of them, or one for each; null for the default.</param>
    /// <returns>The hosts; null where a port is no number from 1 to 65535, or there are more or fewer of them.</returns>
    public static ImmutableArray<DatabaseHost>? ReadHosts(string names, string? ports)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] hosts = names.Split(',');
        string[] written = ports?.Split(',') ?? [""];
        return (written.Length == 1 || written.Length == hosts.Length) && TryReadHosts([.. hosts.Select(host => host.Trim())], [.. written.Select(port => port.Trim())], out var read) ? read : null;
    }

    /// <summary>The value of a parameter; null where the URL does not have it.</summary>
    public string? Parameter(string name) => ValueOf(Parameters, name);

    /// <summary>The URL without its password, for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("postgresql://");
        if (User is not null || Password is not null)
        {
            text.Append(Encode(User ?? "")).Append(Password is null ? "@" : ":***@");
        }

        text.AppendJoin(',', Hosts.Select(h => h.ToString()));
        if (Database is not null)
        {
            text.Append('/').Append(Encode(Database));
        }

        var separator = '?';
        foreach (var parameter in Parameters)
        {
            text.Append(separator).Append(Encode(parameter.Name)).Append('=').Append(parameter.IsSecret ? "***" : Encode(parameter.Value));
            separator = '&';
        }

        return text.ToString();
    }

    private static string? SchemeOf(string text) => Array.Find(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;

    private static string? ValueOf(IEnumerable<DatabaseUrlParameter> parameters, string name) => parameters.LastOrDefault(p => p.Name == name)?.Value;

    private static List<DatabaseUrlParameter> ReadParameters(ReadOnlySpan<char> query)
    {
        var parameters = new List<DatabaseUrlParameter>();
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            var equals = part.IndexOf('=');
            if (part.Length > 0 && equals != 0)
            {
                parameters.Add(new DatabaseUrlParameter(Decode(equals < 0 ? part : part[..equals]), equals < 0 ? "" : Decode(part[(equals + 1)..])));
            }
        }

        return parameters;
    }

    private static bool TryReadHosts(ReadOnlySpan<char> text, List<DatabaseUrlParameter> parameters, out ImmutableArray<DatabaseHost> hosts, [NotNullWhen(false)] out string? error)
    {
        var names = new List<string>();
        var ports = new List<string>();
        foreach (var range in text.Split(','))
        {
            var part = text[range];
            var colon = part.StartsWith("[") ? part.LastIndexOf("]:") + 1 : part.LastIndexOf(':');
            var hasPort = part.StartsWith("[") ? colon > 0 : colon >= 0;
            names.Add(Decode(hasPort ? part[..colon] : part).Trim('[', ']'));
            ports.Add(hasPort ? part[(colon + 1)..].ToString() : "");
        }

        // The parameters count where the place for hosts is empty: a socket's folder can hardly stand there.
        if (ValueOf(parameters, "host") is { Length: > 0 } given)
        {
            names = [.. given.Split(',')];
        }

        if (ValueOf(parameters, "port") is { Length: > 0 } givenPorts)
        {
            ports = [.. givenPorts.Split(',')];
        }

        error = TryReadHosts(names, ports, out hosts) ? null : "The port in the URL is not a number from 1 to 65535. " + PercentEncode;
        return error is null;
    }

    private static bool TryReadHosts(List<string> names, List<string> ports, out ImmutableArray<DatabaseHost> hosts)
    {
        var result = ImmutableArray.CreateBuilder<DatabaseHost>();
        for (var i = 0; i < names.Count; i++)
        {
            var written = i < ports.Count ? ports[i] : ports.Count == 1 ? ports[0] : "";
            var port = DatabaseHost.DefaultPort;
            if (written.Length > 0 && (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
            {
                hosts = [];
                return false;
            }

            if (names[i].Length > 0)
            {
                result.Add(new DatabaseHost(names[i], port));
            }
            else if (written.Length > 0)
            {
                result.Add(new DatabaseHost("localhost", port));
            }
        }

        hosts = result.ToImmutable();
        return true;
    }

    // A percent sign that begins no byte stands for itself: passwords are often written as they are.
    private static string Decode(ReadOnlySpan<char> text) => text.Contains('%') ? Uri.UnescapeDataString(text) : text.ToString();

    private static string Encode(string text) => Uri.EscapeDataString(text);
}

/// <summary>A server of a <see cref="DatabaseUrl"/>.</summary>
/// <param name="Name">Its name or address, or the folder of its socket.</param>
/// <param name="Port">Its port.</param>
public sealed record DatabaseHost(string Name, int Port)
{
    /// <summary>The port where none is named.</summary>
    public const int DefaultPort = 5432;

    /// <summary>Whether it is the folder of a socket.</summary>
    public bool IsSocket => Name.StartsWith('/') || Name.StartsWith('@');

    /// <summary>The host with its port, as in a URL.</summary>
    public override string ToString()
    {
        var name = IsSocket ? Uri.EscapeDataString(Name) : Name.Contains(':', StringComparison.Ordinal) ? $"[{Name}]" : Name;
        return string.Create(CultureInfo.InvariantCulture, $"{name}:{Port}");
    }
}

/// <summary>A parameter of a <see cref="DatabaseUrl"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record DatabaseUrlParameter(string Name, string Value)
{
    /// <summary>Whether its value must not be shown.</summary>
    public bool IsSecret => Name.Contains("password", StringComparison.OrdinalIgnoreCase) || Name.Contains("secret", StringComparison.OrdinalIgnoreCase) || Name.Contains("key", StringComparison.OrdinalIgnoreCase)
        || Name.Contains("token", StringComparison.OrdinalIgnoreCase);

    /// <summary>The parameter without what must not be shown.</summary>
    public override string ToString() => $"{Name}={(IsSecret ? "***" : Value)}";
}
