namespace Plumbline.Audit.Workspace.Files;

/// <summary>The files of the disk.</summary>
internal sealed class DiskFiles : IFileSource
{
    private DiskFiles()
    {
    }

    /// <summary>The disk.</summary>
    public static DiskFiles Instance { get; } = new();

    /// <inheritdoc/>
    public FileListing List(string root, string? repository, CancellationToken cancellation) => FileListing.Of(root, repository, cancellation);

    /// <inheritdoc/>
    public FileListing ListAround(string repository, IReadOnlyCollection<string> folders, Func<string, bool> isWanted, CancellationToken cancellation) =>
        NearbyListing.Of(repository, folders, isWanted, cancellation);

    /// <inheritdoc/>
    public FileContent Read(string path, string fullPath) => FileReader.Read(path, fullPath);

    /// <inheritdoc/>
    public bool MayHold(string fullPath, FileWords words) => FileReader.MayHold(fullPath, words);

    /// <inheritdoc/>
    public long? LengthOf(string fullPath) => new FileInfo(fullPath) is { Exists: true } file ? file.Length : null;

    /// <inheritdoc/>
    public bool FolderExists(string fullPath) => Directory.Exists(fullPath);

    /// <inheritdoc/>
    public IEnumerable<string> EmptyFolders(string fullPath, IReadOnlySet<string> filled)
    {
        try
        {
            return
            [
                .. Directory.EnumerateDirectories(fullPath)
                    .Where(full => !filled.Contains(Path.GetFileName(full)) && !Directory.EnumerateFileSystemEntries(full).Any() && new DirectoryInfo(full).LinkTarget is null)
                    .Select(full => Path.GetFileName(full)),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is gone or may not be listed; what is in it has been listed already.
            return [];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> EnvironmentFiles(string fullPath)
    {
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
}
