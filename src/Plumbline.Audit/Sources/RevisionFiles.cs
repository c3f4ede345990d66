using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>The files of a repository at a git revision.</summary>
internal sealed class RevisionFiles : IFileSource
{
    // What is read of a revision at once is held in memory at once.

    private readonly string _source;
    private readonly GitRepository _git;
    private readonly string _repository;
    private readonly ImmutableSortedDictionary<string, string> _ids;
    private readonly Lazy<Dictionary<string, Blob>> _contents;

    private RevisionFiles(string source, GitRepository git, string tree, Func<string, bool> isRead)
    {
        _source = source;
        _git = git;
        _repository = git.Root;
        _ids = List(source, git, tree);

        // What will surely be read is asked for at once.
        _contents = new(() => Read(_ids.Where(entry => isRead(entry.Key)).Select(entry => entry.Value)));
    }

    /// <summary>The files of a repository at a revision.</summary>
    /// <param name="source">What asks for them, for messages.</param>
    /// <param name="git">The repository.</param>
    /// <param name="tree">The revision.</param>
    /// <param name="isRead">Whether the file of a path will surely be read.</param>
    /// <exception cref="InputException">They cannot be listed.</exception>
    public static RevisionFiles Of(string source, GitRepository git, string tree, Func<string, bool> isRead) => new(source, git, tree, isRead);

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
        var git = OpenGit(repository, out var why) ?? throw new InputException($"{source}: a path at a git revision cannot be read, because git is not used in {repository}: {why}. Correct that, or run plumb in a fresh clone.");
        var tree = Run(source, git, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}");
        if (tree.ExitCode is null)
        {
            throw new InputException($"{source}: the git revision \"{revision}\" cannot be read: {tree.Error}.");
        }

        if (tree.ExitCode != 0)
        {
            throw new InputException($"{source} does not exist, and {git.WithoutRevision(revision)}");
        }


        // Scripts that are no migrations can be large, and are not looked at.
        var files = new RevisionFiles(source, git, Encoding.ASCII.GetString(tree.Output).Trim(), entry => RelativePath.IsWithin(entry, full) ||
            (ProjectFiles.IsWanted(entry) && (!entry.EndsWith(".sql", StringComparison.Ordinal) || RelativePath.NameOf(entry) == MigrationHistory.ScriptName)));
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

        var blob = _contents.Value.TryGetValue(id, out var content) ? content : Read([id]).GetValueOrDefault(id);
        return blob is null ? FileReader.Unreadable(path, "The repository lacks the file's content at this revision.")
            : blob.Bytes is null ? FileReader.TooLong(path, blob.Length)
            : FileReader.Decode(path, blob.Bytes);
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
    public IReadOnlyList<FolderEntry> EntriesOf(string fullPath, Func<string, bool> isWanted) => [];

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

    private static GitRepository? OpenGit(string repository, out string? why)
    {
        var git = GitRepository.Open(repository, out why);
        why ??= git!.ProblemOfObjects();
        return why is null ? git : null;
    }

    private static ImmutableSortedDictionary<string, string> List(string source, GitRepository git, string tree)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var (exitCode, error) = Git.Run(git, git.Root, new GitTalk(ReadAll), "ls-tree", "-r", "-z", "--full-tree", tree) ?? throw NoGit(source);
        return exitCode == 0 ? entries.ToImmutable() : throw new InputException($"{source}: the revision's files cannot be listed: {error}.");

        // The trees of a commit are shared: a few of them can unfold to more paths than there is memory for.
        string? ReadAll(Stream stream)
        {
            using var answer = new BufferedStream(stream, 1 << 16);
            var total = 0L;
            while (ReadUntil(answer, 0) is { } entry)
            {
                if ((total += entry.Length + 1) > ReadingBudget.GitAnswerLength)
                {
                    return Git.TooLong;
                }

                // "100644 blob <id><tab>path"; symbolic links and submodules are no files.
                var tab = entry.IndexOf('\t', StringComparison.Ordinal);
                var head = tab < 0 ? [] : entry[..tab].Split(' ');
                if (head is [not "120000", "blob", var id] && RelativePath.IsNormal(entry.AsSpan(tab + 1)))
                {
                    entries[entry[(tab + 1)..]] = id;
                }
            }

            return null;
        }
    }

    private Dictionary<string, Blob> Read(IEnumerable<string> ids)
    {
        var contents = new Dictionary<string, Blob>(StringComparer.Ordinal);
        var input = string.Concat(ids.Distinct(StringComparer.Ordinal).Select(id => id + "\n"));
        var (exitCode, error) = Git.Run(_git, _repository, new GitTalk(ReadAll) { Input = input }, "cat-file", "--batch") ?? throw NoGit(_source);
        return exitCode is not null ? contents : throw new InputException($"{_source}: the files of the revision cannot be read: {error}.");

        string? ReadAll(Stream stream)
        {
            using var answer = new BufferedStream(stream, 1 << 16);
            var total = 0L;
            while (ReadUntil(answer, (byte)'\n') is { } line)
            {
                // "<id> blob <size>", then as many bytes and a line feed. Of an object that is not there, "<id> missing".
                var head = line.Split(' ');
                if (head.Length != 3 || !long.TryParse(head[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                {
                    continue;
                }

                if (size > FileReader.MaximumLength)
                {
                    Skip(answer, size);
                    contents[head[0]] = new Blob(size, null);
                }
                else if ((total += size) > ReadingBudget.RevisionLength)
                {
                    return $"they are longer than {ReadingBudget.RevisionLength >> 20} MiB together";
                }
                else
                {
                    var bytes = GC.AllocateUninitializedArray<byte>((int)size);
                    answer.ReadExactly(bytes);
                    contents[head[0]] = new Blob(size, bytes);
                }

                answer.ReadByte();
            }

            return null;
        }
    }

    // The bytes up to the next end, as text; null at the end of the answer.
    private static string? ReadUntil(BufferedStream answer, byte end)
    {
        var bytes = new List<byte>(128);
        while (answer.ReadByte() is var next and >= 0)
        {
            if (next == end)
            {
                return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
            }

            bytes.Add((byte)next);
        }

        return null;
    }

    private static void Skip(Stream answer, long length)
    {
        var buffer = new byte[1 << 16];
        while (length > 0)
        {
            var count = answer.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            length = count == 0 ? 0 : length - count;
        }
    }

    private static Git.Answer Run(string source, GitRepository git, params ReadOnlySpan<string> arguments) =>
        Git.Run(git, git.Root, arguments) ?? throw NoGit(source);

    private static InputException NoGit(string source) => new($"{source} does not exist, and a path at a git revision cannot be read because no git was found in PATH outside the repository.");

    /// <summary>An object of git's that is a file.</summary>
    /// <param name="Length">Its length.</param>
    /// <param name="Bytes">Its content; null where it is too long to be read.</param>
    private sealed record Blob(long Length, byte[]? Bytes);
}
