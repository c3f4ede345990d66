using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A URL names a host that answers inside the hosting platform only, in a file that is used outside of it.</summary>
internal sealed class InternalHostUnreachableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/internal-host-unreachable",
        Title = "A database URL names a host that answers inside the hosting platform only",
        Severity = Severity.High,
        Needs = [RuleNeed.Repository],
        What = """
            Hosts of a platform's private network (`*.railway.internal`, `*.flycast`, `*.svc.cluster.local`, Render's `dpg-…`) in files that are read elsewhere: `.env` and its like on a
            developer's machine, and continuous integration. Where a public URL stands beside (`DATABASE_PUBLIC_URL`), code may take that one, but Prisma's own commands do not: then it is
            of medium severity. Files that tell how to deploy are read inside the platform, and templates by nobody.
            """,
        Why = "Outside of the platform nobody knows the name. Migrations and scripts end in P1001, and the time-out is long.",
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
        Fix = "Use the platform's public host here, and keep the internal one for the variables that are set in the platform.",
        WhenOff = "When the file is read inside the platform only, or a tunnel makes the name known.",
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
            $"{candidate.Variable} in {candidate.Location!.Path} names {host}, which answers inside {platform} only",
            $"The host {host} is known in the private network of {platform} only, and {candidate.Location.Path} is read outside of it."
                + (hasPublic ? $" {publicName} stands beside it; Prisma's own commands do not look there." : ""),
            hasPublic
                ? "prisma migrate and the other commands of Prisma end in P1001 (can't reach the database server)."
                : "Whatever uses the URL here ends in P1001 (can't reach the database server).",
            hasPublic ? $"Run Prisma's commands with {candidate.Variable} set to the value of {publicName}, or exchange the two in this file." : $"Name the public host of the database in {candidate.Location.Path}.") with
        { Severity = hasPublic ? Severity.Medium : null };
    }
}
