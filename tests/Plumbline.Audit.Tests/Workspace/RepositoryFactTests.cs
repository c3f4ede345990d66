using Plumbline.Audit.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class RepositoryFactTests
{
    [Fact]
    public void What_is_concluded_of_a_repository_is_concluded_once()
    {
        using var one = new TemporaryRepository("a.sql");
        using var other = new TemporaryRepository("b.sql", "c.sql");
        var concluded = 0;
        var fact = new RepositoryFact<int>(Count);
        var (first, second) = (one.Open(), other.Open());
        Assert.Equal([1, 2, 1, 2], new[] { first, second, first, second }.Select(fact.Of));
        Assert.Equal(2, concluded);

        int Count(Repository repository)
        {
            concluded++;
            return repository.Files.Length;
        }
    }

    [Theory]
    [InlineData("", "a/1.sql a/b/2.sql a/b.sql ab/3.sql")]
    [InlineData("a", "a/1.sql a/b/2.sql a/b.sql")]
    [InlineData("a/b", "a/b/2.sql")]
    [InlineData("a/1.sql", "")]
    [InlineData("z", "")]
    public void The_files_in_a_folder_are_found(string folder, string expected)
    {
        using var repository = new TemporaryRepository("a/1.sql", "a/b/2.sql", "a/b.sql", "ab/3.sql");
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), repository.Open().Under(folder).Select(file => file.Path));
    }
}
