using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Projects;

namespace Plumbline.Audit.Sources;

/// <summary>The files of a repository at a git revision.</summary>
internal sealed class RevisionFiles : IFileSource
{
    private readonly string _source;
    private readonly string _repository;
    private readonly ImmutableSortedDictionary<string, string> _ids;
    private readonly Lazy<Dictionary<string, ReadOnlyMemory<byte>>> _contents;

    private RevisionFiles(string source, string repository, ImmutableSortedDictionary<string, string> ids, string path)
    {
        _source = source;
        _repository = repository;
        _ids = ids;

        // What will surely be read is asked for at once. Scripts that are no migrations can be large, and are not looked at.
        _contents = new(() => Read(ids.Where(entry => RelativePath.IsWithin(entry.Key, path) ||
            (ProjectFiles.IsWanted(entry.Key) && (!entry.Key.EndsWith(".sql", StringComparison.Ordinal) || RelativePath.NameOf(entry.Key) == MigrationHistory.ScriptName)))
            .Select(entry => entry.Value)));
    }

    /// <summary>The files of a path at a revision of the repository that the caller stands in.</summary>
    /// <param name="source">The source as it was named.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="path">The path, from the repository's root; one that begins with <c>./</c> or <c>../</c> from where the caller stands, as in git.</param>
    /// <exception cref="InputException">There is no such thing.</exception>
    public static SourceFiles Locate(string source, string revision, string path)
    {
        if (revision.Length == 0 || revision.StartsWith('-'))
        {
            throw new InputException($"{source}: \"{revision}\" is not a valid git revision. A source at a revision is written REV:PATH, such as main:prisma/schema.prisma.");
        }

        var here = Directory.GetCurrentDirectory();
        var repository = Git.FindRepository(here) ?? throw new InputException($"{source} does not exist. It cannot be a path at a git revision either, because the current directory is not in a git repository.");
        var inside = RelativePath.Between(repository, here);
        var full = Resolve(source, path, inside == "." ? "" : inside);
        var tree = Run(source, repository, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}");
        if (tree.ExitCode != 0)
        {
            throw new InputException($"{source} does not exist, and there is no git revision \"{revision}\" in {repository}.");
        }

        var files = new RevisionFiles(source, repository, List(source, repository, Encoding.ASCII.GetString(tree.Output).Trim()), full);
        ImmutableArray<string> paths = [.. files._ids.Keys.Where(entry => RelativePath.IsWithin(entry, full))];
        if (paths.IsEmpty)
        {
            throw new InputException($"{source}: the revision \"{revision}\" has no {full}.");
        }

        var isFolder = paths is not [var only] || only != full;
        var folder = isFolder ? full : RelativePath.FolderOf(full);
        var shown = revision + ":";
        return new SourceFiles(
            source,
            new Lazy<FileTree>(new FileTree([.. paths.Select(entry => new WorkspaceFile(files, shown + entry, Path.Combine(repository, entry)))])),
            shown + full,
            isFolder,
            new Lazy<PrismaVersion>(() => new PrismaVersionFinder(new FileTree(files, repository, repository, [.. files._ids.Keys.Where(ProjectFiles.IsWanted)])).Find(folder)))
        {
            Place = new SourcePlace(files, repository, full, Path.Combine(repository, folder)),
        };
    }

    /// <inheritdoc/>
    public FileListing List(string root, string? repository, CancellationToken cancellation)
    {
        var folder = InRepository(root);
        return new FileListing([.. _ids.Keys.Where(path => RelativePath.IsWithin(path, folder)).Select(path => folder.Length == 0 ? path : path[(folder.Length + 1)..])], [], []);
    }

    /// <inheritdoc/>
    public FileListing ListAround(string repository, IReadOnlyCollection<string> folders, Func<string, bool> isWanted, CancellationToken cancellation) =>
        new([.. _ids.Keys.Where(isWanted)], [], []);

    /// <inheritdoc/>
    public FileContent Read(string path, string fullPath)
    {
        if (!_ids.TryGetValue(InRepository(fullPath), out var id))
        {
            return FileReader.Missing(path);
        }

        var bytes = _contents.Value.TryGetValue(id, out var content) ? content : Read([id]).GetValueOrDefault(id);
        return FileReader.Decode(path, bytes.Span);
    }

    /// <inheritdoc/>
    public long? LengthOf(string fullPath) => _ids.TryGetValue(InRepository(fullPath), out _) ? Read(fullPath, fullPath).Text?.Text.Length : null;

    /// <inheritdoc/>
    public bool FolderExists(string fullPath)
    {
        var folder = InRepository(fullPath);
        return _ids.Keys.Any(path => path != folder && RelativePath.IsWithin(path, folder));
    }

    /// <inheritdoc/>
    public IEnumerable<string> EmptyFolders(string fullPath, IReadOnlySet<string> filled) => [];

    /// <inheritdoc/>
    public IEnumerable<string> EnvironmentFiles(string fullPath) => [];

    private string InRepository(string fullPath) => RelativePath.Between(_repository, fullPath) is var path and not "." ? path : "";

    private static string Resolve(string source, string path, string inside)
    {
        var folder = path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal) || path is "." or ".." ? inside : "";
        return RelativePath.Resolve(folder, path) is { Length: > 0 } full
            ? full
            : throw new InputException($"{source}: the revision must be followed by the path of a file or folder in the repository.");
    }

    private static ImmutableSortedDictionary<string, string> List(string source, string repository, string tree)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var entry in Encoding.UTF8.GetString(Run(source, repository, "ls-tree", "-r", "-z", "--full-tree", tree).Output).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // "100644 blob <id><tab>path"; symbolic links and submodules are no files.
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var head = entry[..tab].Split(' ');
            if (head[1] == "blob" && head[0] != "120000")
            {
                entries.Add(entry[(tab + 1)..], head[2]);
            }
        }

        return entries.ToImmutable();
    }

    private Dictionary<string, ReadOnlyMemory<byte>> Read(IEnumerable<string> ids)
    {
        var answer = Git.Run(_repository, string.Concat(ids.Distinct(StringComparer.Ordinal).Select(id => id + "\n")), "cat-file", "--batch") ?? throw NoGit(_source);
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (var rest = (ReadOnlyMemory<byte>)answer.Output; rest.Span.IndexOf((byte)'\n') is var end and >= 0;)
        {
            // "<id> blob <size>", then as many bytes and a line feed.
            var head = Encoding.ASCII.GetString(rest.Span[..end]).Split(' ');
            rest = rest[(end + 1)..];
            if (head.Length == 3 && int.TryParse(head[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size < rest.Length)
            {
                contents[head[0]] = rest[..size];
                rest = rest[(size + 1)..];
            }
        }

        return contents;
    }

    private static Git.Answer Run(string source, string repository, params ReadOnlySpan<string> arguments) =>
        Git.Run(repository, null, arguments) ?? throw NoGit(source);

    private static InputException NoGit(string source) => new($"{source} does not exist, and a path at a git revision cannot be read because git is not installed.");
}
