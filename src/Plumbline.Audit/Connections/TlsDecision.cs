using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>How a connection is encrypted, and what shows it.</summary>
/// <param name="Mode">As <c>sslmode</c> calls it.</param>
/// <param name="Why">What shows it.</param>
internal sealed record TlsDecision(string Mode, string Why)
{
    private static readonly string[] Modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    /// <summary>Decides for a URL: what it says counts; where it says nothing, the host does.</summary>
    public static TlsDecision For(DatabaseUrl url, ProcessEnvironment process)
    {
        if (url.Parameter("sslmode") is { } mode)
        {
            return Modes.Contains(mode, StringComparer.Ordinal)
                ? Checked(mode, "sslmode in the URL", url)
                : new TlsDecision("prefer", $"sslmode in the URL is not one of {string.Join(", ", Modes)}");
        }

        if (url.Parameter("ssl") is { } ssl)
        {
            return ssl is "true" or "1" ? Checked("require", "ssl in the URL", url) : new TlsDecision("disable", "ssl in the URL");
        }

        if (url.Parameter("sslaccept") is not null || url.Parameter("sslrootcert") is not null || url.Parameter("sslcert") is not null)
        {
            return Checked("require", "the certificate settings in the URL", url);
        }

        if (process.ValueOf("PGSSLMODE") is { } set && Modes.Contains(set, StringComparer.Ordinal))
        {
            return new TlsDecision(set, "PGSSLMODE");
        }

        return DatabaseHosts.ReachOf(url) switch
        {
            HostReach.Socket => new TlsDecision("disable", "a local socket needs no TLS"),
            HostReach.Local => new TlsDecision("prefer", "the server is on this machine"),
            HostReach.Network or HostReach.Internal => new TlsDecision("prefer", "the server is in a private network"),
            HostReach.Proxy or HostReach.Public when DatabaseHosts.IsManaged(url.Hosts[0].Name) =>
                new TlsDecision("require", "the host is public, and its provider supports TLS"),
            _ => new TlsDecision("prefer", "the URL does not set it"),
        };
    }

    // Prisma checks the certificate where sslaccept is strict, libpq where the mode says so.
    private static TlsDecision Checked(string mode, string why, DatabaseUrl url) =>
        mode == "require" && url.Parameter("sslaccept") == "strict"
            ? new TlsDecision("verify-full", why + ", with sslaccept=strict")
            : new TlsDecision(mode, why);
}
