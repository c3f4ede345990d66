using System.Collections.Immutable;
using System.Text;
using Plumbline.Schema.Concurrency;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>The files of a folder that belong to its repository.</summary>
/// <param name="Paths">Their paths relative to the folder, sorted.</param>
/// <param name="NestedRepositories">The repositories inside, which are left out.</param>
/// <param name="Diagnostics">What could not be read.</param>
internal sealed record FileListing(ImmutableArray<string> Paths, ImmutableArray<string> NestedRepositories, ImmutableArray<Diagnostic> Diagnostics)
{
    private const string LinkMode = "120000";
    private const string SubmoduleMode = "160000";

    private const int FilesOfPiece = 256;

    // Never part of what a team writes, whether ignored or not.
    private static readonly ImmutableArray<string> NeverRead = [".git", "node_modules"];

    // What builds leave behind: left out only where no git says what is ignored.
    private static readonly ImmutableArray<string> BuildOutput = [".next", ".nuxt", ".turbo", ".cache", ".svelte-kit", ".output", "dist", "build", "coverage"];

    /// <summary>Lists the files of a folder: as git does where it lies in a repository, else all that no <c>.gitignore</c> excludes.</summary>
    /// <param name="root">Full path of the folder.</param>
    /// <param name="repository">The repository that it lies in; null where it lies in none.</param>
    /// <param name="cancellation">Stops a walk through a huge tree.</param>
    public static FileListing Of(string root, string? repository, CancellationToken cancellation)
    {
        if (repository is not null && FromGit(root, cancellation) is { } listing && (!listing.Paths.IsEmpty || !listing.NestedRepositories.IsEmpty))
        {
            return listing;
        }

        return Walk(root, cancellation);
    }

    private static FileListing? FromGit(string root, CancellationToken cancellation)
    {
        var answer = Git.Run(root, null, "ls-files", "-z", "--stage", "--cached", "--others", "--exclude-standard");
        if (answer is not { ExitCode: 0 })
        {
            return null;
        }

        var listed = new List<(string Path, string? Mode)>();
        var nested = new List<string>();
        var remaining = answer.Output.AsSpan();
        while (remaining.IndexOf((byte)0) is var end and >= 0)
        {
            var entry = Encoding.UTF8.GetString(remaining[..end]);
            remaining = remaining[(end + 1)..];
            var mode = StagedMode(entry);
            var path = mode is null ? entry : entry[(entry.IndexOf('\t') + 1)..];
            if (mode == SubmoduleMode || path.EndsWith('/'))
            {
                nested.Add(path.TrimEnd('/'));
            }
            else if (!IsNeverRead(path))
            {
                listed.Add((path, mode));
            }
        }

        // Asking the file system takes as long as git does.
        var isThere = new bool[listed.Count];
        Workers.Run((listed.Count + FilesOfPiece - 1) / FilesOfPiece, piecesOfWorker: 2, CheckPiece, cancellation);
        return Sorted([.. listed.Where((_, i) => isThere[i]).Select(file => file.Path)], nested, []);

        void CheckPiece(int piece)
        {
            for (var i = piece * FilesOfPiece; i < Math.Min((piece + 1) * FilesOfPiece, listed.Count); i++)
            {
                isThere[i] = IsThere(listed[i].Path, listed[i].Mode);
            }
        }

        // What was deleted since the last commit is still listed; a link to a folder is none of the folder's files.
        bool IsThere(string path, string? mode)
        {
            var full = Path.Combine(root, path);
            return File.Exists(full) || (mode == LinkMode && !Directory.Exists(full));
        }
    }

    // "100644 <object> 0<tab>path" for a file that git knows; a new file stands alone.
    private static string? StagedMode(string entry)
    {
        if (entry.IndexOf('\t') is not (49 or 73) || entry[6] != ' ')
        {
            return null;
        }

        return entry.AsSpan(0, 6) switch
        {
            "100644" => "100644",
            "100755" => "100755",
            LinkMode => LinkMode,
            SubmoduleMode => SubmoduleMode,
            _ => null,
        };
    }

