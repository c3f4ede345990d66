using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A URL of a remote server has a user and no password.</summary>
internal sealed class NoPasswordRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/no-password",
        Title = "A database URL has no password",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = "URLs of servers that are not on this machine or in a network of containers, with a user and no password. Templates, URLs that use a client certificate, and those that name a service are ignored.",
        Why = "Prisma reads neither `PGPASSWORD` nor a password file. The server refuses the connection (P1000), unless it accepts logins without a password.",
        Bad = """
            ```sh
            DATABASE_URL=postgresql://app@db.shop.dev:5432/shop
            ```
            """,
        Good = """
            ```sh
            DATABASE_URL=postgresql://app:…@db.shop.dev:5432/shop
            ```
            """,
        Fix = "Put the password in the URL, percent-encoded if it contains one of the characters `: / ? # @`.",
        WhenOff = "When something else adds the password before the URL is used, such as a token from the cloud provider.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnUrl(new UrlCheck(CauseOf, Describe));

    private static string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) =>
        UrlObservation.IsUsed(candidate) && UrlObservation.IsRemote(url) && url.User is not null && string.IsNullOrEmpty(url.Password) &&
        url.Parameter("sslcert") is null && url.Parameter("sslidentity") is null && url.Parameter("service") is null && url.Parameter("passfile") is null
            ? $"{url.User}@{url.Hosts[0]}" : null;

    private static Observation Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) => UrlObservation.Draft(
        $"{candidate.Variable} in {candidate.Location!.Path} has no password",
        $"The URL names the user {url.User} on {url.Hosts[0]}.",
        "Prisma does not read the password from anywhere else. The server refuses the connection (P1000), unless it accepts logins without a password.",
        "Put the password in the URL, percent-encoded if it contains one of the characters : / ? # @.");
}
