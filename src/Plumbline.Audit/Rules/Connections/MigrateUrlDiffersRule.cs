using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>Migrations would run on a different database than the application's queries.</summary>
internal sealed class MigrateUrlDiffersRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/migrate-url-differs",
        Title = "Migrations would run on a different database than the application",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Repository],
        What = """
            Three cases in which the databases differ: a framework that reads `.env.local` before `.env`, where Prisma reads `.env` alone; `url` and
            `directUrl` of one environment file that name different databases; and a `prisma.config.ts` whose variable names a different database than
            the schema's. A direct URL to another host or port of the same database is fine.
            """,
        Why = "A migration is applied to a database that the application does not use, or to one that should not change.",
        Bad = """
            ```sh
            # .env, which prisma migrate reads
            DATABASE_URL=postgresql://app:…@localhost:5432/shop
            # .env.local, which Next.js reads first
            DATABASE_URL=postgresql://app:…@db.shop.dev:5432/shop
            ```
            """,
        Good = """
            ```json
            { "scripts": { "migrate": "dotenv -e .env.local -e .env -- prisma migrate dev" } }
            ```
            """,
        Fix = "Make Prisma read the same files in the same order as the application, with `dotenv -e` or in `prisma.config.ts`.",
        WhenOff = "When migrations are never run from this repository.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var project in context.Connections.Projects)
        {
            CheckFramework(project, context, sink);
            CheckConfiguration(project, context, sink);
        }

        foreach (var file in context.Connections.EnvironmentFiles)
            CheckDirect(file, context, sink);
    }

    private static void CheckFramework(ProjectConnection project, RepositoryFacts context, ObservationSink sink)
    {
        if (!project.PrismaReadsFiles)
            return;

        foreach (var reference in project.Url)
        {
            if (reference.Variable is not { } variable || First(project.PrismaFiles, variable, context) is not { } forPrisma ||
                First(project.ApplicationFiles, variable, context) is not { } forApplication)
                continue;

            if (PlaceOf(forPrisma) != PlaceOf(forApplication))
                Add(
                    project,
                    forPrisma,
                    forApplication,
                    $"Prisma reads {forPrisma.Location!.Path}, and {project.Framework} reads {forApplication.Location!.Path} first.",
                    sink);

            return;
        }
    }

    private static void CheckConfiguration(ProjectConnection project, RepositoryFacts context, ObservationSink sink)
    {
        if (project.Config is not { Url.IsEmpty: false } config || project.SchemaUrl is not [{ Variable: { } forClient }] ||
            config.Url.Any(r => r.Variable == forClient || (r.Variable is { } name && ConnectionVariables.IsDirect(name))))
            return;

        foreach (var reference in config.Url)
        {
            if (reference.Variable is { } forCli && First(project.PrismaFiles, forCli, context) is { } cli &&
                First(project.PrismaFiles, forClient, context) is { } client)
            {
                if (PlaceOf(cli) != PlaceOf(client))
                    Add(project, cli, client, $"{config.Path} reads {forCli}, and the schema reads {forClient}.", sink);

                return;
            }
        }
    }

    private static void CheckDirect(EnvironmentFile file, RepositoryFacts context, ObservationSink sink)
    {
        foreach (var project in context.Connections.Projects)
        {
            if (project.DirectUrl is not [{ Variable: { } direct }] || project.Url is not [{ Variable: { } main }] ||
                Known(context.Connections.In(file, main)) is not { } forApplication || Known(context.Connections.In(file, direct)) is not { } forPrisma)
            {
                continue;
            }

            if (forApplication.Url!.Database is { } one && forPrisma.Url!.Database is { } other && one != other)
                Add(
                    project,
                    forPrisma,
                    forApplication,
                    $"directUrl reads {direct}, which names the database {other}; url reads {main}, which names {one}.",
                    sink);

            return;
        }
    }

    private static void Add(
        ProjectConnection project, ConnectionCandidate forPrisma, ConnectionCandidate forApplication, string how, ObservationSink sink) =>
        sink.Report(new Observation
        {
            Title = $"Migrations would run on {PlaceOf(forPrisma)}, and the application on {PlaceOf(forApplication)}",
            Message = how,
            Impact = "A migration is applied to a database that the application does not use, or to one that should not change.",
            Recommendation = "Make Prisma read the same files in the same order as the application, with dotenv -e in the script or in prisma.config.ts.",
            Project = project.Project.Name,
            Subject = new Subject(SubjectKind.Environment, forApplication.Variable),
            Locations = [UrlObservation.LocationOf(forApplication), UrlObservation.LocationOf(forPrisma)],
            Discriminator = forPrisma.Location!.Path + forPrisma.Variable,
        });

    private static ConnectionCandidate? First(IEnumerable<EnvironmentFile> files, string variable, RepositoryFacts context)
    {
        foreach (var file in files)
        {
            if (context.Connections.In(file, variable) is { } found)
                return Known(found);
        }

        return null;
    }

    private static ConnectionCandidate? Known(ConnectionCandidate? candidate) =>
        candidate?.Url is null || ConnectionText.IsPlaceholder(candidate) ? null : candidate;

    // One's own machine may run several servers, on several ports.
    private static string PlaceOf(ConnectionCandidate candidate) =>
        DatabaseHosts.PlaceOf(candidate.Url!) is var place && place.StartsWith("local/", StringComparison.Ordinal) && !candidate.Url!.Hosts.IsEmpty
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(DatabaseHosts.ReachOf(candidate.Url) == HostReach.Local ? "localhost" : candidate.Url.Hosts[0].Name)}:{candidate.Url.Hosts[0].Port}{place[5..]}")
            : place;
}
