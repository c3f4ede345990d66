using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Connections;

/// <summary>One variable names different databases in different places.</summary>
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
            Places of one project that set the variable of its database: committed environment files and templates that are not for one environment,
            the schema, `prisma.config.ts` and defaults in code. Places that name different databases are one finding. If only CI, Docker Compose or a
            deployment names a different database, the severity is info, because that is usually intended. All names of the local machine and of
            containers count as one host. Placeholders, files for one environment and other packages are ignored.
            """,
        Why = "The database that a command uses then depends on who runs it and where. A change that was tested on one database may be missing on the other.",
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
        Fix = "Set the URL in one place, and refer to it everywhere else. Give each environment its own file.",
        WhenOff = "When the differences are intended.",
    };

    private static readonly RepositoryFact<HashSet<string>> Units =
        new(repository => repository.Files.Where(file => file.Name is "package.json" or "project.json").Select(file => file.Folder).ToHashSet(StringComparer.Ordinal));

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var committed = context.Repository.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var reported = new HashSet<ConnectionCandidate>(ReferenceEqualityComparer.Instance);
        var projectsOf = new Dictionary<string, HashSet<ProjectConnection>>(StringComparer.Ordinal);
        ImmutableArray<Place> known = [.. context.Connections.Candidates.Where(candidate => IsKnown(candidate, committed)).Select(candidate => PlaceOf(candidate, projectsOf, context))];
        var byProject = context.Connections.Projects.Select(project => (
            Project: project, Places: Nearest([.. known.Where(place => IsAbout(place, project)).Select(place => place.Candidate)], project, context)));
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
            var placesOf = shown.ToLookup(place => DatabaseHosts.PlaceOf(place.Url!), place => place.Location!.Path, StringComparer.Ordinal);
            reported.UnionWith(places);
            sink.Report(new Observation
            {
                Severity = isConflict ? null : Severity.Info,
                Title = $"{databases.Count} databases are configured for {places[0].Variable}: {NameList.Of(databases)}",
                Message = string.Join(" ", databases.Take(NameList.Named).Select(database => $"{database}: {NameList.Of([.. placesOf[database].Distinct(StringComparer.Ordinal)])}.")) + (databases.Count > NameList.Named ? $" {databases.Count - NameList.Named} more are named too." : ""),
                Impact = isConflict
                    ? "The database that a command uses depends on who runs it and where."
                    : "CI, Compose or the deployment uses a different database than a developer's commands. That is usually intended.",
                Recommendation = isConflict
                    ? "Set the URL in one place, and refer to it everywhere else."
                    : "Nothing needs to be done if this is intended. \"plumb url\" lists every place.",
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

    // What is known of a place before it is compared with each project.
    private sealed record Place(ConnectionCandidate Candidate, HashSet<ProjectConnection> Projects, Project? Owner, string Unit, bool IsShared);

    // The host inside the platform and the one outside of it are one server.
    private static bool IsKnown(ConnectionCandidate candidate, HashSet<string> committed) =>
        candidate.Url is not null && candidate.Purpose == ConnectionPurpose.Main && candidate.Environment is null or "development" && !ConnectionText.IsPlaceholder(candidate) &&
        candidate.Origin is not (ConnectionOrigin.LocalFile or ConnectionOrigin.ModeFile) && committed.Contains(candidate.Location!.Path) &&
        DatabaseHosts.ReachOf(candidate.Url) != HostReach.Internal;

    private static Place PlaceOf(ConnectionCandidate candidate, Dictionary<string, HashSet<ProjectConnection>> projectsOf, RepositoryFacts context)
    {
        if (!projectsOf.TryGetValue(candidate.Variable, out var projects))
        {
            projects = UrlObservation.ProjectsOf(candidate, context).ToHashSet<ProjectConnection>(ReferenceEqualityComparer.Instance);
            projectsOf.Add(candidate.Variable, projects);
        }

        var isShared = candidate.Origin is ConnectionOrigin.Compose or ConnectionOrigin.ContinuousIntegration or ConnectionOrigin.Deployment;
        return new Place(candidate, projects, context.ProjectOf(candidate.Location!.Path)?.Project, UnitOf(candidate.Location.Path, context), isShared);
    }

    // A package of its own may have a database of its own.
    private static bool IsAbout(Place place, ProjectConnection project) =>
        (place.Owner is null || ReferenceEquals(place.Owner, project.Project)) && (place.IsShared || place.Unit.Length == 0 || RelativePath.IsWithin(HomeOf(project), place.Unit)) &&
        place.Projects.Contains(project);

    // Environment files that a command of the project reads lie in a folder around its schema; in a repository of several packages, those of the package hide the repository's.
    private static List<ConnectionCandidate> Nearest(List<ConnectionCandidate> places, ProjectConnection project, RepositoryFacts context)
    {
        var home = HomeOf(project);
        var unit = UnitOf(home, context);
        places.RemoveAll(place => IsEnvironmentFile(place) && !RelativePath.IsWithin(home, RelativePath.FolderOf(place.Location!.Path)) &&
            (unit.Length == 0 || !RelativePath.IsWithin(place.Location.Path, unit)));
        return unit.Length > 0 && places.Exists(place => IsEnvironmentFile(place) && RelativePath.FolderOf(place.Location!.Path).Length > 0)
            ? places.FindAll(place => !IsEnvironmentFile(place) || RelativePath.FolderOf(place.Location!.Path).Length > 0)
            : places;
    }

    private static bool IsEnvironmentFile(ConnectionCandidate place) => place.Origin is ConnectionOrigin.DotEnv or ConnectionOrigin.Template;

    private static string HomeOf(ProjectConnection project) => project.Project.SchemaPath ?? project.Project.Package?.File.Path ?? "";

    // The innermost folder that is a package for itself: by its package.json, or by the project.json of Nx, whose packages may have no other file.
    private static string UnitOf(string path, RepositoryFacts context)
    {
        var units = Units.Of(context.Repository);
        var folder = path;
        while (folder.Length > 0 && !units.Contains(folder))
            folder = RelativePath.FolderOf(folder);

        return folder;
    }
}
