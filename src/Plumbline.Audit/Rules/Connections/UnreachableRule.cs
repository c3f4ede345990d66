using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>A database that was asked for and not reached.</summary>
internal sealed class UnreachableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/unreachable",
        Title = "The database could not be reached",
        Severity = Severity.High,
        Needs = [RuleNeed.Database],
        What = """
            A database that `--database` or `--live` asked for and that did not let us in: its name is not known, nothing listens, nobody answers, encryption or login
            fail, or there is no such database. Prisma's code for the same is told: P1000, P1001, P1003, P1010, P1011.
            """,
        Why = "What the database has, and which migrations are applied to it, is not known. All that needs no database was checked all the same.",
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
        Fix = "Mend what the message names: host, port, network, TLS, user, password or the database's name. `plumb url` says where the URL comes from.",
        WhenOff = "Never: leave out `--database` or `--live` where no database is meant to be asked.",
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
            sink.Report(new Observation
            {
                Title = $"The database at {host} could not be reached{(PrismasCode(failure.Failure) is { } code ? $" ({code})" : "")}",
                Message = string.Create(CultureInfo.InvariantCulture, $"{failure.Message} It was tried for {live.Waited.TotalSeconds:0.0} seconds."),
                Impact = "What the database has, and which migrations are applied to it, is not known.",
                Recommendation = "Mend what the message names. plumb url says where the URL comes from.",
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
