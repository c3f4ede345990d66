using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>Whether two URLs lead to the same database, as far as the repository tells: one server can have several names.</summary>
internal static class DatabaseAgreement
{
    /// <summary>Whether two candidates lead to the same database; null where that is not known.</summary>
    /// <param name="one">A candidate.</param>
    /// <param name="other">Another one.</param>
    /// <param name="ports">The ports of containers that the machine publishes.</param>
    public static bool? Of(ConnectionCandidate one, ConnectionCandidate other, ImmutableArray<ContainerPort> ports)
    {
        if (one.Url is not { } left || other.Url is not { } right)
            return null;

        if (DatabaseHosts.NameOf(left) != DatabaseHosts.NameOf(right))
            return false;

        var (reach, otherReach) = (DatabaseHosts.ReachOf(left), DatabaseHosts.ReachOf(right));
        if (reach is HostReach.Unknown || otherReach is HostReach.Unknown)
            return reach == otherReach ? true : null;

        // One database has a name inside its platform and another one outside.
        if ((reach == HostReach.Internal) != (otherReach == HostReach.Internal))
            return null;

        if (IsRemote(reach) || IsRemote(otherReach))
            return AreSame(left, right);

        // A job of CI starts servers of its own.
        if ((one.Origin == ConnectionOrigin.ContinuousIntegration) != (other.Origin == ConnectionOrigin.ContinuousIntegration))
            return false;

        if (left.Hosts is not [var host] || right.Hosts is not [var otherHost])
            return AreSame(left, right) ? true : null;

        return (reach, otherReach) switch
        {
            (HostReach.Local, HostReach.Local) => IsContainer(one, host) || IsContainer(other, otherHost) ? null : host.Port == otherHost.Port,
            (HostReach.Local, HostReach.Network) => IsPublished(one, host, otherHost, ports),
            (HostReach.Network, HostReach.Local) => IsPublished(other, otherHost, host, ports),
            _ => !host.Name.Equals(otherHost.Name, StringComparison.OrdinalIgnoreCase) ? null : host.Port == otherHost.Port,
        };
    }

    private static bool IsRemote(HostReach reach) => reach is HostReach.Public or HostReach.Proxy or HostReach.Internal;

    private static bool AreSame(DatabaseUrl left, DatabaseUrl right) =>
        left.Hosts.Select(host => host.ToString()).SequenceEqual(right.Hosts.Select(host => host.ToString()), StringComparer.OrdinalIgnoreCase);

    // To a container, localhost is the container itself; the machine has another name there.
    private static bool IsContainer(ConnectionCandidate candidate, DatabaseHost host) =>
        candidate.Origin is ConnectionOrigin.Compose or ConnectionOrigin.Deployment && !host.Name.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);

    private static bool? IsPublished(ConnectionCandidate candidate, DatabaseHost local, DatabaseHost service, ImmutableArray<ContainerPort> ports) =>
        !IsContainer(candidate, local) && ports.Contains(new ContainerPort(service.Name, local.Port, service.Port)) ? true : null;
}
