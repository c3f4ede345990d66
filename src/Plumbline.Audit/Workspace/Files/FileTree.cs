using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>The files of a workspace, for looking up.</summary>
internal sealed class FileTree
{
    private readonly Dictionary<string, WorkspaceFile> _byPath;
    private readonly Dictionary<string, WorkspaceFile> _included = new(StringComparer.Ordinal);
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

    /// <summary>
    /// Paths of files that are there and were left out when the files were listed, and of folders that were not looked into. Prisma reads them in a folder of migrations
    /// or of a schema.
    /// </summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];

    /// <summary>The repositories inside, which are left out too.</summary>
    public ImmutableArray<string> NestedRepositories { get; init; } = [];

    /// <summary>Whether nothing said which files git tracks, so that some of them may have been left out.</summary>
    public bool MayLackTracked { get; init; }

    /// <summary>Whether the configuration excludes a path.</summary>
    public Predicate<string> IsExcluded { get; init; } = static _ => false;

    /// <summary>Full path of the folder that the paths are relative to; null where the files lie in memory.</summary>
    public string? Root { get; }

    /// <summary>Full path of the repository; null where the files lie in memory.</summary>
    public string? RepositoryRoot { get; }

    /// <summary>All files, sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> Files { get; }

    /// <summary>All files with those that were included since, sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> WithIncluded =>
        _included.Count == 0 ? Files : [.. Files.Concat(_included.Values).OrderBy(file => file.Path, StringComparer.Ordinal)];

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

    /// <summary>What lies in a folder, whether it was listed or not, sorted by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isWanted">Whether a name is of interest.</param>
    public IEnumerable<FolderEntry> EntriesOf(string folder, Func<string, bool> isWanted) =>
        (_source?.EntriesOf(Path.Combine(Root!, folder), isWanted) ?? []).OrderBy(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>Whether a folder holds no file, so that git does not list it, or may not be looked into.</summary>
    public bool HoldsNothing(string folder) => _source!.EntriesOf(Path.Combine(Root!, folder), static _ => true) is not { } entries || entries.All(entry =>
        entry.Kind == FileKind.Other || (entry.Kind == FileKind.Folder && _source.EntriesOf(Path.Combine(Root!, folder, entry.Name), static _ => true) is { Count: 0 }));

    /// <summary>Whether a folder that has no listed file was left out, so that what is in it counts where Prisma would read it.</summary>
    public bool IsLeftOut(string folder) => MayLackTracked || EntriesOf(folder, static name => name == FileListing.GitEntry).Any() ||
        LeftOut.Concat(NestedRepositories).Any(path => RelativePath.IsWithin(path, folder) || RelativePath.IsWithin(folder, path));

    /// <summary>A file that is there and was left out: it is part of the tree from now on.</summary>
    public WorkspaceFile Include(string path)
    {
        if ((Find(path) ?? _included.GetValueOrDefault(path)) is not { } file)
        {
            file = new WorkspaceFile(_source!, path, Path.Combine(Root!, path));
            _included.Add(path, file);
        }

        return file;
    }

    /// <summary>A file that was left out; null where there is none.</summary>
    /// <param name="path">Its path.</param>
    public WorkspaceFile? FindLeftOut(string path)
    {
        var isLeftOut = LeftOut.Any(outer => RelativePath.IsWithin(path, outer)) && !FileListing.IsNeverRead(path) && !IsExcluded(path);
        return isLeftOut && EntriesOf(RelativePath.FolderOf(path), name => name == RelativePath.NameOf(path)).Any(entry => entry.Kind != FileKind.Folder)
            ? Include(path)
            : null;
    }

    /// <summary>The paths of the files that were left out in a folder, at any depth, sorted. Of installed packages beside a workspace none is among them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="ending">How their names end.</param>
    /// <param name="isCut">Whether there are too many for all of them to be looked at.</param>
    public IEnumerable<string> LeftOutUnder(string folder, string ending, out bool isCut)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var looked = 0;
        var leftOut = LeftOut.Concat(NestedRepositories.Where(path => path != folder));
        var pending = new Stack<string>(leftOut.Where(path => RelativePath.IsWithin(path, folder) && path != FileListing.PackagesFolder));
        if (folder.Length > 0 && LeftOut.Any(path => path != folder && RelativePath.IsWithin(folder, path)))
        {
            pending.Push(folder);
        }

        while (looked < ReadingBudget.FolderEntries && pending.TryPop(out var path))
        {
            looked++;
            if (path.EndsWith(ending, StringComparison.Ordinal) && !_source!.FolderExists(Path.Combine(Root!, path)))
            {
                found.Add(path);
                continue;
            }

            foreach (var entry in EntriesOf(path, static name => name != FileListing.GitEntry))
            {
                if (entry.Kind == FileKind.Folder)
                {
                    pending.Push(RelativePath.Join(path, entry.Name));
                }
                else if (entry.Name.EndsWith(ending, StringComparison.Ordinal))
                {
                    found.Add(RelativePath.Join(path, entry.Name));
                }

                looked++;
            }
        }

        isCut = pending.Count > 0;
        return found.Where(path => Find(path) is null && !IsExcluded(path));
    }

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
