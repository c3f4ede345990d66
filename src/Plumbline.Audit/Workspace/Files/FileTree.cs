using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>The files of a workspace, for looking up.</summary>
internal sealed class FileTree
{
    private readonly Dictionary<string, WorkspaceFile> _byPath;
    private readonly IFileSource? _source;

    /// <summary>Makes a tree of files.</summary>
    /// <param name="source">Where they are read from.</param>
    /// <param name="root">Full path of the folder that the paths are relative to.</param>
    /// <param name="repositoryRoot">Full path of the repository that the folder lies in: nothing above it is looked at.</param>
    /// <param name="paths">The paths, sorted.</param>
    public FileTree(IFileSource source, string root, string repositoryRoot, ImmutableArray<string> paths)
        : this([.. paths.Select(path => new WorkspaceFile(source, path, Path.Combine(root, path)))])
    {
        _source = source;
        Root = root;
        RepositoryRoot = repositoryRoot;
    }

    /// <summary>Makes a tree of files that lie nowhere but in memory.</summary>
    /// <param name="files">The files, sorted by path.</param>
    public FileTree(ImmutableArray<WorkspaceFile> files)
    {
        Files = files;
        _byPath = Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>Where links to folders lead, by their own paths.</summary>
    public ImmutableDictionary<string, string> FolderLinks { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What could not be read when the files were listed.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];

    /// <summary>Full path of the folder that the paths are relative to; null where the files lie in memory.</summary>
    public string? Root { get; }

    /// <summary>Full path of the repository; null where the files lie in memory.</summary>
    public string? RepositoryRoot { get; }

    /// <summary>All files, sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> Files { get; }

    /// <summary>The file of a path; null where the tree has none.</summary>
    public WorkspaceFile? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The files inside a folder, at any depth.</summary>
    public IEnumerable<WorkspaceFile> Under(string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        for (var i = FirstAtOrAfter(prefix); i < Files.Length && Files[i].Path.StartsWith(prefix, StringComparison.Ordinal); i++)
        {
            yield return Files[i];
        }
    }

    /// <summary>Whether the tree has a file inside a folder.</summary>
    public bool HasFolder(string folder) => Under(folder).Any();

    /// <summary>Whether there is a folder at all, with files or without.</summary>
    public bool FolderExists(string folder) => HasFolder(folder) || (_source is not null && _source.FolderExists(Path.Combine(Root!, folder)));

    /// <summary>The same path without links to folders, as far as they stay inside the tree.</summary>
    public string Resolve(string path)
    {
        const int mostLinks = 40;
        for (var links = 0; !FolderLinks.IsEmpty && links < mostLinks && path.Length > 0 && LinkOn(path) is { } link; links++)
        {
            path = RelativePath.Join(FolderLinks[link], path.Length == link.Length ? "" : path[(link.Length + 1)..]);
        }

        return path;
    }

    /// <summary>Why a path, or a folder that it lies in, could not be read when the files were listed; null where nothing was wrong.</summary>
    public Diagnostic? ProblemOf(string path) => Problems.FirstOrDefault(problem => RelativePath.IsWithin(path, problem.Location.Path));

    /// <summary>The names of the folders in a folder that hold nothing.</summary>
    public IEnumerable<string> EmptyFolders(string folder, IReadOnlySet<string> filled) => _source?.EmptyFolders(Path.Combine(Root!, folder), filled) ?? [];

    /// <summary>A file that is there although git ignores it; null where there is none, it is empty, or the tree has it anyway.</summary>
    public WorkspaceFile? FindIgnored(string path)
    {
        var full = _source is null || Find(path) is not null ? null : Path.Combine(Root!, path);

        // A pipe has no length either, and reading it would never end.
        return full is not null && _source!.LengthOf(full) > 0 ? new WorkspaceFile(_source, path, full) : null;
    }

    /// <summary>
    /// The files of a name in a folder and in every folder above it, nearest first, up to the repository's root.
    /// Those above <see cref="Root"/> have paths that begin with <c>../</c>.
    /// </summary>
    public IEnumerable<WorkspaceFile> FindUpward(string name, string folder)
    {
        for (var current = folder; ; current = RelativePath.FolderOf(current))
        {
            if (Find(RelativePath.Join(current, name)) is { } file)
            {
                yield return file;
            }

            if (current.Length == 0)
            {
                break;
            }
        }

        var prefix = "";
        for (var full = Root; full != RepositoryRoot && full is not null && Path.GetDirectoryName(full) is { } parent; full = parent)
        {
            prefix += "../";
            var candidate = Path.Combine(parent, name);
            if (_source!.LengthOf(candidate) is not null)
            {
                yield return new WorkspaceFile(_source, prefix + name, candidate);
            }
        }
    }

    private string? LinkOn(string path)
    {
        for (var part = path; part.Length > 0; part = RelativePath.FolderOf(part))
        {
            if (FolderLinks.ContainsKey(part))
            {
                return part;
            }
        }

        return null;
    }

    private int FirstAtOrAfter(string prefix)
    {
        int low = 0, high = Files.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (string.CompareOrdinal(Files[middle].Path, prefix) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
