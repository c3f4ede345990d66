namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// Files and folders that are named on the command line. They may lie anywhere, but a link in a repository is the repository's: where it leads out of it, what is named is not read.
/// In CI the name is often fixed, and the file is a stranger's.
/// </summary>
internal static class NamedFile
{
    /// <summary>What is said of such a path.</summary>
    /// <param name="named">The path, as it was named.</param>
    public static string Refusal(string named) => $"{named} is a link that leads outside the repository, so it is not read. Name what it leads to.";

    /// <summary>Whether a path lies in a repository and leads out of it through a link.</summary>
    /// <param name="fullPath">The full path, as it was named.</param>
    /// <param name="real">The same without links; null where it has none, or they go around in a loop.</param>
    public static bool LeadsOutside(string fullPath, string? real)
    {
        if (real is null || real == fullPath || Path.GetDirectoryName(fullPath) is not { } folder || Git.FindRepository(folder) is not { } repository)
        {
            return false;
        }

        // The home folder may be a repository, and its links are the caller's own.
        var root = RealPath.Of(repository);
        return root is not null && !RealPath.IsWithin(real, root) && !Git.HoldsHome(root);
    }
}
