using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.TypeScript.Usage;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A URL of a hosted server does not limit the connections of a process.</summary>
internal sealed class NoPoolLimitRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/no-pool-limit",
        Title = "A database URL has no connection limit",
        Severity = Severity.Low,
        Needs = [RuleNeed.Repository],
        What = """
            URLs of hosted servers for the application's queries without `connection_limit`, up to Prisma 6. Local servers, templates, tests and
            poolers are ignored, and so are projects whose code (`DB_POOL_SIZE`) or driver adapter sets the limit.
            """,
        Why = "Prisma then opens up to twice the number of processors plus one connections in every process. Several instances, or dozens of serverless functions, exhaust the server's connections.",
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
        Fix = "Add `connection_limit`: the server's limit, less a reserve, divided by the number of processes. Use 1 for serverless functions.",
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
        $"{candidate.Variable} in {candidate.Location!.Path} sets no connection limit",
        $"The URL of {url.Hosts[0]} has no connection_limit.",
        "Every process opens up to twice the number of processors plus one connections. Several processes can exhaust the server's connections.",
        "Add connection_limit: the server's limit, less a reserve, divided by the number of processes.");

    private static bool UsesPrismasPool(ProjectConnection project) =>
        project.Project.PrismaVersion.Major < 7 &&
            project.Project.Package?.Dependencies.Any(d => d.Name.StartsWith("@prisma/adapter-", StringComparison.Ordinal)) != true;
}
