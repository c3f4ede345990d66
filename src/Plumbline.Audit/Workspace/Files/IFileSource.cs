namespace Plumbline.Audit.Workspace.Files;

/// <summary>Where files are read from. Every path is a full path, as if the files were on the disk.</summary>
internal interface IFileSource
{
    /// <summary>The same source, of which nothing is read that lies outside of a folder.</summary>
    /// <param name="root">The folder.</param>
    IFileSource Within(string root) => this;

    /// <summary>Lists the files of a folder that belong to its repository.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="repository">The repository that it lies in; null where it lies in none.</param>
    /// <param name="cancellation">Stops a walk through a huge tree.</param>
    FileListing List(string root, string? repository, CancellationToken cancellation);

    /// <summary>Lists some files of a repository for those who want to read a few sources in it: quicker than to list all.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folders">The folders that the sources lie in.</param>
    /// <param name="isWanted">Whether a path is one of the files.</param>
    /// <param name="cancellation">Ends the listing.</param>
    FileListing ListAround(string repository, IReadOnlyCollection<string> folders, Func<string, bool> isWanted, CancellationToken cancellation);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path to show to people.</param>
    /// <param name="fullPath">Where the file is.</param>
    FileContent Read(string path, string fullPath);

    /// <summary>Whether a file may hold one of some words; false only where it surely does not, or cannot be read.</summary>
    /// <param name="fullPath">Where the file is.</param>
    /// <param name="words">The words.</param>
    bool MayHold(string fullPath, FileWords words) => true;

    /// <summary>The length of a file in bytes, whether git ignores it or not; null where there is none.</summary>
    long? LengthOf(string fullPath);

    /// <summary>Whether there is a folder.</summary>
    bool FolderExists(string fullPath);

    /// <summary>Whether something lies at a path, whatever it is.</summary>
    /// <param name="fullPath">The path.</param>
    bool Exists(string fullPath) => LengthOf(fullPath) is not null;

    /// <summary>What lies in a folder, whether git lists it or not; null where the folder may not be read.</summary>
    /// <param name="fullPath">The folder.</param>
    /// <param name="isWanted">Whether a name is of interest; nobody looks at the others.</param>
    IReadOnlyList<FolderEntry>? EntriesOf(string fullPath, Func<string, bool> isWanted);

    /// <summary>The names of the files in a folder that begin with <c>.env</c> and hold something, whether git ignores them or not.</summary>
    IEnumerable<string> EnvironmentFiles(string fullPath);
}
