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

    /// <summary>Paths of files that were left out because of the folder that they lie in or a pattern, and of folders that were not looked into; sorted.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>Whether neither git nor its index said which files it tracks, so that the patterns of ignored files may have excluded some of them.</summary>
    public bool MayLackTracked { get; init; }

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

    private const string PackagesFolder = "node_modules";
    private const string SchemaExtension = ".prisma";

    // Never part of what a team writes, whether ignored or not.
    private static readonly ImmutableArray<string> NeverRead = [GitEntry, PackagesFolder];

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
            return WithoutGit(root, repository, boundary, $"The repository is read without git, because {why}.", cancellation);
        }

        var answer = Ask(opened, root, isSparse: true);
        if (answer?.ExitCode == UnknownOption)
        {
            answer = Ask(opened, root, isSparse: false);
        }

        if (answer is null)
        {
            return WithoutGit(root, repository, boundary, note: null, cancellation);
        }

        if (answer.ExitCode != 0)
        {
            var reason = answer.Error.Split('\n')[0];
            reason = reason.Length > 0 ? reason : string.Create(CultureInfo.InvariantCulture, $"git ended with exit code {answer.ExitCode}");
            return WithoutGit(root, repository, boundary, $"The files are listed without git: {reason}.", cancellation);
        }

        var listing = FromGit(root, answer, boundary, cancellation);
        return listing.Paths.IsEmpty && listing.NestedRepositories.IsEmpty ? Walk(root, boundary, listing.Diagnostics, cancellation) : listing;
    }

    // The index says which files git tracks, and the patterns which of the others it ignores.
    private static FileListing WithoutGit(string root, string repository, TreeBoundary boundary, string? note, CancellationToken cancellation)
    {
        var tracked = GitRepository.FolderOf(repository) is { } folder ? GitIndex.Read(folder) : null;
        if (tracked is null)
        {
            return Walk(root, boundary, note is null ? [] : [NoteOf(note + " Files that .gitignore excludes are skipped, and so are build folders such as dist and build.")], cancellation);
        }

        var walked = Walk(root, boundary, note is null ? [] : [NoteOf(note)], cancellation);

        var prefix = RelativePath.Between(repository, root) is var inside and not "." ? inside + "/" : "";
        var diagnostics = new List<Diagnostic>(walked.Diagnostics);
        var links = new FolderLinks(root, boundary, diagnostics);
        var paths = walked.Paths.ToHashSet(StringComparer.Ordinal);
        var leftOut = new List<string>();
        foreach (var (whole, isLink) in tracked)
        {
            if (!whole.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var path = whole[prefix.Length..];
            var isNeverRead = IsNeverRead(path);
            if (paths.Contains(path) || walked.FolderLinks.ContainsKey(path) || (isNeverRead && !MayCount(path)) || !IsThere(root, path) || (isLink && links.Add(path)))
            {
                continue;
            }

            if (isNeverRead)
            {
                leftOut.Add(path);
            }
            else
            {
                paths.Add(path);
            }
        }

        return Sorted(paths, walked.NestedRepositories, diagnostics, walked.FolderLinks.SetItems(links.Inside), leftOut);
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
            var path = RelativePath.Between(root, folder) is var between and not "." ? between : "";
            if (GitRepository.ProblemOfPatterns(Path.Combine(folder, IgnoreFile), RelativePath.Join(path, IgnoreFile)) is { } problem)
            {
                return problem;
            }

            if (path.Length > 0 && GitRepository.ProblemOfInner(folder, path) is { } problemInside)
            {
                return problemInside;
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
        var unnamed = new HashSet<string>(StringComparer.Ordinal);
        var leftOut = new List<string>();
        var nested = new List<string>();
        var diagnostics = new List<Diagnostic>();
        var remaining = answer.Output.AsSpan();
        while (remaining.IndexOf((byte)0) is var end and >= 0)
        {
            var bytes = remaining[..end];
            var entry = Encoding.UTF8.GetString(bytes);
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
            else if (IsNeverRead(path))
            {
                if (MayCount(path) && IsThere(root, path))
                {
                    leftOut.Add(path);
                }
            }
            else
            {
                listed.Add((path, mode));

                // A name that is not valid UTF-8 cannot be written as text, so that nothing can be found under it.
                if (path.Contains('\uFFFD') && FileStatus.Of(root, mode is null ? bytes : bytes[(bytes.IndexOf((byte)'\t') + 1)..]) is not (FileKind.Missing or FileKind.Folder))
                {
                    unnamed.Add(path);
                }
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
            if ((kinds[i] is FileKind.Missing && !unnamed.Contains(path)) || kinds[i] is FileKind.Folder || (kinds[i] == FileKind.Link && links.Add(path)))
            {
                continue;
            }

            paths.Add(path);
        }

        AddClosedFolders(answer.Error, diagnostics);
        return Sorted(paths, nested, diagnostics, links.Inside, leftOut);

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

    // What was deleted since the last commit is still listed.
    private static bool IsThere(string root, string path) => FileStatus.Of(Path.Combine(root, path)) is not (FileKind.Missing or FileKind.Folder);

    /// <summary>Whether a file in such a folder is one that counts where the folder lies among migrations or in a schema's folder.</summary>
    /// <param name="path">The path of the file.</param>
    public static bool MayCount(string path) => path.EndsWith(SchemaExtension, StringComparison.Ordinal) || RelativePath.NameOf(RelativePath.FolderOf(path)) == PackagesFolder;

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
        var leftOut = new List<string>();
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
                        if (entry.Name != GitEntry)
                        {
                            leftOut.Add(path);
                        }

                        continue;
                    }

                    // To git, a link is a file, wherever it leads.
                    var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
                    if (entry.Name == GitEntry)
                    {
                        continue;
                    }

                    if (IsIgnored(ignored, path, isFolder && !isLink, ref tries))
                    {
                        if (isFolder || path.EndsWith(SchemaExtension, StringComparison.Ordinal))
                        {
                            leftOut.Add(path);
                        }

                        continue;
                    }

                    if (isLink && links.Add(path))
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

        return Sorted(paths, nested, diagnostics, links.Inside, leftOut) with { MayLackTracked = true };
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

    private static FileListing Sorted(
        IEnumerable<string> paths, IEnumerable<string> nested, List<Diagnostic> diagnostics, ImmutableDictionary<string, string> folderLinks, List<string> leftOut) =>
        new(
            [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. nested.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. diagnostics.DistinctBy(diagnostic => (diagnostic.Location.Path, diagnostic.Message))])
        {
            FolderLinks = folderLinks,
            LeftOut = [.. leftOut.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
}
