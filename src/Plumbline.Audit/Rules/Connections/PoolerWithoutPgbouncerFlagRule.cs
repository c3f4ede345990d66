using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.TypeScript.Usage;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A URL of a pooler in transaction mode lacks pgbouncer=true.</summary>
internal sealed class PoolerWithoutPgbouncerFlagRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/pooler-without-pgbouncer-flag",
        Title = "A URL of a pooler lacks pgbouncer=true",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            URLs of poolers in transaction mode (Supabase on port 6543, DigitalOcean on 25061, PgBouncer on 6432, Neon's `-pooler` before Prisma
            5.10), up to Prisma 6, without `pgbouncer=true`. Not reported where the code adds it (from `DB_PGBOUNCER`), where `statement_cache_size=0` is set
            instead, and for driver adapters.
            """,
        Why = "Prisma prepares a statement on one connection and may get a different connection for its next query. Under load, queries fail occasionally with `prepared statement \"s0\" already exists`.",
        Bad = """
            ```sh
            DATABASE_URL=postgresql://app:…@aws-0-eu-central-1.pooler.supabase.com:6543/postgres
            ```
            """,
        Good = """
            ```sh
            DATABASE_URL=postgresql://app:…@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?pgbouncer=true
            ```
            """,
        Fix = "Add `pgbouncer=true` to the URL, and set `directUrl` to the server itself for migrations.",
        WhenOff = "When the pooler keeps prepared statements (PgBouncer 1.21 with `max_prepared_statements`).",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnUrl(new UrlCheck(CauseOf, Describe));

    private static string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context)
    {
        if (DatabaseHosts.TransactionPoolerOf(url) is null || candidate.Purpose is ConnectionPurpose.Direct or ConnectionPurpose.Shadow ||
            url.Parameter("pgbouncer") == "true" || url.Parameter("statement_cache_size") == "0")
            return null;

        var isAdded = context.Connections.PoolDefaults.Any(own => own.Variable == PoolDefault.PgBouncer);
        return !isAdded && UrlObservation.ProjectsOf(candidate, context).Any(project => NeedsFlag(project, url)) ? url.Hosts[0].ToString() : null;
    }

    private static Observation Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context) => UrlObservation.Draft(
        $"{candidate.Variable} in {candidate.Location!.Path} uses {DatabaseHosts.TransactionPoolerOf(url)} without pgbouncer=true",
        $"{url.Hosts[0]} is a pooler in transaction mode.",
        "Prisma may use a prepared statement on a connection that does not have it, so queries fail occasionally under load.",
        "Add pgbouncer=true to the URL.");

    private static bool NeedsFlag(ProjectConnection project, DatabaseUrl url)
    {
        var version = project.Project.PrismaVersion;
        return version.Major < 7 &&
            project.Project.Package?.Dependencies.Any(d => d.Name.StartsWith("@prisma/adapter-", StringComparison.Ordinal)) != true &&
            (!DatabaseHosts.IsNeonPooler(url.Hosts[0].Name) || version.Major < 5 || (version.Major == 5 && version.Minor < 10));
    }
}
