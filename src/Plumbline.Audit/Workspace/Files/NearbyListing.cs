using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// Lists some files of a repository without asking git, for those who want to read one source and not the whole repository: the files that git tracks, and new ones
/// in the folders around the source.
/// </summary>
internal static class NearbyListing
{
    // Folders beside a package's files that hold what is looked for.
    private static readonly string[] Beside = ["", ".config", "supabase", ".github/workflows", "prisma"];

    /// <summary>Lists the files.</summary>
    /// <param name="repository">Full path of the repository.</param>
    /// <param name="folders">Full paths of the folders that sources lie in.</param>
    /// <param name="isWanted">Whether a path is one of the files.</param>
    /// <param name="boundary">What the links of the repository must stay in.</param>
    /// <param name="cancellation">Ends the listing.</param>
    public static FileListing Of(
        string repository, IReadOnlyCollection<string> folders, Func<string, bool> isWanted, TreeBoundary boundary, CancellationToken cancellation)
    {
        var isRepository = Git.IsRepository(repository);
        if (!isRepository || GitRepository.FolderOf(repository) is not { } folderOfGit || GitIndex.Read(folderOfGit) is not { Count: > 0 } tracked)
        {
            var all = FileListing.Of(repository, isRepository ? repository : null, boundary, cancellation);
            return all with { Paths = [.. all.Paths.Where(isWanted)] };
        }

        var paths = new SortedSet<string>(StringComparer.Ordinal);
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        var diagnostics = new List<Diagnostic>();
        var links = new FolderLinks(repository, boundary, diagnostics);
        foreach (var (path, kind) in tracked)
        {
            if (kind == TrackedKind.Submodule || (kind == TrackedKind.Link && links.Add(path)))
            {
                continue;
            }

            var isNeverRead = FileListing.IsNeverRead(path);
            if (isWanted(path) && (!isNeverRead || FileListing.MayCount(path)) && FileStatus.Of(Path.Combine(repository, path)) is not (FileKind.Missing or FileKind.Folder))
            {
                _ = isNeverRead ? leftOut.Add(path) : paths.Add(path);
            }
        }

        var ignored = new IgnoredPaths(repository);
        foreach (var folder in folders.SelectMany(folder => Around(repository, folder)).Distinct(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            paths.UnionWith(NewFiles(repository, folder).Where(path => isWanted(path) && !paths.Contains(path) && !ignored.Contains(path)));
        }

        return new FileListing([.. paths], [], [.. diagnostics]) { FolderLinks = links.Inside, LeftOut = [.. leftOut] };
    }

    private static IEnumerable<string> Around(string repository, string folder)
    {
        var inside = RelativePath.Between(repository, folder);
        for (var current = inside == "." ? "" : inside; ; current = RelativePath.FolderOf(current))
        {
            foreach (var name in Beside)
            {
                yield return RelativePath.Join(current, name);
            }

            if (current.Length == 0)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<string> NewFiles(string repository, string folder)
    {
        var full = Path.Combine(repository, folder);
        try
        {
            return FileStatus.Of(full) == FileKind.Folder ? [.. Directory.EnumerateFiles(full).Select(file => RelativePath.Join(folder, Path.GetFileName(file)))] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
