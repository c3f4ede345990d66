namespace Plumbline.Hostile.Tests.Git;

/// <summary>The tricks work: plain git falls for each of them.</summary>
public sealed class PlainGitTests
{
    public static TheoryData<string> Names => [.. Tricks.All.Values.Where(trick => trick.Control is not null).Select(trick => trick.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Plain_git_falls_for_it(string name)
    {
        using var repository = new TrickRepository();
        var trick = Tricks.All[name];
        var trace = Trace.Of(TricksTests.Program, repository.Repository.Root, trick.Play(repository), trick.Control!);
        Assert.True(trace.Touching(repository.Marker).Any() || repository.Sprung.Any(), trace.Result.Error);
    }
}
