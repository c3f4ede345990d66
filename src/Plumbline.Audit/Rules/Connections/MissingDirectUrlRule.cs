using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>Migrations would run through a pooler, because no direct URL is configured.</summary>
internal sealed class MissingDirectUrlRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/missing-direct-url",
        Title = "Migrations would run through a pooler",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Repository],
        What = "URLs of poolers in transaction mode, where neither `directUrl` of the schema nor `prisma.config.ts` names another variable for migrations.",
        Why = "Migrations take an advisory lock and change session settings. Through such a pooler the lock is taken on one connection and released on another, so migrations can hang or fail halfway.",
        Bad = """
            ```prisma
            datasource db {
              provider = "postgresql"
              url      = env("DATABASE_URL") // …pooler.supabase.com:6543
            }
            ```
            """,
        Good = """
            ```prisma
            datasource db {
              provider  = "postgresql"
              url       = env("DATABASE_URL")
              directUrl = env("DIRECT_URL")
            }
            ```
            """,
        Fix = "Add `directUrl` with the URL of the server itself. From Prisma 7 on, set that URL in `prisma.config.ts`.",
        WhenOff = "When migrations are run with a different `DATABASE_URL`.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnUrl(new UrlCheck(CauseOf, Describe));

    private static string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) =>
        candidate.Purpose == ConnectionPurpose.Main && DatabaseHosts.TransactionPoolerOf(url) is not null &&
            candidate.Origin is not ConnectionOrigin.ContinuousIntegration &&
        UrlObservation.ProjectsOf(candidate, context).Any(project => project.DirectUrl.IsEmpty && project.Url.Length == 1 && project.Url[0].Variable == candidate.Variable)
            ? url.Hosts[0].ToString() : null;

    private static Observation Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) => UrlObservation.Draft(
        $"Migrations would run through {DatabaseHosts.TransactionPoolerOf(url)}, which {candidate.Variable} in {candidate.Location!.Path} names",
        $"{url.Hosts[0]} is a pooler in transaction mode, and no direct URL of the server is configured.",
        "prisma migrate takes its lock on one connection and releases it on another, so it can hang or fail halfway.",
        "Add directUrl with the URL of the server itself to the datasource. From Prisma 7 on, set that URL in prisma.config.ts.");
}