    /// <summary>Whether a path lies in a folder that is never part of what a team writes.</summary>
    public static bool IsNeverRead(string path)
    {
        foreach (var folder in NeverRead)
        {
            if (path.StartsWith(folder + "/", StringComparison.Ordinal) || path.Contains($"/{folder}/", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the <c>.gitignore</c> files of a repository exclude a file.</summary>
    /// <param name="repository">Full path of the repository.</param>
    /// <param name="path">The file's path, relative to it.</param>
    public static bool IsIgnored(string repository, string path)
    {
        var patterns = ImmutableList<(string Base, GitIgnorePattern Pattern)>.Empty.AddRange(ReadIgnoreFile(repository, ""));
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = path[..slash];
            if (IsIgnored(patterns, folder, isFolder: true))
            {
                return true;
            }

            patterns = patterns.AddRange(ReadIgnoreFile(Path.Combine(repository, folder), folder));
        }

        return IsIgnored(patterns, path, isFolder: false);
    }

    private static FileListing Walk(string root, CancellationToken cancellation)
    {
        var paths = new List<string>();
        var nested = new List<string>();
        var diagnostics = new List<Diagnostic>();
        var folders = new Stack<(string Path, ImmutableList<(string Base, GitIgnorePattern Pattern)> Ignored)>();
        folders.Push(("", []));
        while (folders.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            var full = Path.Combine(root, folder.Path);
            var ignored = folder.Ignored.AddRange(ReadIgnoreFile(full, folder.Path));
            try
            {
                foreach (var entry in new DirectoryInfo(full).EnumerateFileSystemInfos())
                {
                    var path = folder.Path.Length == 0 ? entry.Name : folder.Path + "/" + entry.Name;
                    var isFolder = entry.Attributes.HasFlag(FileAttributes.Directory);
                    if (isFolder && (entry.LinkTarget is not null || NeverRead.Contains(entry.Name) || BuildOutput.Contains(entry.Name)))
                    {
                        continue;
                    }

                    if (IsIgnored(ignored, path, isFolder))
                    {
                        continue;
                    }

                    if (!isFolder)
                    {
                        paths.Add(path);
                    }
                    else if (Git.IsRepository(entry.FullName))
                    {
                        nested.Add(path);
                    }
                    else
                    {
                        folders.Push((path, ignored));
                    }
                }
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
            {
                var location = new SourceLocation(folder.Path.Length == 0 ? "." : folder.Path, 1, 1, 1, 1);
                diagnostics.Add(new Diagnostic(
                    DiagnosticSeverity.Warning, FileReader.UnreadableCode, "The folder cannot be read, so its contents are skipped.", location));
            }
        }

        return Sorted(paths, nested, diagnostics);
    }

    private static List<(string Base, GitIgnorePattern Pattern)> ReadIgnoreFile(string folder, string relative)
    {
        var patterns = new List<(string, GitIgnorePattern)>();
        if (File.Exists(Path.Combine(folder, ".gitignore")) && FileReader.Read(".gitignore", Path.Combine(folder, ".gitignore")).Text is { } text)
        {
            foreach (var line in text.Text.AsSpan().EnumerateLines())
            {
                if (GitIgnorePattern.Parse(line) is { } pattern)
                {
                    patterns.Add((relative, pattern));
                }
            }
        }

        return patterns;
    }

    private static bool IsIgnored(ImmutableList<(string Base, GitIgnorePattern Pattern)> patterns, string path, bool isFolder)
    {
        for (var i = patterns.Count - 1; i >= 0; i--)
        {
            var (folder, pattern) = patterns[i];
            if ((isFolder || !pattern.IsFolderOnly) && pattern.Matches(path.AsSpan(folder.Length == 0 ? 0 : folder.Length + 1)))
            {
                return !pattern.IsNegated;
            }
        }

        return false;
    }

    private static FileListing Sorted(List<string> paths, List<string> nested, List<Diagnostic> diagnostics) =>
        new(
            [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. nested.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. diagnostics]);
}
