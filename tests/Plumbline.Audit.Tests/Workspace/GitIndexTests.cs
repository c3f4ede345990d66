using Plumbline.Audit.Workspace.Files;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class GitIndexTests
{
    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public void The_tracked_files_are_those_that_git_lists(string version)
    {
        using var repository = Tracked();
        repository.Git("update-index", "--index-version", version);
        Assert.Equal(Listed(repository), Read(repository.Root));
    }

    [Fact]
    public void A_file_that_is_only_going_to_be_added_is_tracked()
    {
        // Such an entry has a second word of flags, in version 3 of the index.
        using var repository = Tracked().Write("new.sql", "SELECT 1;").Git("add", "-N", "new.sql");
        Assert.Contains("new.sql", Read(repository.Root)!);
        Assert.Equal(Listed(repository), Read(repository.Root));
    }

    [Fact]
    public void A_work_tree_of_its_own_has_its_own_index()
    {
        using var repository = Tracked().Git("commit", "-q", "-m", "a").Git("worktree", "add", "-q", "tree");
        Assert.Equal(Listed(repository), Read(repository.PathOf("tree")));
    }

    [Fact]
    public void Links_and_submodules_are_told_from_files()
    {
        using var repository = Tracked().Link("link.sql", "a.sql").Write("sub/x.sql", "").Git("-C", "sub", "init", "-q").Git("-C", "sub", "add", ".").Git("-C", "sub", "commit", "-q", "-m", "x").Git("add", ".");
        var read = GitIndex.Read(repository.PathOf(".git"))!.ToDictionary(entry => entry.Path, entry => entry.Kind);
        Assert.Equal((TrackedKind.File, TrackedKind.Link, TrackedKind.Submodule), (read["a.sql"], read["link.sql"], read["sub"]));
    }

    [Fact]
    public void What_only_git_can_read_is_left_to_git()
    {
        using var split = Tracked().Git("update-index", "--split-index");
        Assert.Null(Read(split.Root));
        using var longer = new TemporaryRepository("a.sql", "b/c.sql").Git("init", "-q", "--object-format=sha256").Git("add", ".");
        Assert.Null(Read(longer.Root));
        using var none = new TemporaryRepository("a.sql").Git("init", "-q");
        Assert.Null(Read(none.Root));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(80)]
    [InlineData(200)]
    public void A_broken_index_is_left_to_git(int length)
    {
        using var repository = Tracked();
        repository.Write(".git/index", File.ReadAllBytes(repository.PathOf(".git/index"))[..length]);
        Assert.Null(Read(repository.Root));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public void An_index_that_is_cut_anywhere_is_left_to_git(string version)
    {
        using var repository = Tracked().Git("update-index", "--index-version", version);
        var index = File.ReadAllBytes(repository.PathOf(".git/index"));
        for (var length = 0; length < index.Length; length++)
        {
            repository.Write(".git/index", index[..length]);
            Read(repository.Root);
        }

        Assert.NotNull(index);
    }

    // Its last entry reaches into what would be the checksum.
    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(20)]
    public void An_index_without_room_for_its_checksum_is_left_to_git(int missing)
    {
        using var repository = Tracked();
        repository.Write(".git/index", Index("a.sql")[..^missing]);
        Assert.Null(Read(repository.Root));
    }

    [Theory]
    [InlineData("../a.sql")]
    [InlineData("db/../../a.sql")]
    [InlineData("/etc/passwd")]
    [InlineData(".git/config")]
    [InlineData("db/.GIT/config")]
    [InlineData("db//a.sql")]
    [InlineData("./a.sql")]
    public void A_path_that_git_would_not_write_is_left_to_git(string path)
    {
        using var repository = Tracked();
        repository.Write(".git/index", Index(path));
        Assert.Null(Read(repository.Root));
        repository.Write(".git/index", Index("a.sql"));
        Assert.Equal("a.sql", Assert.Single(Read(repository.Root)!));
    }

    // Version 2, one entry, without a name for its checksum.
    private static byte[] Index(string path)
    {
        var entry = new byte[(62 + path.Length + 8) & ~7];
        entry[26] = 0x81;
        entry[27] = 0xA4;
        entry[61] = (byte)path.Length;
        System.Text.Encoding.ASCII.GetBytes(path).CopyTo(entry, 62);
        return [.. "DIRC"u8, 0, 0, 0, 2, 0, 0, 0, 1, .. entry, .. new byte[20]];
    }

    private static string[]? Read(string root) => GitRepository.Open(root, out _) is { } repository ? GitIndex.Read(repository.Folder)?.Select(entry => entry.Path).ToArray() : null;

    private static TemporaryRepository Tracked() =>
        new TemporaryRepository("a.sql", "db/schema.prisma", "db/migrations/1_a/migration.sql", "größe/ä.sql", "db/migrations/1_b/migration.sql", "untracked.sql")
            .Write(new string('x', 200) + "/a.sql", "").Git("init", "-q").Git("add", "a.sql", "db", "größe", new string('x', 200));

    private static string[] Listed(TemporaryRepository repository) =>
        Command.Run("git", ["ls-files", "-z"], folder: repository.Root).Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
