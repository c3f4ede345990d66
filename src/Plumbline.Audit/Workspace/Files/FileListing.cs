using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>Code of a diagnostic about a folder whose files are too many, or too deep, for all of them to be listed.</summary>
    public const string CutCode = "too-many-files";

    /// <summary>The name of git's own folder, or of the file that names it.</summary>
    internal const string GitEntry = ".git";

    /// <summary>The folder of installed packages.</summary>
    internal const string PackagesFolder = "node_modules";

    /// <summary>How the names of schema files end.</summary>
    internal const string SchemaExtension = ".prisma";

    /// <summary>Names of folders that are never part of what a team writes, whether ignored or not.</summary>
    internal static readonly ImmutableArray<string> NeverRead = [GitEntry, PackagesFolder];

    /// <summary>Names of folders that builds leave behind: left out only where no git says what is ignored.</summary>
    internal static readonly ImmutableArray<string> BuildOutput = [".next", ".nuxt", ".turbo", ".cache", ".svelte-kit", ".output", "dist", "build", "coverage"];

    /// <summary>
    /// Lists the files of a folder: where it lies in a repository those that git would list, tracked ones and new ones that no pattern ignores, else all that no <c>.gitignore</c> excludes.
    /// The tree is walked here, and not by git, which opens what a stray <c>.git</c> file in a folder names.
    /// </summary>
    /// <param name="root">Full path of the folder.</param>
    /// <param name="repository">The repository that it lies in; null where it lies in none.</param>
    /// <param name="boundary">What the links of the folder must stay in.</param>
    /// <param name="cancellation">Stops a walk through a huge tree.</param>
    public static FileListing Of(string root, string? repository, TreeBoundary boundary, CancellationToken cancellation)
    {
        if (repository is null)
        {
            return FolderWalk.Of(root, boundary, [], cancellation);
        }

        var opened = GitRepository.Open(repository, out var why);
        var note = why is null ? null : $"The repository is read without git, because {why}.";
        var tracked = opened is not null ? TrackedFiles.Of(opened, ref note)
            : GitRepository.FolderOf(repository) is { } folder && GitIndex.Read(folder) is { } entries ? new TrackedFiles(entries, [])
            : null;
        if (tracked is null)
        {
            return FolderWalk.Of(root, boundary, note is null ? [] : [NoteOf(note + " Files that .gitignore excludes are skipped, and so are build folders such as dist and build.")], cancellation);
        }

        var ignored = opened is null ? new IgnoredPaths(repository) : IgnoredPaths.AsGitReads(opened);
        var prefix = RelativePath.Between(repository, root) is var inside and not "." ? inside + "/" : "";
        var walked = ignored.ContainsFolder(prefix.TrimEnd('/'))
            ? new FileListing([], [], [])
            : FolderWalk.Of(root, boundary, [], cancellation, ignored, prefix, skipsBuildOutput: opened is null);
        var listing = With(tracked, walked, note, root, prefix, boundary);
        return listing.Paths.IsEmpty && listing.NestedRepositories.IsEmpty ? FolderWalk.Of(root, boundary, listing.Diagnostics, cancellation) : listing;
    }

    private static FileListing With(TrackedFiles tracked, FileListing walked, string? note, string root, string prefix, TreeBoundary boundary)
    {
        List<Diagnostic> diagnostics = [.. walked.Diagnostics, .. tracked.Diagnostics];
        if (note is not null)
        {
            diagnostics.Insert(0, NoteOf(note));
        }

        var links = new FolderLinks(root, boundary, diagnostics);
        var known = walked.Paths.ToHashSet(StringComparer.Ordinal);
        var added = new List<string>();
        var nested = walked.NestedRepositories.ToList();
        List<string> leftOut = [.. walked.LeftOut];
        foreach (var (whole, kind) in tracked.Entries)
        {
            if (!whole.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var path = whole[prefix.Length..];
            var isNeverRead = IsNeverRead(path);
            if (kind == TrackedKind.Submodule)
            {
                nested.Add(path);
            }
            else if (IsTooDeep(RelativePath.FolderOf(path)))
            {
                diagnostics.Add(TooDeep());
            }
            else if (!known.Contains(path) && !walked.FolderLinks.ContainsKey(path) && (!isNeverRead || MayCount(path)) && IsThere(root, path) && (kind != TrackedKind.Link || !links.Add(path)))
            {
                if (isNeverRead)
                {
                    leftOut.Add(path);
                }
                else
                {
                    added.Add(path);
                }
            }
        }

        // What the walk found is in order, and mostly all that is tracked.
        return Sorted(added, nested, diagnostics, walked.FolderLinks.SetItems(links.Inside), leftOut) with
        {
            Paths = added.Count == 0 ? walked.Paths : InOrder(walked.Paths.Concat(added)),
        };
    }

    private static Diagnostic NoteOf(string message) => new(DiagnosticSeverity.Warning, GitRepository.UnusedCode, message, SourceLocation.StartOf(GitEntry));

    /// <summary>Whether a folder lies so deep that it is not looked into.</summary>
    /// <param name="folder">Its path.</param>
    public static bool IsTooDeep(string folder) => folder.AsSpan().Count('/') >= ReadingBudget.FolderDepth;

    /// <summary>Says that folders were not looked into because of their depth.</summary>
    public static Diagnostic TooDeep() => new(
        DiagnosticSeverity.Warning, CutCode, string.Create(CultureInfo.InvariantCulture, $"Folders are nested more than {ReadingBudget.FolderDepth} deep; what lies deeper was not looked at."), SourceLocation.StartOf("."));

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
    public static ImmutableArray<string> SkippedIn(string root) => [.. BuildOutput.Append(PackagesFolder).Where(name => Directory.Exists(Path.Combine(root, name)))];

    /// <summary>A listing whose parts are sorted and named once.</summary>
    internal static FileListing Sorted(
        IEnumerable<string> paths, IEnumerable<string> nested, List<Diagnostic> diagnostics, ImmutableDictionary<string, string> folderLinks, List<string> leftOut) =>
        new(
            InOrder(paths),
            InOrder(nested),
            [.. diagnostics.DistinctBy(diagnostic => (diagnostic.Location.Path, diagnostic.Message))])
        {
            FolderLinks = folderLinks,
            LeftOut = InOrder(leftOut),
        };

    private static ImmutableArray<string> InOrder(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
