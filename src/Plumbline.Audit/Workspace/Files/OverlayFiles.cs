using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Files of another source, some of them with other texts: those that an editor has not saved yet.</summary>
/// <param name="files">The other source.</param>
/// <param name="texts">The texts, by the full paths of their files, which need not be there.</param>
internal sealed class OverlayFiles(IFileSource files, IReadOnlyDictionary<string, string> texts) : IFileSource
{
    /// <inheritdoc/>
    public IFileSource Within(string root) => new OverlayFiles(files.Within(root), texts);

    /// <inheritdoc/>
    public FileListing List(string root, string? repository, CancellationToken cancellation) => With(files.List(root, repository, cancellation), root, _ => true);

    /// <inheritdoc/>
    public FileListing ListAround(string repository, IReadOnlyCollection<string> folders, Func<string, bool> isWanted, CancellationToken cancellation) =>
        With(files.ListAround(repository, folders, isWanted, cancellation), repository, isWanted);

    /// <inheritdoc/>
    public FileContent Read(string path, string fullPath) =>
        texts.TryGetValue(Path.GetFullPath(fullPath), out var text) ? new FileContent(new SourceText(path, text), null) : files.Read(path, fullPath);

    /// <inheritdoc/>
    public bool MayHold(string fullPath, FileWords words) =>
        texts.TryGetValue(Path.GetFullPath(fullPath), out var text) ? words.AreIn(text) : files.MayHold(fullPath, words);

    /// <inheritdoc/>
    public long? LengthOf(string fullPath) => texts.TryGetValue(Path.GetFullPath(fullPath), out var text) ? text.Length : files.LengthOf(fullPath);

    /// <inheritdoc/>
    public bool FolderExists(string fullPath) => files.FolderExists(fullPath) || Inside(fullPath).Any();

    /// <inheritdoc/>
    public bool Exists(string fullPath) => texts.ContainsKey(Path.GetFullPath(fullPath)) || files.Exists(fullPath);

    /// <inheritdoc/>
    public IReadOnlyList<FolderEntry>? EntriesOf(string fullPath, Func<string, bool> isWanted) => files.EntriesOf(fullPath, isWanted);

    /// <inheritdoc/>
    public IEnumerable<string> EnvironmentFiles(string fullPath) => files.EnvironmentFiles(fullPath)
        .Concat(Inside(fullPath).Where(path => !path.Contains('/') && path.StartsWith(".env", StringComparison.Ordinal))).Distinct(StringComparer.Ordinal);

    private FileListing With(FileListing listing, string root, Func<string, bool> isWanted) =>
        listing with { Paths = [.. listing.Paths.Concat(Inside(root).Where(isWanted)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };

    private IEnumerable<string> Inside(string folder) => texts.Keys.Select(path => RelativePath.Between(folder, path))
        .Where(path => path != ".." && !path.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(path));
}
