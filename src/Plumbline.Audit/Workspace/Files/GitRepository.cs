using System.Globalization;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// A repository that git may be asked about: its folder was looked at first, file by file and without following anything, and nothing in it leads out of the tree. Git itself
/// would open what its configuration includes, the objects it borrows, and what links lead to. Git documentation, "gitrepository-layout".
/// </summary>
internal sealed class GitRepository
{
    /// <summary>Code of a note about a repository that is read without git.</summary>
    public const string UnusedCode = "git-not-used";

    private const string Entry = ".git";
    private const string FileLink = "gitdir:";

    // Git's own name of the socket that a daemon of its listens on; git is started so that it does not ask it.
    private const string DaemonSocket = "fsmonitor--daemon.ipc";

    // What git opens of its folder, with what each must be, and how long it may be: git reads some of them as a whole.
    private static readonly (string Path, FileKind Kind, long Longest)[] Parts =
    [
        ("HEAD", FileKind.Regular, ReadingBudget.GitPathLength), ("index", FileKind.Regular, ReadingBudget.GitIndexLength), ("packed-refs", FileKind.Regular, ReadingBudget.FileLength),
        ("shallow", FileKind.Regular, ReadingBudget.FileLength), ("info", FileKind.Folder, 0), ("info/exclude", FileKind.Regular, ReadingBudget.SettingsLength),
        ("info/attributes", FileKind.Regular, ReadingBudget.SettingsLength), ("info/sparse-checkout", FileKind.Regular, ReadingBudget.FileLength),
        ("info/grafts", FileKind.Regular, ReadingBudget.FileLength), ("objects", FileKind.Folder, 0), ("objects/info", FileKind.Folder, 0), ("objects/info/alternates", FileKind.Missing, 0),
        ("objects/info/http-alternates", FileKind.Missing, 0), ("objects/pack", FileKind.Folder, 0), ("refs", FileKind.Folder, 0), ("logs", FileKind.Folder, 0),
    ];

    // These are looked at on their own, or hold nothing that a revision names.
    private static readonly string[] OwnFolders = ["objects", "hooks", "modules", "lfs", "annex"];

    private static readonly string[] KnownExtensions = ["noop", "noop-v1", "preciousobjects", "partialclone", "worktreeconfig", "objectformat", "compatobjectformat", "refstorage", "relativeworktrees"];

    private GitRepository(string root, string folder, string commonFolder)
    {
        Root = root;
        Folder = folder;
        CommonFolder = commonFolder;
    }

    /// <summary>Full path of the work tree.</summary>
    public string Root { get; }

    /// <summary>Full path of the folder that git keeps the work tree's own state in.</summary>
    public string Folder { get; }

    /// <summary>Full path of the folder of what all work trees share; the same where there is one alone.</summary>
    public string CommonFolder { get; }

    /// <summary>Whether objects may be missing, which git would fetch when it comes to them.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The file of ignored paths that the configuration names inside the tree; null where it names none.</summary>
    public string? ExcludesFile { get; private set; }

    /// <summary>Whether the clone has only a part of the history.</summary>
    public bool IsShallow => FileStatus.Of(Path.Combine(CommonFolder, "shallow")) == FileKind.Regular;

    /// <summary>That there is no revision of a name, and what to do in a clone that has only a part of the history.</summary>
    public string WithoutRevision(string revision) => $"there is no git revision \"{revision}\" in {Root}." +
        (IsShallow ? " The clone is shallow: run \"git fetch --unshallow\", or set \"fetch-depth: 0\" for actions/checkout." : "");

    /// <summary>Looks at a repository.</summary>
    /// <param name="root">Full path of its root.</param>
    /// <param name="why">Why git may not be asked, to follow "because"; null where it may.</param>
    /// <returns>The repository; null where git may not be asked.</returns>
    public static GitRepository? Open(string root, out string? why)
    {
        why = FoldersOf(root, out var folder, out var common);
        if (why is not null)
        {
            return null;
        }

        var repository = new GitRepository(root, folder, common);
        why = ProblemOfPatterns(root) ?? repository.ProblemOfParts() ??
            repository.ProblemOfConfiguration(Path.Combine(common, "config"), isWorktree: false, depth: 0);
        return why is null ? repository : null;
    }

