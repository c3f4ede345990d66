using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>One variable leads to several databases, by where it is set.</summary>
internal sealed class SeveralUrlsRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "connection/several-urls",
        Title = "Several places name different databases",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Repository],
        What = """
            The places of one project that set the variable of its database: committed environment files and templates for no environment in particular, the schema, `prisma.config.ts` and
            the defaults in code. Those that name different databases are one finding. Where only continuous integration, Docker Compose or a deployment names another database, that is
            mostly meant, and the finding is an info. All names of one's own machine and of containers beside it are one; placeholders count nowhere, and neither do files for one environment.
            """,
        Why = "Which database a command reaches then depends on who runs it and from where. What was tried on one is found missing on the other.",
        Bad = """
            ```sh
            # .env.example
            DATABASE_URL=postgresql://app:…@localhost:5432/shop
            # src/env.ts: process.env.DATABASE_URL ?? 'postgresql://app:…@localhost:5432/shop_dev'
            ```
            """,
        Good = """
            ```sh
            # .env.example; the code has no default of its own
            DATABASE_URL=postgresql://app:…@localhost:5432/shop
            ```
            """,
        Fix = "Name the database in one place, and let the others refer to it. Give each environment a file of its own.",
        WhenOff = "When the differences are meant.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var committed = context.Repository.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var reported = new HashSet<ConnectionCandidate>(ReferenceEqualityComparer.Instance);
        var byProject = context.Connections.Projects.Select(project => (
            Project: project, Places: context.Connections.Candidates.Where(candidate => IsAbout(candidate, project, context, committed)).ToList()));
        foreach (var (project, places) in byProject.OrderByDescending(pair => pair.Places.Count))
        {
            // Projects that share files share what is wrong with them.
            if (places.TrueForAll(reported.Contains))
                continue;

            var own = Databases(places.Where(IsForEveryone));
            var all = Databases(places);
            if (all.Count < 2)
                continue;

            var isConflict = own.Count > 1;
            var shown = isConflict ? places.Where(IsForEveryone).ToList() : places;
            var databases = isConflict ? own : all;
            reported.UnionWith(places);
            sink.Report(new Observation
            {
                Severity = isConflict ? null : Severity.Info,
                Title = $"{databases.Count} databases are named for {places[0].Variable}: {string.Join(", ", databases)}",
                Message = string.Join(" ", databases.Select(database => $"{database}: {string.Join(", ", shown.Where(place => DatabaseHosts.PlaceOf(place.Url!) == database).Select(place => place.Location!.Path).Distinct(StringComparer.Ordinal))}.")),
                Impact = isConflict
                    ? "Which database a command reaches depends on who runs it and from where."
                    : "What runs there works on another database than a developer's commands do; that is mostly meant.",
                Recommendation = isConflict
                    ? "Name the database in one place, and let the others refer to it."
                    : "Nothing, where it is meant. \"plumb url\" lists every place.",
                Project = project.Project.Name,
                Subject = new Subject(SubjectKind.Environment, places[0].Variable),
                Locations = [.. shown.Select(UrlObservation.LocationOf)],
            });
        }
    }

    private static List<string> Databases(IEnumerable<ConnectionCandidate> places) =>
        [.. places.Select(place => DatabaseHosts.PlaceOf(place.Url!)).Distinct(StringComparer.Ordinal)];

    private static bool IsForEveryone(ConnectionCandidate candidate) =>
        candidate.Origin is ConnectionOrigin.DotEnv or ConnectionOrigin.Template or ConnectionOrigin.PrismaConfig or ConnectionOrigin.PrismaSchema or ConnectionOrigin.Code;

    private static bool IsAbout(ConnectionCandidate candidate, ProjectConnection project, RepositoryFacts context, HashSet<string> committed)
    {
        if (candidate.Url is null || candidate.Purpose != ConnectionPurpose.Main || candidate.Environment is not (null or "development") ||
            ConnectionText.IsPlaceholder(candidate) ||
            candidate.Origin is ConnectionOrigin.LocalFile or ConnectionOrigin.ModeFile || !committed.Contains(candidate.Location!.Path))
        {
            return false;
        }

        // The host inside the platform and the one outside of it are one server.
        if (DatabaseHosts.ReachOf(candidate.Url) == HostReach.Internal)
            return false;

        // A package of its own may have a database of its own.
        var owner = context.ProjectOf(candidate.Location.Path)?.Project;
        var isShared = candidate.Origin is ConnectionOrigin.Compose or ConnectionOrigin.ContinuousIntegration or ConnectionOrigin.Deployment;
        var package = context.Repository.Packages.Where(p => RelativePath.IsWithin(candidate.Location.Path, p.File.Folder)).MaxBy(p => p.File.Folder.Length)?.File.Folder ?? "";
        var isOwn = package.Length == 0 || package == project.Project.Package?.File.Folder ||
            (project.Project.Package?.File.Folder is { } folder && RelativePath.IsWithin(folder, package));
        return (owner is null || owner == project.Project) && (isShared || isOwn);
    }
}
