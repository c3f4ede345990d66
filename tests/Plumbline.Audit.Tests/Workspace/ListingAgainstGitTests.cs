using Plumbline.Audit.Workspace.Files;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

/// <summary>What is listed is what git lists: in trees and with patterns of every kind, made by chance.</summary>
public sealed class ListingAgainstGitTests
{
    private static readonly string[] Names = ["a", "b", "ab", "A", "x.sql", "y.sql", ".env", "dist", "build", "a b", "[x]", "tmp", "1_a"];
    private static readonly string[] Pieces = ["a", "b", "*", "**", "?", "[ab]", "[!a]", "[[:lower:]]", "x.sql", "*.sql", ".*", "dist", "bu*d", "a b", "\\[x]", "1_*", "t?p", "a*", "*b", "[a-c]*", "[]x]", "[a"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_same_files(int seed)
    {
        var random = new Random(seed);
        using var repository = new TemporaryRepository().Git("init", "-q");
        var folders = new List<string> { "" };
        for (var i = 0; i < 40; i++)
        {
            var path = Joined(folders[random.Next(folders.Count)], Names[random.Next(Names.Length)]);
            if (Directory.Exists(repository.PathOf(path)) || File.Exists(repository.PathOf(path)))
                continue;

            if (random.Next(3) > 0)
            {
                repository.Write(path, "x");
                continue;
            }

            Directory.CreateDirectory(repository.PathOf(path));
            folders.Add(path);
        }

        foreach (var path in (string[])[".gitignore", ".git/info/exclude", Joined(folders[^1], ".gitignore"), Joined(folders[folders.Count / 2], ".gitignore")])
            repository.Write(path, string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pattern(random) + "\n")));

        // Some files are tracked although a pattern excludes them, and one of these is gone.
        foreach (var path in (string[])[.. Listed(repository, "").OrderBy(_ => random.Next()).Take(3), .. All(repository).OrderBy(_ => random.Next()).Take(3)])
            repository.Git("add", "-f", "--", path);

        File.Delete(repository.PathOf(All(repository).OrderBy(_ => random.Next()).First()));
        foreach (var folder in (string[])["", folders[^1]])
        {
            var root = repository.PathOf(folder);
            if (!Directory.Exists(root))
                continue;

            var expected = Listed(repository, folder);
            var found = FileListing.Of(root, repository.Root, new TreeBoundary(repository.Root), TestContext.Current.CancellationToken);

            // Of a folder that holds nothing for git, everything is listed.
            if (expected.Length > 0 && !expected.SequenceEqual(found.Paths))
            {
                var patterns = All(repository).Where(path => path.EndsWith(".gitignore", StringComparison.Ordinal)).Append(".git/info/exclude").Select(path => path + ": " + File.ReadAllText(repository.PathOf(path)).Trim().Replace('\n', '|'));
                Assert.Fail($"in \"{folder}\" of {string.Join("; ", patterns)}: git alone lists {string.Join(", ", expected.Except(found.Paths))}; git does not list {string.Join(", ", found.Paths.Except(expected))}");
            }
        }
    }

    private static string Pattern(Random random)
    {
        var pieces = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Pieces[random.Next(Pieces.Length)]);
        return (random.Next(4) == 0 ? "!" : "") + (random.Next(4) == 0 ? "/" : "") + string.Join('/', pieces) + (random.Next(4) == 0 ? "/" : "");
    }

    private static string[] Listed(TemporaryRepository repository, string folder) =>
    [
        .. Command.Run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], folder: repository.PathOf(folder)).EnsureSuccess().Output
            .Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Where(path => File.Exists(repository.PathOf(Joined(folder, path)))).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> All(TemporaryRepository repository) => Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(repository.Root, path)).Where(path => !path.StartsWith(".git/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static string Joined(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;
}
