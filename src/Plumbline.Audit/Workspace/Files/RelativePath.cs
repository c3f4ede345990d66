namespace Plumbline.Audit.Workspace.Files;

/// <summary>Paths inside a workspace: relative to its root, with <c>/</c> between their parts; the root itself is the empty text.</summary>
internal static class RelativePath
{
    /// <summary>A path as people read it: the root itself is a single point.</summary>
    public static string Shown(string path) => path.Length == 0 ? "." : path;

    /// <summary>The folder that a path lies in.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";

    /// <summary>The last part of a path.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>A path of the operating system with <c>/</c> between its parts. On Unix a backslash is a character of a name like any other.</summary>
    public static string OfSystem(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The path from one full path to another, as <see cref="OfSystem"/> writes it; a single point where they are the same.</summary>
    public static string Between(string from, string to) => OfSystem(Path.GetRelativePath(from, to));

    /// <summary>A path inside a folder.</summary>
    public static string Join(string folder, string path) => folder.Length == 0 ? path : path.Length == 0 ? folder : folder + "/" + path;

    /// <summary>Whether a path is a folder or lies inside it.</summary>
    public static bool IsWithin(string path, string folder) =>
        folder.Length == 0 || path == folder ||
            (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Whether a path is one that git itself would write: relative, without parts that lead up or into git's own folder.</summary>
    public static bool IsNormal(ReadOnlySpan<char> path)
    {
        foreach (var part in path.Split('/'))
        {
            if (path[part] is "" or "." or ".." || path[part].Equals(".git", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return !path.Contains('\0');
    }

    /// <summary>Resolves a path that someone wrote in a file of a folder; null where it is absolute or leads out of the workspace.</summary>
    public static string? Resolve(string folder, string written)
    {
        written = written.Replace('\\', '/');
        if (written.StartsWith('/') || written.Contains(':'))
        {
            return null;
        }

        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in written.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>How many steps lead from one folder to another, up and down.</summary>
    public static int Distance(string from, string to)
    {
        var left = from.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var right = to.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var common = 0;
        while (common < left.Length && common < right.Length && left[common] == right[common])
        {
            common++;
        }

        return left.Length + right.Length - (2 * common);
    }
}
