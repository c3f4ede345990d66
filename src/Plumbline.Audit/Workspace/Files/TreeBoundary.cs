using System.Collections.Concurrent;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// Keeps what is read inside a tree: a path is followed through all its links, and where it leads outside, or into git's own folder, nothing is opened. Each folder is looked
/// at once. Safe to ask from several threads.
/// </summary>
/// <param name="root">Full path of the tree.</param>
internal sealed class TreeBoundary(string root)
{
    private const string GitFolder = ".git";

    private readonly ConcurrentDictionary<string, string?> _folders = new(StringComparer.Ordinal);
    private readonly Lazy<string> _root = new(() => RealPath.Of(root) ?? root);

    /// <summary>Full path of the tree, as it was named.</summary>
    public string Root => root;

    /// <summary>Whether a path of the tree is git's own folder, or in it, as it is written.</summary>
    public bool IsOfGit(string fullPath)
    {
        for (var path = fullPath; path is not null && path.Length > root.Length; path = Path.GetDirectoryName(path))
        {
            if (IsGit(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same path without links; null where it leads outside.</summary>
    /// <param name="fullPath">The full path of something in the tree that is no link itself.</param>
    public string? PlaceOf(string fullPath)
    {
        var folder = Path.GetDirectoryName(fullPath);
        if (folder is null || IsGit(fullPath) || FolderOf(folder) is not { } real)
        {
            return null;
        }

        return real == folder ? fullPath : Path.Combine(real, Path.GetFileName(fullPath));
    }

    /// <summary>Where a link in the tree leads; null where that is outside.</summary>
    /// <param name="link">The full path of the link.</param>
    public string? TargetOf(string link) => RealPath.Of(link) is { } target && IsInside(target) ? target : null;

    /// <summary>Where a link in the tree leads, relative to a folder of the tree; null where that is outside of the tree or the folder.</summary>
    /// <param name="link">The full path of the link.</param>
    /// <param name="folder">The full path of the folder.</param>
    public string? TargetIn(string link, string folder)
    {
        if (TargetOf(link) is not { } target || RealPath.Of(folder) is not { } real || !RealPath.IsWithin(target, real))
        {
            return null;
        }

        var path = RelativePath.Between(real, target);
        return path == "." ? "" : path;
    }

    private string? FolderOf(string folder)
    {
        if (_folders.TryGetValue(folder, out var known))
        {
            return known;
        }

        string? real;
        if (folder == root || Path.GetDirectoryName(folder) is not { } parent || !RealPath.IsWithin(folder, root))
        {
            real = RealPath.Of(folder) is { } path && IsInside(path) ? path : null;
        }
        else if (IsGit(folder) || FolderOf(parent) is not { } above)
        {
            real = null;
        }
        else if (FileStatus.Of(folder) == FileKind.Link)
        {
            real = TargetOf(folder);
        }
        else
        {
            real = above == parent ? folder : Path.Combine(above, Path.GetFileName(folder));
        }

        return _folders.GetOrAdd(folder, real);
    }

    // The entry of a tree that is git's own.
    private static bool IsGit(string path) => Path.GetFileName(path.AsSpan()).Equals(GitFolder, StringComparison.OrdinalIgnoreCase);

    private bool IsInside(string real)
    {
        if (!RealPath.IsWithin(real, _root.Value))
        {
            return false;
        }

        foreach (var part in real.AsSpan(_root.Value.Length).Split(Path.DirectorySeparatorChar))
        {
            if (real.AsSpan(_root.Value.Length)[part].Equals(GitFolder, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
