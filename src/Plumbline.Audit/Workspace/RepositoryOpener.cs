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
    /// <summary>Opens a workspace.</summary>
    public static Repository Open(string path, AuditConfiguration configuration, CancellationToken cancellation)
    {
        var root = FolderOf(path);
        var repository = Git.FindRepository(root);
        var listing = FileListing.Of(root, repository, cancellation);
        var tree = new FileTree(root, repository ?? root, WithoutIgnored(listing.Paths, configuration, root));

        ImmutableArray<PackageManifest> packages = [.. tree.Files.Where(file => file.Name == "package.json").Select(PackageManifestReader.Read)];
        var finder = new ProjectFinder(tree, configuration, packages);
        var all = finder.Find();
        var projects = all.Where(project => project.Provider is null || Providers.IsPostgreSql(project.Provider)).ToImmutableArray();
        ImmutableArray<Project> others = [.. all.Except(projects)];
        cancellation.ThrowIfCancellationRequested();

        var read = projects.SelectMany(FilesOf).ToList();
        FileReading.ReadAll(read, cancellation);
        var (platform, evidence) = configuration.Platform is { } configured ? (configured, AuditConfiguration.FileName) : PlatformFinder.Find(tree, projects);
        var server = configuration.PostgreSqlVersion is { } version ? new ServerVersion(version, AuditConfiguration.FileName) : ServerVersionFinder.Find(tree);
        var scripts = all.SelectMany(project => project.History?.Migrations ?? []).Select(migration => migration.Script).OfType<WorkspaceFile>();
        var otherSql = others.SelectMany(project => project.History?.StrayFiles ?? []);
        var known = scripts.Concat(otherSql).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return new Repository
        {
            Root = root,
            RepositoryRoot = repository ?? root,
            Files = tree.Files,
            Projects = projects,
            OtherProviderProjects = others,
            UnusedSchemas = finder.UnusedSchemas,
            UnsupportedProjects = finder.UnsupportedProjects,
            SqlFiles = [.. tree.Files.Where(file => file.Path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && !known.Contains(file.Path))],
            Packages = packages,
            NestedRepositories = listing.NestedRepositories,
            Platform = platform,
            PlatformEvidence = evidence,
            PostgreSqlVersion = server?.Major ?? ReplayOptions.Default.PostgreSqlVersion,
            PostgreSqlVersionEvidence = server?.Evidence,
            Diagnostics =
                [.. listing.Diagnostics, .. packages.Select(package => package.Problem).Concat(read.Select(file => file.Problem)).OfType<Diagnostic>()],
        };
    }

    private static string FolderOf(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            return full.Length > 1 ? Path.TrimEndingDirectorySeparator(full) : full;
        }

        throw File.Exists(full)
            ? new InputException($"{path} is a file. Name the folder of the repository; a single source is printed by \"plumb inspect\" and compared by \"plumb diff\".")
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
        var prefix = configuration.Folder is { } folder && folder != root ? Path.GetRelativePath(folder, root).Replace('\\', '/') + "/" : "";
        var ignored = matcher.Match(paths.Select(path => prefix + path)).Files.Select(match => match.Path).ToHashSet(StringComparer.Ordinal);
        return [.. paths.Where(path => !ignored.Contains(prefix + path))];
    }

    private static IEnumerable<WorkspaceFile> FilesOf(Project project) =>
        project.SchemaFiles.Concat((project.History?.Migrations ?? []).Select(migration => migration.Script).OfType<WorkspaceFile>());
}
