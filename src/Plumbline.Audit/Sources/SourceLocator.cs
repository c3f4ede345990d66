using System.IO.Enumeration;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Projects;

namespace Plumbline.Audit.Sources;

/// <summary>Finds out what someone means by a SOURCE that is no database: a path, or a path at a revision.</summary>
internal static class SourceLocator
{
    /// <summary>The files of a source.</summary>
    /// <param name="source">The source as it was named.</param>
    /// <param name="disk">What the files of the disk are read with.</param>
    /// <exception cref="InputException">There is no such source.</exception>
    public static SourceFiles Locate(string source, IFileSource disk)
    {
        // What is named may lie anywhere, and may be a link, but none out of a repository: its tree is where it leads.
        var full = source.Length == 0 || source.Contains('\0') ? "" : Path.GetFullPath(source);
        var real = full.Length == 0 ? "" : RealPath.Of(full) ?? full;
        if (NamedFile.LeadsOutside(full, real))
        {
            throw new InputException(NamedFile.Refusal(source));
        }

        switch (full.Length == 0 ? FileKind.Missing : FileStatus.Of(real))
        {
            case FileKind.Folder:
                return OfFolder(source, disk, Path.TrimEndingDirectorySeparator(full), Path.TrimEndingDirectorySeparator(real));
            case FileKind.Missing:
                break;
            default:
                return OfFile(source, disk, full, real);
        }

        // RFC 3986, "Scheme".
        if (source.IndexOf("://", StringComparison.Ordinal) is var end and > 0 && source[..end] is var scheme && char.IsAsciiLetter(scheme[0]) &&
            scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
        {
            throw new InputException($"\"{scheme}\" is not a URL scheme that plumb knows; a database URL begins with postgresql://.");
        }

        return source.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
            ? RevisionFiles.Locate(source, source[..colon], source[(colon + 1)..])
            : throw new InputException(source.Length == 0 ? "The name of a source is empty." : $"{source} does not exist.");
    }

    // Files are shown as they were named, so that a message can be followed from where the user stands.
    private static SourceFiles OfFile(string source, IFileSource disk, string full, string real)
    {
        var shown = RelativePath.OfSystem(source);
        var place = PlaceOf(disk, real, Path.GetDirectoryName(real)!);
        var files = place?.Files ?? disk;
        return new SourceFiles(
            source,
            new Lazy<FileTree>(() => Tree(files, full, real, [shown], shown)),
            shown,
            IsFolder: false,
            new Lazy<PrismaVersion>(() => VersionOf(files, Path.GetDirectoryName(real)!)))
        { Place = place };
    }

    private static SourceFiles OfFolder(string source, IFileSource disk, string full, string real)
    {
        var shown = RelativePath.OfSystem(source).TrimEnd('/');
        var place = PlaceOf(disk, real, real);
        var files = place?.Files ?? disk.Within(real);
        var found = new FileSystemEnumerable<string>(
            real,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsOfInterest(entry.FileName),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && entry.FileName is not ".git" &&
                (entry.FileName is not "node_modules" || IsAmongMigrations(entry.ToFullPath(), entry.Directory)),
        };
        var tree = new Lazy<FileTree>(() => Tree(files, full, real, found.Select(path => shown + "/" + RelativePath.Between(real, path)), shown));
        return new SourceFiles(source, tree, shown, IsFolder: true, new Lazy<PrismaVersion>(() => VersionOf(files, real))) { Place = place };
    }

    // Beside a manifest, packages are installed there; elsewhere it is a name like any other.
    private static bool IsAmongMigrations(string folder, ReadOnlySpan<char> around) =>
        FileStatus.Of(Path.Join(around, "package.json")) == FileKind.Missing || FileStatus.Of(Path.Combine(folder, MigrationHistory.ScriptName)) != FileKind.Missing;

    private static bool IsOfInterest(ReadOnlySpan<char> name) =>
        name.EndsWith(".prisma", StringComparison.Ordinal) || name.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || name is MigrationHistory.LockName;

    private static SourcePlace? PlaceOf(IFileSource disk, string full, string folder) => Git.FindRepository(folder) is { } repository
        ? new SourcePlace(disk.Within(repository), repository, Inside(repository, full), folder)
        : null;

    private static string Inside(string repository, string full) => RelativePath.Between(repository, full) is var inside and not "." ? inside : "";

    // Each path is that of the source with the same end behind it, here as there.
    private static FileTree Tree(IFileSource files, string full, string real, IEnumerable<string> paths, string shown)
    {
        var here = Directory.GetCurrentDirectory();
        return full == real
            ? new FileTree(files, here, here, [.. paths.Order(StringComparer.Ordinal)])
            : new FileTree([.. paths.Order(StringComparer.Ordinal).Select(path => new WorkspaceFile(files, path, real + path[shown.Length..]))]);
    }

    // What tells the version may lie in any folder above, as far as the repository goes.
    private static PrismaVersion VersionOf(IFileSource disk, string folder)
    {
        var top = Git.FindRepository(folder) ?? Path.GetPathRoot(folder)!;
        var paths = new List<string>();
        for (var current = folder; current is not null; current = current == top ? null : Path.GetDirectoryName(current))
        {
            paths.AddRange(PrismaVersionFinder.FileNames.Select(name => Path.Combine(current, name)).Where(path => disk.LengthOf(path) is not null).Select(path => RelativePath.Between(top, path)));
        }

        return new PrismaVersionFinder(new FileTree(disk, top, top, [.. paths.Order(StringComparer.Ordinal)])).Find(Inside(top, folder));
    }
}
