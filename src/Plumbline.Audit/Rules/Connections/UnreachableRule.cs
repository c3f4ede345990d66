using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A database could not be reached.</summary>
internal sealed class UnreachableRule : Rule
{
    private const string InsufficientPrivilege = "42501";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/unreachable",
        Title = "The database could not be reached",
        Severity = Severity.High,
        Needs = [RuleNeed.Database],
        What = """
            A database that `--database` or `--live` names and that could not be reached: the host name cannot be resolved, nothing is listening, nothing
            answers, encryption or login fails, or there is no such database. The title shows Prisma's code for the same error: P1000, P1001, P1003,
            P1010, P1011. A database that is reached, but whose catalog or `_prisma_migrations` cannot be read, is reported as that.
            """,
        Why = "The contents of the database and its applied migrations are unknown. Everything that needs no database was still checked.",
        Bad = """
            ```
            P1001: Can't reach database server at postgres.railway.internal:5432
            ```
            """,
        Good = """
            ```
            plumb audit --database postgresql://app@db.example.org:5432/app
            ```
            """,
        Fix = "Fix the problem that the message names: host, port, network, TLS, user, password or database name. `plumb url` shows where the URL comes from.",
        WhenOff = "Never: omit `--database` and `--live` if no database should be checked.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        // Several projects on one database are one failure.
        foreach (var database in context.Options.Databases.GroupBy(d => d.Value.Url.ToString(), StringComparer.Ordinal).OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            var (project, live) = database.OrderBy(d => d.Key, StringComparer.Ordinal).First();
            if (live.Failure is not { Failure: not CatalogFailure.Interrupted } failure)
                continue;

            var host = live.Url.Hosts.FirstOrDefault()?.ToString() ?? "localhost";
            var isReached = live.FailedAt != LiveReading.Connection;
            sink.Report(new Observation
            {
                Title = live.FailedAt switch
                {
                    LiveReading.Connection => $"The database at {host} could not be reached{(PrismasCode(failure.Failure) is { } code ? $" ({code})" : "")}",
                    LiveReading.Catalog => $"The database at {host} could not be read",
                    _ => $"The migration history of the database at {host} could not be read",
                },
                Message = isReached ? failure.Message : string.Create(CultureInfo.InvariantCulture, $"{failure.Message} The attempt took {live.Waited.TotalSeconds:0.0} seconds."),
                Impact = "The contents of the database and its applied migrations are unknown.",
                Recommendation = live.FailedAt == LiveReading.History && failure.SqlState == InsufficientPrivilege
                    ? "Let the role read it, with GRANT SELECT ON _prisma_migrations, or connect as another role."
                    : isReached ? "Fix the problem that the message names." : "Fix the problem that the message names. plumb url shows where the URL comes from.",
                Project = project,
                Subject = new Subject(SubjectKind.Database, live.Url.Database ?? host),
                SqlState = failure.SqlState,
            });
        }
    }

    // Prisma documentation, "Error message reference".
    private static string? PrismasCode(CatalogFailure failure) => failure switch
    {
        CatalogFailure.NameNotFound or CatalogFailure.Refused or CatalogFailure.TimedOut or CatalogFailure.Lost => "P1001",
        CatalogFailure.Login => "P1000",
        CatalogFailure.NoSuchDatabase => "P1003",
        CatalogFailure.Denied => "P1010",
        CatalogFailure.Tls => "P1011",
        _ => null,
    };
}
