using System.Collections.Immutable;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Connections;

/// <summary>Finds the environment files of a repository. Git mostly ignores them, so they are looked for on the disk too, where something would read
/// them.</summary>
internal static class EnvironmentFileFinder
{
    /// <summary>The environment files, sorted by path; those above the workspace's root have paths that begin with <c>../</c>.</summary>
    public static ImmutableArray<EnvironmentFile> Find(Repository workspace)
    {
        var found = new Dictionary<string, EnvironmentFile>(StringComparer.Ordinal);
        foreach (var file in workspace.Files)
        {
            if (EnvironmentFile.Of(file) is { } environment)
            {
                found.Add(file.Path, environment);
            }
        }

        foreach (var folder in Folders(workspace))
        {
            foreach (var name in workspace.Source.EnvironmentFiles(Path.Combine(workspace.Root, folder)).Where(EnvironmentFile.IsName))
            {
                var path = RelativePath.Join(folder, name);
                if (!found.ContainsKey(path) && EnvironmentFile.Of(new WorkspaceFile(workspace.Source, path, Path.Combine(workspace.Root, path))) is { } environment)
                {
                    found.Add(path, environment);
                }
            }
        }

        return [.. found.Values.OrderBy(file => file.File.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Folders(Repository workspace)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal) { "" };
        foreach (var package in workspace.Packages)
        {
            folders.Add(package.File.Folder);
        }

        foreach (var project in workspace.Projects)
        {
            var path = project.SchemaPath ?? project.ExpectedMigrationsPath;
            folders.Add(project.IsSchemaFolder ? path : RelativePath.FolderOf(path));
            folders.Add(RelativePath.FolderOf(RelativePath.FolderOf(path)));
        }

        var above = "..";
        for (var full = workspace.Root; full != workspace.RepositoryRoot && Path.GetDirectoryName(full) is { } parent; full = parent)
        {
            folders.Add(above);
            above += "/..";
        }

        return folders;
    }
}
