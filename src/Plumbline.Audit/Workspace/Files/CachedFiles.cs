using System.Collections.Concurrent;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Reads each file of another source once, whatever paths it is shown under.</summary>
/// <param name="files">The other source.</param>
internal sealed class CachedFiles(IFileSource files) : IFileSource
{
    private readonly ConcurrentDictionary<string, Lazy<FileContent>> _contents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CachedFiles> _within = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IFileSource Within(string root) => files.Within(root) is var narrower && ReferenceEquals(narrower, files) ? this : _within.GetOrAdd(root, _ => new CachedFiles(narrower));

    /// <inheritdoc/>
    public FileListing List(string root, string? repository, CancellationToken cancellation) => files.List(root, repository, cancellation);

    /// <inheritdoc/>
    public FileListing ListAround(string repository, IReadOnlyCollection<string> folders, Func<string, bool> isWanted, CancellationToken cancellation) =>
        files.ListAround(repository, folders, isWanted, cancellation);

    /// <inheritdoc/>
    public FileContent Read(string path, string fullPath)
    {
        var full = Path.GetFullPath(fullPath);
        var content = _contents.GetOrAdd(full, _ => new Lazy<FileContent>(() => files.Read(path, full))).Value;
        if (content.Problem is { } problem && problem.Location.Path != path)
        {
            return files.Read(path, full);
        }

        return content.Text is { } text && text.Path != path ? new FileContent(new SourceText(path, text.Text), null) : content;
    }

    /// <inheritdoc/>
    public bool MayHold(string fullPath, FileWords words) =>
        _contents.TryGetValue(Path.GetFullPath(fullPath), out var content) && content.IsValueCreated
            ? content.Value.Text is { } text && words.AreIn(text.Text)
            : files.MayHold(fullPath, words);

    /// <inheritdoc/>
    public long? LengthOf(string fullPath) => files.LengthOf(fullPath);

    /// <inheritdoc/>
    public bool FolderExists(string fullPath) => files.FolderExists(fullPath);

    /// <inheritdoc/>
    public bool Exists(string fullPath) => files.Exists(fullPath);

    /// <inheritdoc/>
    public IReadOnlyList<FolderEntry>? EntriesOf(string fullPath, Func<string, bool> isWanted) => files.EntriesOf(fullPath, isWanted);

    /// <inheritdoc/>
    public IEnumerable<string> EnvironmentFiles(string fullPath) => files.EnvironmentFiles(fullPath);
}
