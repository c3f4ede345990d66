using System.Collections.Immutable;
using System.Globalization;
using System.IO.Enumeration;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Walks through a folder. Of what lies in it nothing is opened but the files of patterns, and no link is followed.</summary>
internal static class FolderWalk
{
    private const string ClosedFolder = "The folder cannot be read, so its contents are skipped.";

    private static readonly EnumerationOptions Options = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    /// <summary>Lists all files of a folder that no <c>.gitignore</c> excludes.</summary>
    /// <param name="root">Full path of the folder.</param>
    /// <param name="boundary">What the links of the folder must stay in.</param>
    /// <param name="notes">What was wrong before.</param>
    /// <param name="cancellation">Stops the walk.</param>
    /// <param name="repository">What its repository ignores; null where it lies in none.</param>
    /// <param name="prefix">The path of the folder in its repository, with a slash at the end.</param>
    /// <param name="skipsBuildOutput">Whether the folders that builds leave behind are skipped by their names, and what is ignored is noted.</param>
    /// <param name="most">How many files and folders are looked at.</param>
    public static FileListing Of(
        string root,
        TreeBoundary boundary,
        ImmutableArray<Diagnostic> notes,
        CancellationToken cancellation,
        IgnoredPaths? repository = null,
        string prefix = "",
        bool skipsBuildOutput = true,
        int most = ReadingBudget.FolderEntries)
    {
        var ignored = repository ?? new IgnoredPaths(root);
        var entries = 0;
        var paths = new List<string>();
        var leftOut = new List<string>();
        var nested = new List<string>();
        var diagnostics = new List<Diagnostic>(notes);
        var links = new FolderLinks(root, boundary, diagnostics);
        var above = prefix.Length == 0 ? ignored.First : ignored.PatternsOf(RelativePath.FolderOf(prefix[..^1]));
        var folders = new Stack<(string Path, ImmutableList<IgnoredPattern> Ignored)>([("", above)]);
        while (folders.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            if (EntriesOf(Path.Combine(root, folder.Path), most - entries + 1) is not { } found)
            {
                diagnostics.Add(new Diagnostic(DiagnosticSeverity.Warning, FileReader.PermissionCode, ClosedFolder, SourceLocation.StartOf(RelativePath.Shown(folder.Path))));
                continue;
            }

            entries += found.Count;
            if (entries > most)
            {
                break;
            }

            if (folder.Path.Length > 0 && found.Exists(entry => entry.Name == FileListing.GitEntry))
            {
                nested.Add(folder.Path);
                continue;
            }

            var patterns = folder.Ignored;
            if (found.Exists(entry => entry is { Name: IgnoredPaths.FileName, Kind: EntryKind.File }))
            {
                patterns = patterns.AddRange(ignored.ReadIn((prefix + folder.Path).TrimEnd('/'), out var isTooLong));
                if (isTooLong)
                {
                    var path = RelativePath.Join(folder.Path, IgnoredPaths.FileName);
                    diagnostics.Add(ReadingBudget.Exceeded(
                        string.Create(CultureInfo.InvariantCulture, $"{path} is longer than {ReadingBudget.SettingsLength >> 20} MiB"), "Its patterns are not read.", SourceLocation.StartOf(path)));
                }
            }

            foreach (var (name, kind) in found)
            {
                var path = RelativePath.Join(folder.Path, name);
                if (name == FileListing.GitEntry)
                {
                    continue;
                }

                var isFolder = kind == EntryKind.Folder;
                var isSkipped = kind != EntryKind.File && (FileListing.NeverRead.Contains(name) || (skipsBuildOutput && FileListing.BuildOutput.Contains(name)));
                if (isSkipped && skipsBuildOutput)
                {
                    leftOut.Add(path);
                }
                else if (ignored.IsExcluded(patterns, prefix + path, isFolder))
                {
                    if (skipsBuildOutput && (kind != EntryKind.File || path.EndsWith(FileListing.SchemaExtension, StringComparison.Ordinal)))
                    {
                        leftOut.Add(path);
                    }
                }
                else if (isSkipped)
                {
                    leftOut.Add(path);
                }
                else if (isFolder && !FileListing.IsTooDeep(path))
                {
                    folders.Push((path, patterns));
                }
                else if (isFolder)
                {
                    diagnostics.Add(FileListing.TooDeep());
                }
                else if (kind == EntryKind.File || !links.Add(path))
                {
                    paths.Add(path);
                }
            }
        }

        if (entries > most)
        {
            diagnostics.Add(new Diagnostic(DiagnosticSeverity.Warning, FileListing.CutCode, string.Create(CultureInfo.InvariantCulture,
                $"The folder has more than {most:N0} files and folders, so not all of them were looked at. Exclude what is generated in .gitignore, or audit a smaller folder."),
                SourceLocation.StartOf(".")));
        }

        if (ignored.IsExhausted)
        {
            diagnostics.Add(ReadingBudget.Exceeded(
                ".gitignore has too many patterns",
                "The patterns of the .gitignore files are too many or too complex for the files here to be matched with all of them.",
                SourceLocation.StartOf(IgnoredPaths.FileName)));
        }

        return FileListing.Sorted(paths, nested, diagnostics, links.Inside, leftOut) with { MayLackTracked = true };
    }

    // Of a file nothing is asked but its name. A link to a folder counts as one to the framework, and as a file to git.
    private static List<(string Name, EntryKind Kind)>? EntriesOf(string folder, int most)
    {
        try
        {
            var entries = new FileSystemEnumerable<(string, EntryKind)>(
                folder,
                static (ref entry) => (entry.FileName.ToString(), !entry.IsDirectory ? EntryKind.File : entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryKind.Link : EntryKind.Folder),
                Options);
            return [.. entries.Take(most)];
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private enum EntryKind
    {
        /// <summary>Anything but a folder.</summary>
        File,

        /// <summary>A link to a folder.</summary>
        Link,

        /// <summary>A folder.</summary>
        Folder,
    }
}