    /// <summary>The folder that git keeps the work tree's own state in, whether git may be asked or not; null where that folder is not the repository's own.</summary>
    /// <param name="root">Full path of the repository's root.</param>
    public static string? FolderOf(string root) => FoldersOf(root, out var folder, out _) is null ? folder : null;

    /// <summary>Looks at what git opens beside that where it reads objects; gives why it may not, null where it may.</summary>
    public string? ProblemOfObjects()
    {
        const int depthOfObjects = 3, depthOfReferences = 64;
        var looked = 0;
        if (ProblemOf("objects", depthOfObjects, ReadingBudget.LooseObjects, long.MaxValue) is { } problemOfObjects)
        {
            return problemOfObjects;
        }

        // The name of a revision can be the path of any file in git's folder. Each reference has a log, which stays when the reference is packed.
        try
        {
            foreach (var name in Directory.EnumerateFileSystemEntries(CommonFolder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal))
            {
                looked = 0;
                var isOwn = OwnFolders.Contains(name);
                var problem = isOwn && FileStatus.OfTarget(Path.Combine(CommonFolder, name)) == FileKind.Folder
                    ? null
                    : ProblemOfEntry(name, name == "index" ? ReadingBudget.GitIndexLength : ReadingBudget.FileLength);
                problem ??= isOwn ? null : ProblemOf(name, depthOfReferences, name is "refs" or "logs" ? ReadingBudget.LooseReferences : ReadingBudget.LooseObjects, ReadingBudget.FileLength);
                if (problem is not null)
                {
                    return problem;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "git's folder cannot be read";
        }

        return null;

        string? ProblemOfEntry(string path, long longest)
        {
            var kind = FileStatus.Of(Path.Combine(CommonFolder, path), out var length);
            return kind is FileKind.Folder or FileKind.Missing || (kind == FileKind.Other && Path.GetFileName(path) == DaemonSocket) ? null
                : kind != FileKind.Regular ? $"{path} in git's folder is {Wording(kind)}"
                : length > longest ? TooLong($"{path} in git's folder", longest)
                : null;
        }

        string? ProblemOf(string path, int depth, int most, long longest)
        {
            var full = Path.Combine(CommonFolder, path);
            if (depth == 0 || FileStatus.Of(full) != FileKind.Folder)
            {
                return null;
            }

            try
            {
                foreach (var entry in Directory.EnumerateFileSystemEntries(full))
                {
                    var inner = path + "/" + Path.GetFileName(entry);
                    if (++looked > most)
                    {
                        return $"{path} in git's folder has too many entries: more than {most} are not looked at";
                    }

                    if ((ProblemOfEntry(inner, longest) ?? ProblemOf(inner, depth - 1, most, longest)) is { } problem)
                    {
                        return problem;
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return $"{path} in git's folder cannot be read";
            }

            return null;
        }
    }

    // Git reads the patterns of the root with a command that looks at the work tree.
    private static string? ProblemOfPatterns(string root) => FileStatus.Of(Path.Combine(root, IgnoredPaths.FileName), out var length) switch
    {
        FileKind.Other => $"{IgnoredPaths.FileName} is {Wording(FileKind.Other)}",
        FileKind.Regular when length > ReadingBudget.SettingsLength => TooLong(IgnoredPaths.FileName, ReadingBudget.SettingsLength),
        _ => null,
    };

    private static string TooLong(string what, long longest) => longest < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{what} is longer than {longest} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{what} is longer than {longest >> 20} MiB");

    private static string? FoldersOf(string root, out string folder, out string common)
    {
        var entry = Path.Combine(root, Entry);
        folder = common = entry;
        switch (FileStatus.Of(entry))
        {
            case FileKind.Folder:
                return ProblemOfSharing(entry);
            case FileKind.Regular:
                break;
            case var other:
                return $".git is {Wording(other)}";
        }

        var text = ReadText(entry, ReadingBudget.GitPathLength)?.TrimEnd('\r', '\n');
        if (text is null || !text.StartsWith(FileLink, StringComparison.Ordinal) || Resolve(root, text[FileLink.Length..].Trim()) is not { } target)
        {
            return ".git is a file that git would not write";
        }

        folder = common = target;
        if (RealPath.IsWithin(target, RealPath.Of(root) ?? root))
        {
            return ProblemOfSharing(target);
        }

        return ProblemOfLinkedFolder(root, entry, target, ref common);
    }

    private static string? ProblemOfSharing(string folder) => FileStatus.Of(Path.Combine(folder, "commondir")) switch
    {
        FileKind.Missing => null,
        FileKind.Unreachable => "git's folder cannot be read",
        _ => ".git names another folder in commondir",
    };

    // A work tree of its own, or a submodule: its folder lies in another repository's, which names this one.
    private static string? ProblemOfLinkedFolder(string root, string entry, string folder, ref string common)
    {
        const string problem = ".git names a folder outside the repository that does not point back to it";
        var parents = folder.Split(Path.DirectorySeparatorChar);
        if (parents.Length >= 3 && parents[^2] == "worktrees" && ReadText(Path.Combine(folder, "gitdir"), ReadingBudget.GitPathLength) is { } back &&
            Resolve(folder, back.TrimEnd('\r', '\n')) == RealPath.Of(entry) &&
            ReadText(Path.Combine(folder, "commondir"), ReadingBudget.GitPathLength) is { } shared && Resolve(folder, shared.TrimEnd('\r', '\n')) is { } above &&
            above == Path.GetDirectoryName(Path.GetDirectoryName(folder)))
        {
            common = above;
            return null;
        }

        var modules = Array.IndexOf(parents, Entry);
        return modules > 0 && modules + 2 < parents.Length && parents[modules + 1] == "modules" &&
            RealPath.IsWithin(RealPath.Of(root) ?? root, string.Join(Path.DirectorySeparatorChar, parents[..modules])) &&
            FileStatus.Of(Path.Combine(folder, "commondir")) == FileKind.Missing &&
            SettingsOf(Path.Combine(folder, "config"))?.LastOrDefault(IsWorktree)?.Value is { } worktree && Resolve(folder, worktree) == (RealPath.Of(root) ?? root)
                ? null
                : problem;
    }

    private static bool IsWorktree(GitConfiguration.Setting setting) => setting is { Section: "core", Name: "worktree" };

    private static List<GitConfiguration.Setting>? SettingsOf(string path) =>
        RegularFile.ReadOwn(path, ReadingBudget.SettingsLength) is { } bytes ? GitConfiguration.Read(bytes) : null;

    private static string? ReadText(string path, int maximumLength) =>
        RegularFile.ReadOwn(path, maximumLength) is { } bytes && !bytes.Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : null;

    // Git goes up from where a link leads, and a path that is folded first would be another one: so nothing may go up behind a name.
    private static string? Resolve(string folder, string written)
    {
        var parts = written.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var names = parts.SkipWhile(part => part is "." or "..");
        return written.Length == 0 || names.Contains("..") ? null : RealPath.Of(Path.GetFullPath(written, folder));
    }

    private static string Wording(FileKind kind) => kind switch
    {
        FileKind.Link => "a link",
        FileKind.Regular => "a file",
        FileKind.Folder => "a folder",
        FileKind.Missing => "missing",
        FileKind.Unreachable => "not readable",
        _ => "a pipe, a socket or a device",
    };

    private string? ProblemOfParts()
    {
        foreach (var (path, expected, longest) in Parts)
        {
            var folder = path is "HEAD" or "index" or "info/sparse-checkout" ? Folder : CommonFolder;
            var full = Path.Combine(folder, path);
            var kind = FileStatus.Of(full, out var length);
            if (kind == FileKind.Regular && kind == expected && length > longest)
            {
                return TooLong($"{path} in git's folder", longest);
            }

            if (kind == FileKind.Missing || kind == expected)
            {
                continue;
            }

            // An empty list borrows nothing.
            if (expected == FileKind.Missing && kind == FileKind.Regular && RegularFile.ReadOwn(full, ReadingBudget.GitPathLength) is { Length: 0 })
            {
                continue;
            }

            return expected == FileKind.Missing ? $"it borrows objects from another repository ({path})" : $"{path} in git's folder is {Wording(kind)}";
        }

        try
        {
            return Directory.EnumerateFileSystemEntries(Folder, "sharedindex.*").Any(entry => FileStatus.Of(entry) != FileKind.Regular) ? "a shared index in git's folder is not a regular file" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "git's folder cannot be read";
        }
    }

    private string? ProblemOfConfiguration(string path, bool isWorktree, int depth)
    {
        if (FileStatus.Of(path) == FileKind.Missing)
        {
            return null;
        }

        if (SettingsOf(path) is not { } settings)
        {
            return $"its configuration ({Path.GetFileName(path)}) cannot be read";
        }

        foreach (var setting in settings)
        {
            if ((setting is { Section: "include" or "includeif" } ? ProblemOfInclude(setting, path, depth) : ProblemOf(setting)) is { } problem)
            {
                return problem;
            }
        }

        return !isWorktree && settings.Exists(setting => setting is { Section: "extensions", Name: "worktreeconfig" })
            ? ProblemOfConfiguration(Path.Combine(Folder, "config.worktree"), isWorktree: true, depth: 0)
            : null;
    }

    // Git leaves out a file that is not there. One in its own folder is looked at like the configuration itself, and so is one in the folder that a runner of GitHub Actions tells its
    // programs of: actions/checkout keeps its credentials there.
    private string? ProblemOfInclude(GitConfiguration.Setting setting, string file, int depth)
    {
        // actions/checkout, from version 6.
        var problem = "its configuration includes another file" + (setting.Value?.Contains("/git-credentials-", StringComparison.Ordinal) == true
            ? " (with actions/checkout, set persist-credentials to false)"
            : "");
        if (setting.Name != "path" || setting.Value is not { Length: > 0 } written || written[0] is '~' or '%' || Resolve(Path.GetDirectoryName(file)!, written) is not { } path)
        {
            return problem;
        }

        return FileStatus.Of(path) == FileKind.Missing ? null
            : depth < ReadingBudget.GitIncludes && (RealPath.IsWithin(path, RealPath.Of(CommonFolder) ?? CommonFolder) || IsOfRunner(path)) ? ProblemOfConfiguration(path, isWorktree: true, depth + 1)
            : problem;
    }

    private static bool IsOfRunner(string path) =>
        Environment.GetEnvironmentVariable("RUNNER_TEMP") is { } folder && Path.IsPathFullyQualified(folder) && RealPath.Of(folder) is { } real && RealPath.IsWithin(path, real);

    private string? ProblemOf(GitConfiguration.Setting setting)
    {
        switch (setting.Section, setting.Name)
        {
            case ("core", "worktree"):
                return setting.Value is { } worktree && Resolve(CommonFolder, worktree) == RealPath.Of(Root) ? null : "its configuration names another folder as work tree (core.worktree)";
            case ("core", "attributesfile" or "hookspath"):
                return IsInside(setting.Value, out _) ? null : $"its configuration names a path outside the repository (core.{setting.Name})";
            case ("core", "excludesfile"):
                var isInside = IsInside(setting.Value, out var excludes);
                ExcludesFile = excludes;
                return !isInside ? "its configuration names a path outside the repository (core.excludesfile)"
                    : excludes is not null && FileStatus.Of(excludes) == FileKind.Other ? "its configuration names a pipe, a socket or a device (core.excludesfile)"
                    : null;
            case ("extensions", _):
                IsPartial |= setting.Name == "partialclone";
                return KnownExtensions.Contains(setting.Name) && setting.Value?.AsSpan().IndexOfAny('/', ':') is null or < 0 ? null : $"its configuration uses an extension that is not known here ({setting.Name})";
            case ("remote", "promisor" or "partialclonefilter"):
                IsPartial = true;
                return null;
            default:
                return null;
        }
    }

    // A path that begins with ~ or % is one of the user or of git's installation.
    private bool IsInside(string? written, out string? path)
    {
        path = null;
        if (written is null or "" or "/dev/null")
        {
            return true;
        }

        path = written[0] is '~' or '%' ? null : Resolve(Root, written);
        return path is not null && RealPath.IsWithin(path, RealPath.Of(Root) ?? Root);
    }
}
