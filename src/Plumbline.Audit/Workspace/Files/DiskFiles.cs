namespace Plumbline.Audit.Workspace.Files;

/// <summary>The files of the disk. A tree is read only as far as its links stay inside; what was named on the command line may lie anywhere.</summary>
internal sealed class DiskFiles : IFileSource
{
    private readonly TreeBoundary? _boundary;

    private DiskFiles(TreeBoundary? boundary) => _boundary = boundary;

    /// <summary>The disk.</summary>
    public static DiskFiles Instance { get; } = new(null);

    /// <inheritdoc/>
    public IFileSource Within(string root) => _boundary?.Root == root ? this : new DiskFiles(new TreeBoundary(root));

    /// <inheritdoc/>
    public FileListing List(string root, string? repository, CancellationToken cancellation) => FileListing.Of(root, repository, BoundaryOf(repository ?? root), cancellation);

    /// <inheritdoc/>
    public FileListing ListAround(string repository, IReadOnlyCollection<string> folders, Func<string, bool> isWanted, CancellationToken cancellation) =>
        NearbyListing.Of(repository, folders, isWanted, BoundaryOf(repository), cancellation);

    /// <inheritdoc/>
    public FileContent Read(string path, string fullPath) => FileReader.Read(path, fullPath, _boundary);

    /// <inheritdoc/>
    public bool MayHold(string fullPath, FileWords words) => FileReader.MayHold(fullPath, words, _boundary);

    /// <inheritdoc/>
    public long? LengthOf(string fullPath) => new FileInfo(fullPath) is { Exists: true } file ? file.Length : null;

    /// <inheritdoc/>
    public bool FolderExists(string fullPath) => Directory.Exists(fullPath) && IsInside(Path.Combine(fullPath, "."));

    /// <inheritdoc/>
    public bool Exists(string fullPath) => FileStatus.Of(fullPath) is not (FileKind.Missing or FileKind.Unreachable);

    /// <inheritdoc/>
    public IReadOnlyList<FolderEntry>? EntriesOf(string fullPath, Func<string, bool> isWanted)
    {
        if (!IsInside(Path.Combine(fullPath, ".")))
            return [];

        try
        {
            return [.. Directory.EnumerateFileSystemEntries(fullPath).Where(full => isWanted(Path.GetFileName(full))).Select(EntryAt)];
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            // The folder is gone; what is in it has been listed already.
            return [];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> EnvironmentFiles(string fullPath)
    {
        if (!IsInside(Path.Combine(fullPath, ".")))
            return [];

        try
        {
            // A file without a length is empty or no file at all: reading a pipe would never end.
            return [.. new DirectoryInfo(fullPath).EnumerateFiles(".env*").Where(file => file.Length > 0).Select(file => file.Name)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Of a link, where it leads counts.
    private bool IsInside(string fullPath) =>
        _boundary is null || (_boundary.PlaceOf(fullPath) is { } place && (FileStatus.Of(place) != FileKind.Link || _boundary.TargetOf(place) is not null));

    private TreeBoundary BoundaryOf(string root) => _boundary?.Root == root ? _boundary : new TreeBoundary(root);

    private static FolderEntry EntryAt(string full)
    {
        var kind = FileStatus.Of(full);
        return new FolderEntry(Path.GetFileName(full), kind, IsLoop: kind == FileKind.Link && RealPath.Of(full) is null);
    }
}
