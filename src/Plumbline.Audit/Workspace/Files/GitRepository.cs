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

    // What git itself writes there is far smaller.
    private const int LongestPathFile = 4096;

    // What git opens of its folder, with what each must be.
    private static readonly (string Path, FileKind Kind)[] Parts =
    [
        ("HEAD", FileKind.Regular), ("index", FileKind.Regular), ("packed-refs", FileKind.Regular), ("shallow", FileKind.Regular),
        ("info", FileKind.Folder), ("info/exclude", FileKind.Regular), ("info/attributes", FileKind.Regular), ("info/sparse-checkout", FileKind.Regular),
        ("info/grafts", FileKind.Regular), ("objects", FileKind.Folder), ("objects/info", FileKind.Folder), ("objects/info/alternates", FileKind.Missing),
        ("objects/info/http-alternates", FileKind.Missing), ("objects/pack", FileKind.Folder), ("refs", FileKind.Folder), ("logs", FileKind.Folder),
    ];

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
        why = FileStatus.Of(Path.Combine(root, ".gitignore")) == FileKind.Other ? ".gitignore is a pipe, a socket or a device" : null;
        why ??= repository.ProblemOfParts() ?? repository.ProblemOfConfiguration(Path.Combine(common, "config"), isWorktree: false);
        return why is null ? repository : null;
    }

    /// <summary>Looks at what git opens beside that where it reads objects; gives why it may not, null where it may.</summary>
    public string? ProblemOfObjects()
    {
        const int depthOfObjects = 3, depthOfReferences = 64;
        var looked = 0;
        return ProblemOf("objects", depthOfObjects, ReadingBudget.LooseObjects) ?? Others("refs") ?? Others("logs");

        // Each reference has a log, which stays when the reference is packed.
        string? Others(string path)
        {
            looked = 0;
            return ProblemOf(path, depthOfReferences, ReadingBudget.LooseReferences);
        }

        string? ProblemOf(string path, int depth, int most)
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
                    var kind = FileStatus.Of(entry);
                    if (kind is not (FileKind.Regular or FileKind.Folder or FileKind.Missing) || ++looked > most)
                    {
                        return kind is FileKind.Regular or FileKind.Folder ? $"{path} in git's folder has too many entries: more than {most} are not looked at" : $"{inner} in git's folder is {Wording(kind)}";
                    }

                    if (kind == FileKind.Folder && ProblemOf(inner, depth - 1, most) is { } problem)
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

        var text = ReadText(entry, LongestPathFile)?.TrimEnd('\r', '\n');
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
        if (parents.Length >= 3 && parents[^2] == "worktrees" && ReadText(Path.Combine(folder, "gitdir"), LongestPathFile) is { } back &&
            Resolve(folder, back.TrimEnd('\r', '\n')) == RealPath.Of(entry) &&
            ReadText(Path.Combine(folder, "commondir"), LongestPathFile) is { } shared && Resolve(folder, shared.TrimEnd('\r', '\n')) is { } above &&
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
        foreach (var (path, expected) in Parts)
        {
            var folder = path is "HEAD" or "index" or "info/sparse-checkout" ? Folder : CommonFolder;
            var full = Path.Combine(folder, path);
            var kind = FileStatus.Of(full);
            if (kind == FileKind.Missing || kind == expected)
            {
                continue;
            }

            // An empty list borrows nothing.
            if (expected == FileKind.Missing && kind == FileKind.Regular && RegularFile.ReadOwn(full, LongestPathFile) is { Length: 0 })
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

    private string? ProblemOfConfiguration(string path, bool isWorktree)
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
            if (ProblemOf(setting) is { } problem)
            {
                return problem;
            }
        }

        return !isWorktree && settings.Exists(setting => setting is { Section: "extensions", Name: "worktreeconfig" })
            ? ProblemOfConfiguration(Path.Combine(Folder, "config.worktree"), isWorktree: true)
            : null;
    }

    private string? ProblemOf(GitConfiguration.Setting setting)
    {
        switch (setting.Section, setting.Name)
        {
            case ("include" or "includeif", _):
                return "its configuration includes another file";
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
