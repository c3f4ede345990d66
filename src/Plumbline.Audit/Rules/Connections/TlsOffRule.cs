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
        What = "URLs of public hosts with `sslmode=disable` or `ssl=false`. This machine, private networks and a platform's internal network are left alone, and so are URLs that say nothing: Prisma then tries to encrypt.",
        Why = "The password and every row can be read on the way.",
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
        Fix = "Write `sslmode=require`, or `verify-full` with `sslrootcert`; where the server does not offer it, switch it on there.",
        WhenOff = "When the connection goes through a tunnel.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnUrl(new UrlCheck(CauseOf, Describe));

    private static string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) =>
        DatabaseHosts.ReachOf(url) is HostReach.Public or HostReach.Proxy &&
            (url.Parameter("sslmode") == "disable" || (url.Parameter("sslmode") is null && url.Parameter("ssl") is "false" or "0"))
            ? url.Hosts[0].ToString() : null;

    private static Observation Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) => UrlObservation.Draft(
        $"{candidate.Variable} in {candidate.Location!.Path} switches encryption off for {url.Hosts[0].Name}",
        $"{url.Hosts[0]} is reached over public networks, and {(url.Parameter("sslmode") is null ? "ssl=false" : "sslmode=disable")} stands in the URL.",
        "The password and every row can be read on the way.",
        "Write sslmode=require, or verify-full with sslrootcert.");
}
