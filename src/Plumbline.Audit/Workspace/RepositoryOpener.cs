using System.Collections.Immutable;
using Microsoft.Extensions.FileSystemGlobbing;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace;

/// <summary>Looks around in a repository.</summary>
internal static class RepositoryOpener
{
    /// <summary>Opens a workspace, and reads the files of its projects.</summary>
    public static Repository Open(IFileSource source, string path, AuditConfiguration configuration, CancellationToken cancellation)
    {
        var root = FolderOf(source, path);
        var repository = Git.FindRepository(root);
        source = source.Within(repository ?? root);
        var opened = Open(source, root, repository ?? root, source.List(root, repository, cancellation), configuration);
        cancellation.ThrowIfCancellationRequested();
        var read = opened.Projects.SelectMany(FilesOf).ToList();
        FileReading.ReadAll(read, cancellation);
        return opened with { Diagnostics = [.. opened.Diagnostics, .. read.Select(file => file.Problem).OfType<Diagnostic>()] };
    }

    /// <summary>Opens a workspace of which some files are known. Nothing is read that is not needed to find its projects.</summary>
    public static Repository Open(IFileSource source, string root, string repository, FileListing listing, AuditConfiguration configuration)
    {
        source = source.Within(repository);
        var problems = listing.Diagnostics.Where(problem => problem.Code is FileReader.UnreadableCode or FileReader.LinkCode or FileReader.PermissionCode);
        var tree = new FileTree(source, root, repository, WithoutIgnored(listing.Paths, configuration, root))
        {
            FolderLinks = listing.FolderLinks,
            Problems = [.. problems],
            LeftOut = listing.LeftOut,
            NestedRepositories = listing.NestedRepositories,
            MayLackTracked = listing.MayLackTracked,
            IsExcluded = path => WithoutIgnored([path], configuration, root).IsEmpty,
        };
        var manifests = new KindTexts(PackageManifestReader.Kind);
        ImmutableArray<PackageManifest> packages = [.. tree.Files.Where(file => file.Name == "package.json").Select(file => PackageManifestReader.Read(file, manifests))];
        var finder = new ProjectFinder(tree, configuration, packages);
        var all = finder.Find();
        var projects = all.Where(project => project.Provider is null || Providers.IsPostgreSql(project.Provider)).ToImmutableArray();
        ImmutableArray<Project> others = [.. all.Except(projects)];
        var scripts = all.SelectMany(project => project.History?.Migrations ?? []).Select(migration => migration.Script).OfType<WorkspaceFile>();
        var otherSql = others.SelectMany(project => project.History?.StrayFiles ?? []);
        var known = scripts.Concat(otherSql).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return new Repository
        {
            Source = source,
            Root = root,
            RepositoryRoot = repository,
            Files = tree.WithIncluded,
            Projects = projects,
            OtherProviderProjects = others,
            UnusedSchemas = finder.UnusedSchemas,
            UnsupportedProjects = finder.UnsupportedProjects,
            SqlFiles = [.. tree.Files.Where(file => file.Path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && !known.Contains(file.Path))],
            Packages = packages,
            TooManyProjects = finder.TooMany,
            NestedRepositories = listing.NestedRepositories,
            LazyPlatform = new(() => configuration.Platform is { } platform ? (platform, AuditConfiguration.FileName) : PlatformFinder.Find(tree, projects)),
            LazyServer = new(() => ServerOf(tree, configuration)),
            Diagnostics = [.. listing.Diagnostics, .. Misnamed(tree, configuration), .. packages.Select(package => package.Problem).OfType<Diagnostic>().Distinct(), .. finder.ConfigProblems],
        };
    }

    private static IEnumerable<Diagnostic> Misnamed(FileTree tree, AuditConfiguration configuration) =>
        configuration.Folder is null && tree.Find(AuditConfiguration.OtherName) is not null
            ? [new Diagnostic(DiagnosticSeverity.Warning, "configuration-name", $"{AuditConfiguration.OtherName} is not read; rename it to {AuditConfiguration.FileName}.", SourceLocation.StartOf(AuditConfiguration.OtherName))]
            : [];

    private static (int Version, string? Evidence, ImmutableArray<Diagnostic> Exceeded) ServerOf(FileTree tree, AuditConfiguration configuration)
    {
        ImmutableArray<Diagnostic> exceeded = [];
        var server = configuration.PostgreSqlVersion is { } version ? new ServerVersion(version, AuditConfiguration.FileName) : ServerVersionFinder.Find(tree, out exceeded);
        return (server?.Major ?? ReplayOptions.Default.PostgreSqlVersion, server?.Evidence, exceeded);
    }

    private static string FolderOf(IFileSource source, string path)
    {
        var full = Path.GetFullPath(path);
        if (source.FolderExists(full))
        {
            return full.Length > 1 ? Path.TrimEndingDirectorySeparator(full) : full;
        }

        throw source.LengthOf(full) is not null
            ? new InputException($"{path} is a file. Pass the folder of the repository. To print or compare a single source, use \"plumb inspect\" or \"plumb diff\".")
            : new InputException($"{path} does not exist.");
    }

    private static ImmutableArray<string> WithoutIgnored(ImmutableArray<string> paths, AuditConfiguration configuration, string root)
    {
        if (configuration.Ignore.IsEmpty)
        {
            return paths;
        }

        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(configuration.Ignore);

        // The patterns are relative to the folder of the configuration, which may lie above.
        var prefix = configuration.Folder is { } folder && folder != root ? RelativePath.Between(folder, root) + "/" : "";
        var ignored = matcher.Match(paths.Select(path => prefix + path)).Files.Select(match => match.Path).ToHashSet(StringComparer.Ordinal);
        return [.. paths.Where(path => !ignored.Contains(prefix + path))];
    }

    private static IEnumerable<WorkspaceFile> FilesOf(Project project) =>
        project.SchemaFiles.Concat((project.History?.Migrations ?? []).Select(migration => migration.Script).OfType<WorkspaceFile>());
}
