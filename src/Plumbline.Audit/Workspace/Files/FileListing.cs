using System.Collections.Immutable;
using System.Globalization;
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
    /// <summary>Where the links to folders lead that stay inside the folder, by their own paths; what is in those folders is not listed twice.</summary>
    public ImmutableDictionary<string, string> FolderLinks { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Code of a diagnostic about a folder with too many files for all of them to be listed.</summary>
    public const string CutCode = "too-many-files";

    private const string GitEntry = ".git";
    private const string ClosedFolder = "The folder cannot be read, so its contents are skipped.";
    private const string LinkMode = "120000";
    private const string SubmoduleMode = "160000";

    private const string FolderMode = "040000";
    private const string IgnoreFile = ".gitignore";

    // git-ls-files, and parse-options: a wrong call.
    private const int UnknownOption = 129;
    private static readonly string[] Question = ["ls-files", "-z", "--stage", "--cached", "--others", "--exclude-standard"];

    private const int FilesOfPiece = 256;

    // Never part of what a team writes, whether ignored or not.
    private static readonly ImmutableArray<string> NeverRead = [".git", "node_modules"];

    // What builds leave behind: left out only where no git says what is ignored.
    private static readonly ImmutableArray<string> BuildOutput = [".next", ".nuxt", ".turbo", ".cache", ".svelte-kit", ".output", "dist", "build", "coverage"];

    /// <summary>Lists the files of a folder: as git does where it lies in a repository, else all that no <c>.gitignore</c> excludes.</summary>
    /// <param name="root">Full path of the folder.</param>
    /// <param name="repository">The repository that it lies in; null where it lies in none.</param>
    /// <param name="boundary">What the links of the folder must stay in.</param>
    /// <param name="cancellation">Stops a walk through a huge tree.</param>
    public static FileListing Of(string root, string? repository, TreeBoundary boundary, CancellationToken cancellation)
    {
        if (repository is null)
        {
            return Walk(root, boundary, [], cancellation);
        }

        if (GitRepository.Open(repository, out var why) is not { } opened)
        {
            return Walk(root, boundary, [NoteOf($"The repository is read without git, because {why}. Files that .gitignore excludes are skipped, and so are build folders such as dist and build.")], cancellation);
        }

        var answer = Ask(opened, root, isSparse: true);
        if (answer?.ExitCode == UnknownOption)
        {
            answer = Ask(opened, root, isSparse: false);
        }

        if (answer is null)
        {
            return Walk(root, boundary, [], cancellation);
        }

        if (answer.ExitCode != 0)
        {
            var reason = answer.Error.AsSpan();
            reason = reason[..(reason.IndexOf('\n') is var end and >= 0 ? end : reason.Length)];
            return Walk(root, boundary, [NoteOf($"The files are listed without git: {reason}.")], cancellation);
        }

        var listing = FromGit(root, answer, boundary, cancellation);
        return listing.Paths.IsEmpty && listing.NestedRepositories.IsEmpty ? Walk(root, boundary, listing.Diagnostics, cancellation) : listing;
    }

    // A folder that is sparse stays one entry: nothing of it is in the work tree, and git would read as many objects as a repository likes. Before 2.35 git does not know the option.
    private static Git.Answer? Ask(GitRepository repository, string root, bool isSparse)
    {
        using var output = new MemoryStream();
        var talk = new GitTalk(Git.Into(output)) { Obstacle = cancellation => ObstacleIn(root, cancellation) };
        return Git.Run(repository, root, talk, isSparse ? [.. Question, "--sparse"] : Question) is var (exitCode, error) ? new Git.Answer(exitCode, output.ToArray(), error) : null;
    }

    // Git opens the patterns of every folder that it enters, and would wait for whoever writes into a pipe.
    private static string? ObstacleIn(string root, CancellationToken cancellation)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        var folders = new Stack<string>([root]);
        for (var looked = 0; looked < ReadingBudget.FolderEntries && folders.TryPop(out var folder); looked++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (FileStatus.Of(Path.Combine(folder, IgnoreFile)) == FileKind.Other)
            {
                return $"{RelativePath.Join(RelativePath.Between(root, folder) is var path and not "." ? path : "", IgnoreFile)} is a pipe, a socket or a device";
            }

            try
            {
                foreach (var inner in Directory.EnumerateDirectories(folder, "*", options))
                {
                    if (!NeverRead.Contains(Path.GetFileName(inner)))
                    {
                        folders.Push(inner);
                    }
                }
            }
            catch (IOException)
            {
                // The folder is gone.
            }
        }

        return null;
    }

    private static Diagnostic NoteOf(string message) => new(DiagnosticSeverity.Warning, GitRepository.UnusedCode, message, SourceLocation.StartOf(".git"));

    private static FileListing FromGit(string root, Git.Answer answer, TreeBoundary boundary, CancellationToken cancellation)
    {
        var listed = new List<(string Path, string? Mode)>();
        var nested = new List<string>();
        var diagnostics = new List<Diagnostic>();
        var remaining = answer.Output.AsSpan();
        while (remaining.IndexOf((byte)0) is var end and >= 0)
        {
            var entry = Encoding.UTF8.GetString(remaining[..end]);
            remaining = remaining[(end + 1)..];
            var mode = StagedMode(entry);
            var path = mode is null ? entry : entry[(entry.IndexOf('\t') + 1)..];
            if (mode == FolderMode)
            {
                continue;
            }

            if (!RelativePath.IsNormal(path.AsSpan().TrimEnd('/')))
            {
                if (!IsNeverRead(path))
                {
                    diagnostics.Add(Problem(".", "Git's index has a path that leads outside the repository, or into git's own folder. It is not read."));
                }
            }
            else if (mode == SubmoduleMode || path.EndsWith('/'))
            {
                nested.Add(path.TrimEnd('/'));
            }
            else if (!IsNeverRead(path))
            {
                listed.Add((path, mode));
            }
        }

        // Asking the file system takes as long as git does.
        var kinds = new FileKind[listed.Count];
        Workers.Run((listed.Count + FilesOfPiece - 1) / FilesOfPiece, piecesOfWorker: 2, CheckPiece, cancellation);
        var paths = new List<string>(listed.Count);
        var links = new FolderLinks(root, boundary, diagnostics);
        for (var i = 0; i < listed.Count; i++)
        {
            var path = listed[i].Path;

            // What was deleted since the last commit is still listed. What cannot be looked at is there, and is reported when it is read.
            if (kinds[i] is FileKind.Missing or FileKind.Folder || (kinds[i] == FileKind.Link && links.Add(path)))
            {
                continue;
            }

            paths.Add(path);
        }

        AddClosedFolders(answer.Error, diagnostics);
        return Sorted(paths, nested, diagnostics, links.Inside);

        void CheckPiece(int piece)
        {
            for (var i = piece * FilesOfPiece; i < Math.Min((piece + 1) * FilesOfPiece, listed.Count); i++)
            {
                kinds[i] = FileStatus.Of(Path.Combine(root, listed[i].Path));
            }
        }
    }

    // "warning: could not open directory 'a/b/': Permission denied", as git prints it.
    private static void AddClosedFolders(string messages, List<Diagnostic> diagnostics)
    {
        const string before = "warning: could not open directory '", after = "/': ";
        foreach (var line in messages.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(before, StringComparison.Ordinal) && line.LastIndexOf(after, StringComparison.Ordinal) is var end && end > before.Length)
            {
                diagnostics.Add(Problem(line[before.Length..end].ToString(), ClosedFolder, FileReader.PermissionCode));
            }
        }
    }

    private static Diagnostic Problem(string path, string message, string code = FileReader.UnreadableCode) => new(DiagnosticSeverity.Warning, code, message, SourceLocation.StartOf(path));

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
            FolderMode => FolderMode,
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

    /// <summary>What of a folder is skipped because of its name alone, where no git says what is ignored.</summary>
    /// <param name="root">Full path of the folder.</param>
    public static ImmutableArray<string> SkippedIn(string root) => [.. BuildOutput.Append("node_modules").Where(name => Directory.Exists(Path.Combine(root, name)))];

    /// <summary>Lists all files of a folder that no <c>.gitignore</c> excludes.</summary>
    /// <param name="root">Full path of the folder.</param>
    /// <param name="boundary">What the links of the folder must stay in.</param>
    /// <param name="notes">Why git is not asked.</param>
    /// <param name="cancellation">Stops the walk.</param>
    /// <param name="most">How many files and folders are looked at.</param>
    internal static FileListing Walk(string root, TreeBoundary boundary, ImmutableArray<Diagnostic> notes, CancellationToken cancellation, int most = ReadingBudget.FolderEntries)
    {
        var tries = ReadingBudget.IgnoreTries;
        var entries = 0;
        var paths = new List<string>();
        var nested = new List<string>();
        var diagnostics = new List<Diagnostic>(notes);
        var links = new FolderLinks(root, boundary, diagnostics);
        var folders = new Stack<(string Path, ImmutableList<(string Base, GitIgnorePattern Pattern)> Ignored)>();
        folders.Push(("", []));
        while (entries <= most && folders.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            var full = Path.Combine(root, folder.Path);
            var ignored = folder.Ignored.AddRange(ReadIgnoreFile(full, folder.Path, out var isTooLong));
            if (isTooLong)
            {
                var path = RelativePath.Join(folder.Path, IgnoreFile);
                diagnostics.Add(ReadingBudget.Exceeded(
                    string.Create(CultureInfo.InvariantCulture, $"{path} is longer than {ReadingBudget.SettingsLength >> 20} MiB"), "Its patterns are not read.", SourceLocation.StartOf(path)));
            }

            try
            {
                foreach (var entry in new DirectoryInfo(full).EnumerateFileSystemInfos())
                {
                    if (++entries > most)
                    {
                        break;
                    }

                    var path = folder.Path.Length == 0 ? entry.Name : folder.Path + "/" + entry.Name;
                    var isFolder = entry.Attributes.HasFlag(FileAttributes.Directory);
                    if (isFolder && (NeverRead.Contains(entry.Name) || BuildOutput.Contains(entry.Name)))
                    {
                        continue;
                    }

                    // To git, a link is a file, wherever it leads.
                    var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
                    if (entry.Name == GitEntry || IsIgnored(ignored, path, isFolder && !isLink, ref tries) || (isLink && links.Add(path)))
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
                diagnostics.Add(Problem(folder.Path.Length == 0 ? "." : folder.Path, ClosedFolder, FileReader.PermissionCode));
            }
        }

        if (entries > most)
        {
            diagnostics.Add(new Diagnostic(DiagnosticSeverity.Warning, CutCode, string.Create(CultureInfo.InvariantCulture,
                $"The folder has more than {most:N0} files and folders, so not all of them were looked at. Exclude what is generated in .gitignore, or audit a smaller folder."),
                SourceLocation.StartOf(".")));
        }

        if (tries <= 0)
        {
            diagnostics.Add(ReadingBudget.Exceeded(
                ".gitignore has too many patterns",
                "The patterns of the .gitignore files are too many or too complex for the files here to be matched with all of them.",
                SourceLocation.StartOf(IgnoreFile)));
        }

        return Sorted(paths, nested, diagnostics, links.Inside);
    }

    /// <summary>The patterns of the <c>.gitignore</c> of a folder.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="relative">Its path relative to the folder that is listed.</param>
    /// <param name="isTooLong">Whether the file is not read because of its length.</param>
    internal static List<(string Base, GitIgnorePattern Pattern)> ReadIgnoreFile(string folder, string relative, out bool isTooLong)
    {
        var patterns = new List<(string, GitIgnorePattern)>();

        // As git does: a link is no file of patterns.
        if (RegularFile.ReadOwn(Path.Combine(folder, IgnoreFile), ReadingBudget.SettingsLength, out isTooLong) is { } bytes && FileReader.Decode(IgnoreFile, bytes).Text is { } text)
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

    /// <summary>Whether patterns exclude a path; where no tries are left, none does.</summary>
    /// <param name="patterns">The patterns, with the folders of their files.</param>
    /// <param name="path">The path.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <param name="tries">The tries that are left.</param>
    internal static bool IsIgnored(ImmutableList<(string Base, GitIgnorePattern Pattern)> patterns, string path, bool isFolder, ref long tries)
    {
        for (var i = patterns.Count - 1; i >= 0; i--)
        {
            var (folder, pattern) = patterns[i];
            tries -= pattern.CostOf(path.Length);
            if (tries <= 0)
            {
                return false;
            }

            if ((isFolder || !pattern.IsFolderOnly) && pattern.Matches(path.AsSpan(folder.Length == 0 ? 0 : folder.Length + 1)))
            {
                return !pattern.IsNegated;
            }
        }

        return false;
    }

    private static FileListing Sorted(List<string> paths, List<string> nested, List<Diagnostic> diagnostics, ImmutableDictionary<string, string> folderLinks) =>
        new(
            [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. nested.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. diagnostics.DistinctBy(diagnostic => (diagnostic.Location.Path, diagnostic.Message))])
        {
            FolderLinks = folderLinks,
        };
}
