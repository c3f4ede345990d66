using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>
/// Keeps a person's passwords encrypted on their way. Where a file of the repository holds a URL, and the person's service file, <c>PGHOST</c> or a password of theirs goes
/// with it, the URL cannot make the connection less safe than the person's own settings do. PostgreSQL documentation, "SSL Support".
/// </summary>
internal static class OwnTls
{
    private const string Mode = "sslmode";
    private const string Default = "prefer";

    private static readonly string[] Modes = ["disable", "allow", Default, "require", "verify-ca", "verify-full"];
    private static readonly string[] Files = ["sslcert", "sslkey", "sslrootcert"];
    private static readonly string[] Others =
    [
        "ssl", "sslaccept", "sslcrl", "sslcrldir", "sslpassword", "sslidentity", "sslcertmode", "sslnegotiation", "sslsni", "ssl_min_protocol_version", "ssl_max_protocol_version",
        "requiressl", "channel_binding", "gssencmode", "require_auth",
    ];

    /// <summary>Whether a URL names files of certificates or keys.</summary>
    public static bool HasFiles(DatabaseUrl url) => url.Parameters.Any(parameter => Files.Contains(parameter.Name) && parameter.Value is not ("" or "system"));

    /// <summary>A URL without what it says about encryption, so that a service says it; a stricter <c>sslmode</c> stays.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="settings">The settings of the service.</param>
    public static DatabaseUrl Without(DatabaseUrl url, Dictionary<string, string> settings)
    {
        var mode = RankOf(url);
        var rest = url.Parameters.RemoveAll(parameter => parameter.Name == Mode || Files.Contains(parameter.Name) || Others.Contains(parameter.Name));
        return mode > RankOf(settings.GetValueOrDefault(Mode)) ? url with { Parameters = rest.Add(new DatabaseUrlParameter(Mode, Modes[mode])) } : url with { Parameters = rest };
    }

    /// <summary>A URL that encrypts at least as <c>PGSSLMODE</c> says, or else where the server can.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="isOwn">Whether the person wrote the URL: then it stays as it is.</param>
    /// <param name="process">The environment.</param>
    public static DatabaseUrl AtLeast(DatabaseUrl url, bool isOwn, ProcessEnvironment process)
    {
        var least = RankOf(process.ValueOf("PGSSLMODE"));
        return isOwn || RankOf(url) >= least
            ? url
            : url with { Parameters = url.Parameters.RemoveAll(parameter => parameter.Name == Mode).Add(new DatabaseUrlParameter(Mode, Modes[least])) };
    }

    // As the connection takes it: Prisma checks the certificate where sslaccept is strict.
    private static int RankOf(DatabaseUrl url) =>
        url.Parameter(Mode) == "require" && url.Parameter("sslaccept") == "strict" ? Modes.Length - 1 : RankOf(url.Parameter(Mode));

    private static int RankOf(string? mode) => Array.IndexOf(Modes, mode ?? Default) is var rank and >= 0 ? rank : Array.IndexOf(Modes, Default);
}
