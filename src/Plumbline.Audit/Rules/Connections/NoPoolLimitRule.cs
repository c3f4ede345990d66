using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.TypeScript.Usage;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A URL of a hosted server says nothing about how many connections a process may open.</summary>
internal sealed class NoPoolLimitRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/no-pool-limit",
        Title = "A database URL sets no limit for its connections",
        Severity = Severity.Low,
        Needs = [RuleNeed.Repository],
        What = """
            URLs of hosted servers for the application's queries without `connection_limit`, up to Prisma 6. Quiet for servers of a developer's own, templates, tests, poolers, and where the
            code sets the limit (from `DB_POOL_SIZE`), or a driver adapter does.
            """,
        Why = "Prisma then opens two connections for each processor and one more, in every process. Several instances, or functions that start by the dozen, use up what the server has.",
        Bad = """
            ```sh
            DATABASE_URL=postgresql://app:…@db.shop.dev:5432/shop
            ```
            """,
        Good = """
            ```sh
            DATABASE_URL=postgresql://app:…@db.shop.dev:5432/shop?connection_limit=10
            ```
            """,
        Fix = "Add `connection_limit`: what the server allows, less a reserve, divided by the number of processes; 1 for functions.",
        WhenOff = "When one process uses the database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnUrl(new UrlCheck(CauseOf, Describe));

    private static string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) =>
        candidate.Origin is not (ConnectionOrigin.Template or ConnectionOrigin.ContinuousIntegration) && candidate.Purpose == ConnectionPurpose.Main &&
            candidate.Environment is not ("test" or "development") &&
        UrlObservation.IsRemote(url) && DatabaseHosts.TransactionPoolerOf(url) is null && url.Parameter("connection_limit") is null &&
        !context.Connections.PoolDefaults.Any(own => own.Variable == PoolDefault.Size) && UrlObservation.ProjectsOf(candidate, context).Any(UsesPrismasPool)
            ? url.Hosts[0].ToString() : null;

    private static Observation Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) => UrlObservation.Draft(
        $"{candidate.Variable} in {candidate.Location!.Path} sets no limit for its connections",
        $"The URL of {url.Hosts[0]} has no connection_limit.",
        "Every process opens two connections for each processor and one more; several of them may use up what the server has.",
        "Add connection_limit: what the server allows, less a reserve, divided by the number of processes.");

    private static bool UsesPrismasPool(ProjectConnection project) =>
        project.Project.PrismaVersion.Major < 7 &&
            project.Project.Package?.Dependencies.Any(d => d.Name.StartsWith("@prisma/adapter-", StringComparison.Ordinal)) != true;
}
