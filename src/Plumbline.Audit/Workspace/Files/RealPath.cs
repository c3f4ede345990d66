namespace Plumbline.Audit.Workspace.Files;

/// <summary>Follows every link of a path.</summary>
internal static class RealPath
{
    // As the system itself does: more links than this on one way are a loop.
    private const int MostLinks = 40;

    /// <summary>The path without links; null where its links go around in a loop. Its last parts need not exist.</summary>
    /// <param name="fullPath">The full path.</param>
    public static string? Of(string fullPath) => Of(fullPath, static _ => false);

    /// <summary>The path without links; null where its links go around in a loop, or where the way there passes a place that it may not. Its last parts need not exist.</summary>
    /// <param name="fullPath">The full path.</param>
    /// <param name="isClosed">Whether a place, a path whose folders are no links, may not be passed.</param>
    public static string? Of(string fullPath, Predicate<string> isClosed)
    {
        var root = Path.GetPathRoot(fullPath)!;
        var path = root;
        var rest = new Stack<string>(Parts(fullPath[root.Length..]));
        var links = 0;
        while (rest.TryPop(out var part))
        {
            if (part == "..")
            {
                path = Path.GetDirectoryName(path) ?? root;
                continue;
            }

            var next = Path.Combine(path, part);
            if (isClosed(next))
            {
                return null;
            }

            if (FileStatus.Of(next) != FileKind.Link || TargetOf(next) is not { } target)
            {
                path = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                path = root;
                target = target[Path.GetPathRoot(target)!.Length..];
            }

            foreach (var more in Parts(target))
            {
                rest.Push(more);
            }
        }

        return path;
    }

    /// <summary>Whether a path is a folder or lies inside it; both without links.</summary>
    public static bool IsWithin(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal) &&
        (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar);

    // The last one first.
    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
