using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Files;

/// <summary>A link of a repository that leads out of it is not read, even where the command line names it.</summary>
public sealed class NamedLinkTests : IDisposable
{
    private const string Refusal = "is a link that leads outside the repository, so it is not read.";

    private readonly TemporaryRepository _outside = new TemporaryRepository()
        .Write("a.sql", "CREATE TABLE seen (id int);\n")
        .Write("plumb.yaml", "version: 1\nseen: 1\n")
        .Write("migrations/1_a/migration.sql", "CREATE TABLE seen (id int);\n");

    private readonly TemporaryRepository _repository = new TemporaryRepository()
        .Write("own.sql", "CREATE TABLE own (id int);\n")
        .Write("other/migrations/1_a/migration.sql", "CREATE TABLE own (id int);\n")
        .Git("init", "-q");

    /// <inheritdoc/>
    public void Dispose()
    {
        _outside.Dispose();
        _repository.Dispose();
    }

    [Theory]
    [InlineData("a.sql", "a.sql", "a.sql")]
    [InlineData("folder", "migrations", "folder")]
    [InlineData("folder", "migrations", "folder/1_a/migration.sql")]
    public void A_source_is_refused(string link, string target, string named)
    {
        _repository.Link(link, _outside.PathOf(target));
        foreach (var result in (CommandResult[])[Plumb.Run("inspect", _repository.PathOf(named)), Plumb.Run("diff", _repository.PathOf("own.sql"), _repository.PathOf(named))])
        {
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(Refusal, OneLine(result.Error), StringComparison.Ordinal);
            Assert.DoesNotContain("seen", result.Output + result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_configuration_is_refused()
    {
        _repository.Link("other.yaml", _outside.PathOf("plumb.yaml"));
        var result = Plumb.Run("audit", _repository.Root, "--config", _repository.PathOf("other.yaml"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(Refusal, OneLine(result.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("seen", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.sql", "own.sql")]
    [InlineData("folder", "other/migrations")]
    public void A_link_that_stays_inside_is_read(string link, string target)
    {
        _repository.Link(link, _repository.PathOf(target));
        Assert.Contains("own", Plumb.Run("inspect", _repository.PathOf(link)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.sql", "own.sql", "a.sql")]
    [InlineData("work", "", "work/own.sql")]
    public void A_link_of_no_repository_is_the_callers_own(string link, string target, string named)
    {
        _outside.Link("to-" + link, _repository.PathOf(target));
        Assert.Contains("own", Plumb.Run("inspect", _outside.PathOf("to-" + named)).Output, StringComparison.Ordinal);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
