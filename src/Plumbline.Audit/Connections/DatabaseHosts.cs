using System.Net;
using System.Net.Sockets;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>From where a database server answers, as far as its name tells.</summary>
public enum HostReach
{
    /// <summary>No host is named.</summary>
    Unknown,

    /// <summary>By a socket on this machine.</summary>
    Socket,

    /// <summary>On this machine, or on the one that a container runs on.</summary>
    Local,

    /// <summary>In a network of containers, or in a private one.</summary>
    Network,

    /// <summary>Inside a hosting platform only.</summary>
    Internal,

    /// <summary>From everywhere, by a proxy of the hosting platform.</summary>
    Proxy,

    /// <summary>From everywhere, or so it seems.</summary>
    Public,
}

/// <summary>What the names of database servers tell.</summary>
internal static class DatabaseHosts
{
    /// <summary>What a platform is called whose name does not tell more.</summary>
    public const string SomePlatform = "the hosting platform";

    private static readonly string[] LocalNames =
        ["localhost", "host.docker.internal", "gateway.docker.internal", "host.containers.internal", "0.0.0.0", "::1"];

    // The suffix of an internal name, and whose it is.
    private static readonly (string Suffix, string Platform)[] InternalNames =
    [
        (".railway.internal", "Railway"), (".flycast", "Fly.io"), (".svc.cluster.local", "the Kubernetes cluster"), (".svc", "the Kubernetes cluster"), (".internal", SomePlatform),
    ];

    private static readonly string[] Proxies = [".proxy.rlwy.net"];

    // Hosted databases that speak TLS, as their documentation says.
    private static readonly string[] Managed =
    [
        ".proxy.rlwy.net", ".supabase.co", ".supabase.com", ".neon.tech", ".rds.amazonaws.com", ".postgres.database.azure.com", ".render.com", ".db.ondigitalocean.com", ".aivencloud.com",
        ".compute.amazonaws.com", ".cockroachlabs.cloud", ".prisma.io", ".vercel-storage.com", ".timescale.com",
    ];

    /// <summary>From where the first server of a URL answers.</summary>
    public static HostReach ReachOf(DatabaseUrl url)
    {
        if (url.Hosts.IsEmpty)
        {
            return HostReach.Unknown;
        }

        var host = url.Hosts[0];
        return host.IsSocket ? HostReach.Socket : ReachOf(host.Name);
    }

    /// <summary>The platform that an internal host answers in; null where the host is none.</summary>
    public static string? PlatformOf(string host)
    {
        foreach (var (suffix, platform) in InternalNames)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && !LocalNames.Contains(host, StringComparer.OrdinalIgnoreCase))
            {
                return platform;
            }
        }

        // Render's internal names have one part; its public ones end in .render.com.
        return host.StartsWith("dpg-", StringComparison.OrdinalIgnoreCase) && !host.Contains('.') ? "Render" : null;
    }

    /// <summary>Whether a host is one of a provider whose servers speak TLS.</summary>
    public static bool IsManaged(string host) => EndsWithAny(host, Managed);

    /// <summary>
    /// The name of the pooler that a URL leads to, where that one hands out a connection for each transaction; null where nothing tells so. Supabase, Neon and
    /// DigitalOcean
    /// document their names and ports; 6432 is PgBouncer's own.
    /// </summary>
    public static string? TransactionPoolerOf(DatabaseUrl url)
    {
        if (url.Hosts.IsEmpty || url.Hosts[0].IsSocket)
        {
            return null;
        }

        var (name, port) = url.Hosts[0];
        if (port == 6543 && EndsWithAny(name, [".supabase.com", ".supabase.co"]))
        {
            return "Supabase's pooler";
        }

        if (IsNeonPooler(name))
        {
            return "Neon's pooler";
        }

        if (port == 25061 && EndsWithAny(name, [".ondigitalocean.com"]))
        {
            return "DigitalOcean's pooler";
        }

        return port == 6432 || name.Split('.')[0].Contains("pgbouncer", StringComparison.OrdinalIgnoreCase) ? "PgBouncer" : null;
    }

    /// <summary>Whether a host is Neon's pooler, which knows prepared statements.</summary>
    public static bool IsNeonPooler(string host) =>
        EndsWithAny(host, [".neon.tech"]) && host.Split('.')[0].EndsWith("-pooler", StringComparison.OrdinalIgnoreCase);

    /// <summary>The database that a URL leads to, for people.</summary>
    public static string Shown(DatabaseUrl url) => string.Join(',', url.Hosts.Select(host => host.ToString())) + "/" + NameOf(url);

    /// <summary>The name of the database that a URL leads to: that of the user where it names none, as libpq takes it.</summary>
    public static string NameOf(DatabaseUrl url) => url.Database ?? url.User ?? "";

    /// <summary>The database that a URL leads to, for holding one URL against another: all names of this machine, and of containers beside, are one.</summary>
    public static string PlaceOf(DatabaseUrl url)
    {
        var database = NameOf(url);
        return ReachOf(url) is HostReach.Public or HostReach.Proxy or HostReach.Internal
            ? string.Join(',', url.Hosts.Select(host => host.ToString().ToLowerInvariant())) + "/" + database
            : "local/" + database;
    }

    private static HostReach ReachOf(string host)
    {
        if (LocalNames.Contains(host, StringComparer.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return HostReach.Local;
        }

        if (IPAddress.TryParse(host, out var address))
        {
            return IPAddress.IsLoopback(address) ? HostReach.Local : IsPrivate(address) ? HostReach.Network : HostReach.Public;
        }

        if (PlatformOf(host) is not null)
        {
            return HostReach.Internal;
        }

        if (EndsWithAny(host, Proxies))
        {
            return HostReach.Proxy;
        }

        return !host.Contains('.') || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".lan", StringComparison.OrdinalIgnoreCase)
            ? HostReach.Network
            : HostReach.Public;
    }

    private static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        }

        var bytes = address.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) ||
            (bytes[0] == 169 && bytes[1] == 254);
    }

    private static bool EndsWithAny(string host, ReadOnlySpan<string> suffixes)
    {
        foreach (var suffix in suffixes)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
