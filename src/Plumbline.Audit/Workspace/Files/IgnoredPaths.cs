using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// Which paths of a folder the <c>.gitignore</c> files in it exclude (git documentation, "gitignore"). All paths share one budget; where it is used up, none is excluded.
/// </summary>
internal sealed class IgnoredPaths
{
    /// <summary>The name of a file of patterns.</summary>
    public const string FileName = ".gitignore";

    private readonly string _root;
    private readonly ImmutableList<IgnoredPattern> _first;
    private readonly Dictionary<string, ImmutableList<IgnoredPattern>> _patterns = new(StringComparer.Ordinal);
    private long _tries = ReadingBudget.IgnoreTries;

    /// <summary>Reads them from a folder alone.</summary>
    /// <param name="root">Full path of the folder.</param>
    public IgnoredPaths(string root)
        : this(root, [])
    {
    }

    private IgnoredPaths(string root, ImmutableList<IgnoredPattern> first)
    {
        _root = root;
        _first = first;
    }

    /// <summary>The patterns that hold everywhere.</summary>
    public ImmutableList<IgnoredPattern> First => _first;

    /// <summary>Whether there are so many paths and patterns that they were not all compared.</summary>
    public bool IsExhausted => _tries <= 0;

    /// <summary>Reads them as git does: what a repository keeps for itself comes before what lies in its folders.</summary>
    /// <param name="repository">The repository.</param>
    public static IgnoredPaths AsGitReads(GitRepository repository) => new(
        repository.Root, [.. repository.ExcludesFile is { } own ? Read(own, "", out _) : [], .. Read(Path.Combine(repository.CommonFolder, "info", "exclude"), "", out _)]);

    /// <summary>Whether a file, or a folder around it, is excluded.</summary>
    /// <param name="path">The file's path, relative to the folder of them all.</param>
    public bool Contains(string path)
    {
        var folder = RelativePath.FolderOf(path);
        return ContainsFolder(folder) || IsExcluded(PatternsOf(folder), path, isFolder: false);
    }

    /// <summary>Whether a folder, or one around it, is excluded.</summary>
    /// <param name="folder">The folder's path; empty for the folder of them all.</param>
    public bool ContainsFolder(string folder)
    {
        var above = "";
        for (var slash = folder.IndexOf('/'); above.Length < folder.Length; slash = folder.IndexOf('/', slash + 1))
        {
            var next = slash < 0 ? folder : folder[..slash];
            if (IsExcluded(PatternsOf(above), next, isFolder: true))
                return true;

            above = next;
        }

        return false;
    }

    /// <summary>The patterns that hold in a folder, those of the folders around it first.</summary>
    /// <param name="folder">The folder's path.</param>
    public ImmutableList<IgnoredPattern> PatternsOf(string folder)
    {
        if (!_patterns.TryGetValue(folder, out var patterns))
        {
            var above = folder.Length == 0 ? _first : PatternsOf(RelativePath.FolderOf(folder));
            _patterns[folder] = patterns = above.AddRange(ReadIn(folder, out _));
        }

        return patterns;
    }

    /// <summary>The patterns of the file in a folder.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="isTooLong">Whether the file is not read because of its length.</param>
    public List<IgnoredPattern> ReadIn(string folder, out bool isTooLong) => Read(Path.Combine(_root, folder, FileName), folder, out isTooLong);

    /// <summary>Whether patterns exclude a path: the last that matches decides.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="path">The path.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool IsExcluded(ImmutableList<IgnoredPattern> patterns, string path, bool isFolder)
    {
        for (var i = patterns.Count - 1; i >= 0; i--)
        {
            var (folder, pattern) = patterns[i];
            _tries -= pattern.CostOf(path.Length);
            if (_tries <= 0)
                return false;

            if ((isFolder || !pattern.IsFolderOnly) && pattern.Matches(path.AsSpan(folder.Length == 0 ? 0 : folder.Length + 1)))
                return !pattern.IsNegated;
        }

        return false;
    }

    // As git does: a link is no file of patterns.
    private static List<IgnoredPattern> Read(string file, string folder, out bool isTooLong)
    {
        var patterns = new List<IgnoredPattern>();
        if (RegularFile.ReadOwn(file, ReadingBudget.SettingsLength, out isTooLong) is { } bytes && FileReader.Decode(FileName, bytes).Text is { } text)
        {
            foreach (var line in text.Text.AsSpan().EnumerateLines())
            {
                if (GitIgnorePattern.Parse(line) is { } pattern)
                    patterns.Add(new IgnoredPattern(folder, pattern));
            }
        }

        return patterns;
    }
}
