using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;

namespace Plumbline.Audit.Sources;

/// <summary>The files of a source at a git revision.</summary>
internal static class RevisionFiles
{
    /// <summary>The files of a path at a revision of the repository that the caller stands in.</summary>
    /// <param name="source">The source as it was named.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="path">The path, from the repository's root; one that begins with <c>./</c> or <c>../</c> from where the caller stands, as in git.</param>
    /// <exception cref="InputException">There is no such thing.</exception>
    public static SourceFiles Locate(string source, string revision, string path)
    {
        if (revision.Length == 0 || revision.StartsWith('-'))
        {
            throw new InputException($"{source}: \"{revision}\" cannot be a git revision. A source at a revision is written REV:PATH, such as main:prisma/schema.prisma.");
        }

        var here = Directory.GetCurrentDirectory();
        var repository = Git.FindRepository(here) ?? throw new InputException($"{source} does not exist, and is no path at a git revision either: you stand in no git repository.");
        var inside = Path.GetRelativePath(repository, here).Replace('\\', '/');
        var full = Resolve(source, path, inside == "." ? "" : inside);
        var tree = Run(source, repository, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}");
        if (tree.ExitCode != 0)
        {
            throw new InputException($"{source} does not exist, and there is no git revision \"{revision}\" in {repository}.");
        }

        var entries = List(source, repository, Encoding.ASCII.GetString(tree.Output).Trim(), full);
        var files = entries.Where(entry => RelativePath.IsWithin(entry.Path, full)).ToList();
        if (files.Count == 0)
        {
            throw new InputException($"{source}: at \"{revision}\" there is no {full}.");
        }

        var contents = Read(source, repository, entries);
        var isFolder = files is not [var only] || only.Path != full;
        var versions = new Lazy<PrismaVersion>(() => new PrismaVersionFinder(Tree(entries, contents, "")).Find(isFolder ? full : RelativePath.FolderOf(full)));
        return new SourceFiles(source, Tree(files, contents, revision + ":"), revision + ":" + full, isFolder, versions);
    }

    private static string Resolve(string source, string path, string inside)
    {
        var folder = path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal) || path is "." or ".." ? inside : "";
        return RelativePath.Resolve(folder, path) is { Length: > 0 } full
            ? full
            : throw new InputException($"{source}: behind the revision there must be the path of a file or folder in the repository.");
    }

    private static List<(string Id, string Path)> List(string source, string repository, string tree, string path)
    {
        var arguments = new List<string> { "ls-tree", "-r", "-z", "--full-tree", tree, "--", path };
        for (var folder = path; folder.Length > 0;)
        {
            folder = RelativePath.FolderOf(folder);
            arguments.AddRange(PrismaVersionFinder.FileNames.Select(name => RelativePath.Join(folder, name)));
        }

        var entries = new List<(string, string)>();
        foreach (var entry in Encoding.UTF8.GetString(Run(source, repository, [.. arguments]).Output).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // "100644 blob <id><tab>path"; symbolic links and submodules are no files.
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var head = entry[..tab].Split(' ');
            if (head[1] == "blob" && head[0] != "120000")
            {
                entries.Add((head[2], entry[(tab + 1)..]));
            }
        }

        return entries;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Read(string source, string repository, List<(string Id, string Path)> entries)
    {
        var ids = string.Concat(entries.Select(entry => entry.Id).Distinct(StringComparer.Ordinal).Select(id => id + "\n"));
        var answer = Git.Run(repository, ids, "cat-file", "--batch") ?? throw NoGit(source);
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

    private static FileTree Tree(List<(string Id, string Path)> entries, Dictionary<string, ReadOnlyMemory<byte>> contents, string prefix) =>
        new([.. entries.Select(entry => (Path: prefix + entry.Path, Bytes: contents.GetValueOrDefault(entry.Id))).OrderBy(entry => entry.Path, StringComparer.Ordinal)
            .Select(entry => new WorkspaceFile(entry.Path, () => FileReader.Decode(entry.Path, entry.Bytes.Span)))]);

    private static Git.Answer Run(string source, string repository, params ReadOnlySpan<string> arguments) =>
        Git.Run(repository, null, arguments) ?? throw NoGit(source);

    private static InputException NoGit(string source) => new($"{source} does not exist, and a path at a git revision cannot be read: git is not installed.");
}
