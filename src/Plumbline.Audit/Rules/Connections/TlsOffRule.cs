using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A connection over public networks is not encrypted.</summary>
internal sealed class TlsOffRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/tls-off",
        Title = "A connection over public networks is not encrypted",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = "URLs of public hosts with `sslmode=disable` or `ssl=false`. The local machine, private networks and a platform's internal network are ignored, and so are URLs without such a setting: Prisma then tries to encrypt.",
        Why = "The password and every row can be read in transit.",
        Bad = """
            ```sh
            DATABASE_URL=postgresql://app:…@db.shop.dev:5432/shop?sslmode=disable
            ```
            """,
        Good = """
            ```sh
            DATABASE_URL=postgresql://app:…@db.shop.dev:5432/shop?sslmode=require
            ```
            """,
        Fix = "Use `sslmode=require`, or `verify-full` with `sslrootcert`. If the server does not support TLS, enable it there.",
        WhenOff = "When the connection goes through a tunnel.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnUrl(new UrlCheck(CauseOf, Describe));

    private static string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) =>
        DatabaseHosts.ReachOf(url) is HostReach.Public or HostReach.Proxy &&
            (url.Parameter("sslmode") == "disable" || (url.Parameter("sslmode") is null && url.Parameter("ssl") is "false" or "0"))
            ? url.Hosts[0].ToString() : null;

    private static Observation Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) => UrlObservation.Draft(
        $"{candidate.Variable} in {candidate.Location!.Path} disables encryption for {url.Hosts[0].Name}",
        $"{url.Hosts[0]} is reached over public networks, and {(url.Parameter("sslmode") is null ? "ssl=false" : "sslmode=disable")} is set in the URL.",
        "The password and every row can be read in transit.",
        "Use sslmode=require, or verify-full with sslrootcert.");
}
