using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Which paths of a repository the <c>.gitignore</c> files around them exclude. Each of these files is read once, and all paths share one budget.</summary>
/// <param name="repository">Full path of the repository.</param>
internal sealed class IgnoredPaths(string repository)
{
    private readonly Dictionary<string, ImmutableList<(string Base, GitIgnorePattern Pattern)>> _patterns = new(StringComparer.Ordinal);
    private long _tries = ReadingBudget.IgnoreTries;

    /// <summary>Whether a file, or a folder around it, is excluded.</summary>
    /// <param name="path">The file's path, relative to the repository.</param>
    public bool Contains(string path)
    {
        var patterns = PatternsOf("", []);
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = path[..slash];
            if (FileListing.IsIgnored(patterns, folder, isFolder: true, ref _tries))
                return true;

            patterns = PatternsOf(folder, patterns);
        }

        return FileListing.IsIgnored(patterns, path, isFolder: false, ref _tries);
    }

    private ImmutableList<(string Base, GitIgnorePattern Pattern)> PatternsOf(string folder, ImmutableList<(string Base, GitIgnorePattern Pattern)> above)
    {
        if (!_patterns.TryGetValue(folder, out var patterns))
            _patterns[folder] = patterns = above.AddRange(FileListing.ReadIgnoreFile(Path.Combine(repository, folder), folder, out _));

        return patterns;
    }
}
