using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class FileListingTests
{
    [Fact]
    public void Without_git_the_last_matching_line_of_a_gitignore_decides()
    {
        using var repository = new TemporaryRepository("a.log", "keep.log", "sub/b.log", "sub/deep/keep.log", "out/x.sql", "src/out.sql");
        repository.Write(".gitignore", "*.log\n!keep.log\n/out/\n");
        repository.Write("sub/.gitignore", "keep.log\n");
        Assert.Equal([".gitignore", "keep.log", "src/out.sql", "sub/.gitignore"], Paths(repository));
    }

    [Fact]
    public void With_git_only_what_git_considers_is_listed_and_deleted_files_are_harmless()
    {
        using var repository = new TemporaryRepository("a.sql", "ignored/b.sql", "gone.sql");
        repository.Write(".gitignore", "ignored/\n").Git("init", "-q").Git("add", "-A");
        repository.Write("new file.sql", "");
        File.Delete(repository.PathOf("gone.sql"));
        Assert.Equal([".gitignore", "a.sql", "new file.sql"], Paths(repository));
    }

    [Fact]
    public void A_folder_inside_a_repository_lists_its_own_files_only()
    {
        using var repository = new TemporaryRepository("top.sql", "packages/a/x.sql").Git("init", "-q");
        var workspace = Repository.Open(repository.PathOf("packages/a"), AuditConfiguration.Empty, TestContext.Current.CancellationToken);
        Assert.Equal(["x.sql"], workspace.Files.Select(file => file.Path));
        Assert.Equal(repository.Root, workspace.RepositoryRoot);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nested_repositories_are_left_out_and_named(bool isRepository)
    {
        using var repository = new TemporaryRepository("a.sql", "other/prisma/schema.prisma");
        if (isRepository)
        {
            repository.Git("init", "-q");
        }

        var workspace = repository.Git("init", "-q", "other").Open();
        Assert.Equal(["other"], workspace.NestedRepositories);
        Assert.Empty(workspace.Projects);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void So_many_files_and_folders_are_looked_at(int most, bool isCut)
    {
        // Four files in two folders.
        using var repository = new TemporaryRepository("a/1.sql", "a/2.sql", "b/3.sql", "b/4.sql");
        var listing = FolderWalk.Of(repository.Root, new TreeBoundary(repository.Root), [], TestContext.Current.CancellationToken, most: most);
        Assert.Equal(!isCut, listing.Paths.Length == 4);
        string[] expected = isCut ? [$"The folder has more than {most} files and folders, so not all of them were looked at. Exclude what is generated in .gitignore, or audit a smaller folder."] : [];
        Assert.Equal(expected, listing.Diagnostics.Select(problem => problem.Code == FileListing.CutCode ? problem.Message : ""));
    }

    [Theory]
    [InlineData(64, true, false)]
    [InlineData(65, false, false)]
    [InlineData(65, false, true)]
    public void Folders_are_looked_into_to_a_depth(int depth, bool isRead, bool isTracked)
    {
        var deep = string.Join('/', Enumerable.Repeat("d", depth)) + "/a.sql";
        using var repository = new TemporaryRepository("b.sql", deep).Git("init", "-q");
        if (isTracked)
        {
            repository.Git("add", "-A");
        }

        var workspace = repository.Open();
        Assert.Equal(isRead ? ["b.sql", deep] : ["b.sql"], workspace.Files.Select(file => file.Path));
        Assert.Equal(isRead ? [] : ["Folders are nested more than 64 deep; what lies deeper was not looked at."], workspace.Diagnostics.Select(problem => problem.Message));
    }

    [Fact]
    public void Symbolic_links_that_lead_in_circles_are_not_followed()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma");
        Directory.CreateSymbolicLink(repository.PathOf("prisma/loop"), repository.Root);
        File.CreateSymbolicLink(repository.PathOf("self.prisma"), repository.PathOf("self.prisma"));
        Assert.Equal(["main"], repository.Open().Projects.Select(project => project.Name));
    }

    [Fact]
    public void Packages_that_are_installed_are_never_looked_at()
    {
        using var repository = new TemporaryRepository("node_modules/x/schema.prisma", "a/node_modules/y/schema.prisma", "prisma/schema.prisma").Git("init", "-q").Git("add", "-A");
        Assert.Equal(["prisma/schema.prisma"], Paths(repository));
    }

    [Theory]
    [InlineData("foo", "a/foo", true)]
    [InlineData("/foo", "a/foo", false)]
    [InlineData("a/foo", "b/a/foo", false)]
    [InlineData("**/foo", "a/b/foo", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("*.[oa]", "x.o", true)]
    [InlineData("*.[!oa]", "x.o", false)]
    [InlineData("f[a-c]o", "fbo", true)]
    [InlineData("f[]a]o", "f]o", true)]
    [InlineData("f[!]a]o", "f]o", false)]
    [InlineData("f[\\]]o", "f]o", true)]
    [InlineData("f[a-]o", "f-o", true)]
    [InlineData("f[[:digit:]x]o", "f7o", true)]
    [InlineData("f[[:upper:]]o", "fxo", false)]
    [InlineData("f[[:x]o", "f:o", true)]
    [InlineData("f[ab", "f[ab", false)]
    [InlineData("\\#x", "#x", true)]
    [InlineData("x\\ ", "x ", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("*", "a/b", true)]
    public void A_pattern_matches_as_git_matches_it(string pattern, string path, bool expected) =>
        Assert.Equal(expected, GitIgnorePattern.Parse(pattern)!.Matches(path));

    [Fact]
    public void A_pattern_of_many_stars_takes_no_longer_than_others()
    {
        var pattern = GitIgnorePattern.Parse(string.Concat(Enumerable.Repeat("a*", 2000)) + "b")!;
        Assert.False(pattern.Matches(new string('a', 20_000)));
    }

    private static IEnumerable<string> Paths(TemporaryRepository repository) => repository.Open().Files.Select(file => file.Path);
}
