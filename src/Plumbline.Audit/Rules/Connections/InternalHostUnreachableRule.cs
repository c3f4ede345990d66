using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A URL names a host that is only reachable inside the hosting platform, in a file that is used outside of it.</summary>
internal sealed class InternalHostUnreachableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/internal-host-unreachable",
        Title = "A database URL names a host that is only reachable inside the hosting platform",
        Severity = Severity.High,
        Needs = [RuleNeed.Repository],
        What = """
            Hosts of a platform's private network (`*.railway.internal`, `*.flycast`, `*.svc.cluster.local`, Render's `dpg-…`) in files that are read
            outside the platform: `.env` files on a developer's machine, and CI configuration. If a public URL is set in the same file
            (`DATABASE_PUBLIC_URL`), the severity is medium: code may use that one, but Prisma's own commands do not. Deployment files and templates
            are ignored.
            """,
        Why = "The name cannot be resolved outside the platform. Migrations and scripts fail with P1001 after a long timeout.",
        Bad = """
            ```sh
            DATABASE_URL=postgresql://app:…@postgres.railway.internal:5432/railway
            ```
            """,
        Good = """
            ```sh
            DATABASE_URL=postgresql://app:…@monorail.proxy.rlwy.net:41234/railway
            ```
            """,
        Fix = "Use the platform's public host in the file, and the internal host in variables that are set on the platform.",
        WhenOff = "When the file is only read inside the platform, or a tunnel makes the host reachable.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnUrl(new UrlCheck(CauseOf, Describe));

    private static string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context)
    {
        if (candidate.Origin is not (ConnectionOrigin.DotEnv or ConnectionOrigin.LocalFile or ConnectionOrigin.ContinuousIntegration or ConnectionOrigin.ModeFile) ||
            candidate.Environment is "production" or "staging")
        {
            return null;
        }

        // A company's own network may have names that end in .internal; a tunnel or the office reaches them.
        var host = url.Hosts[0].Name;
        return DatabaseHosts.ReachOf(url) == HostReach.Internal && DatabaseHosts.PlatformOf(host) is { } platform && platform != DatabaseHosts.SomePlatform
            ? host
            : null;
    }

    private static Observation Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context)
    {
        var host = url.Hosts[0].Name;
        var platform = DatabaseHosts.PlatformOf(host);
        var publicName = ConnectionVariables.PublicOf(candidate.Variable);
        var hasPublic = context.Connections.Candidates.Any(other => other.Location!.Path == candidate.Location!.Path && other.Variable == publicName &&
            other.Url is not null);
        return UrlObservation.Draft(
            $"{candidate.Variable} in {candidate.Location!.Path} names {host}, which is only reachable inside {platform}",
            $"{host} belongs to the private network of {platform}, and {candidate.Location.Path} is read outside of it."
                + (hasPublic ? $" {publicName} is set in the same file, but Prisma's own commands do not use it." : ""),
            hasPublic
                ? "prisma migrate and other Prisma commands fail with P1001 (can't reach the database server)."
                : "Everything that uses the URL here fails with P1001 (can't reach the database server).",
            hasPublic ? $"Run Prisma's commands with {candidate.Variable} set to the value of {publicName}, or swap the two in this file." : $"Use the public host of the database in {candidate.Location.Path}.") with
        { Severity = hasPublic ? Severity.Medium : null };
    }
}
