using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>Whatever a repository's own git folder says, only git itself is started, by its absolute path, and nothing that the repository points to is opened.</summary>
public sealed class TricksTests
{
    private static readonly string Program = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "git")).First(File.Exists);

    public static TheoryData<string> Names => [.. Tricks.All.Keys];

    // The caller's environment is the same for both.
    public static TheoryData<string> Unpacked => [.. Tricks.All.Keys.Where(name => !name.StartsWith("GIT_", StringComparison.Ordinal))];

    public static TheoryData<string> Controlled => [.. Tricks.All.Values.Where(trick => trick.Control is not null).Select(trick => trick.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_clone_is_audited(string name) => Check(name, isArchive: false, "audit", ".", "--since", "HEAD");

    [Theory]
    [MemberData(nameof(Unpacked))]
    public void An_unpacked_archive_is_compared(string name) => Check(name, isArchive: true, "diff", "HEAD:prisma/schema.prisma", "prisma/migrations");

    [Theory]
    [MemberData(nameof(Controlled))]
    public void Plain_git_falls_for_it(string name)
    {
        using var repository = new TrickRepository();
        var trick = Tricks.All[name];
        var trace = Trace.Of(Program, repository.Repository.Root, trick.Play(repository), trick.Control!);
        Assert.True(trace.Touching(repository.Marker).Any() || repository.Sprung.Any(), trace.Result.Error);
    }

    private static void Check(string name, bool isArchive, params string[] arguments)
    {
        using var repository = new TrickRepository();
        var environment = Tricks.All[name].Play(repository);
        if (isArchive)
        {
            repository.Unpack();
        }

        var trace = Trace.OfPlumb(repository.Repository.Root, environment, arguments);
        Assert.Empty(trace.Touching(repository.Marker));
        Assert.Empty(repository.Sprung);
        Assert.All(trace.Programs, program => Assert.Equal(Program, program));
        Assert.InRange(trace.Result.ExitCode, 0, 2);
        Assert.DoesNotContain("bug in plumb", trace.Result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".:{0}")]
    [InlineData(":{0}")]
    [InlineData("bin:{0}")]
    [InlineData("{1}:{0}")]
    [InlineData("{1}/bin:{0}")]
    [InlineData("{1}/prisma/../bin/:{0}")]
    public void Git_is_never_a_program_of_the_repository(string path)
    {
        using var repository = new TrickRepository();
        foreach (var place in (string[])["git", "bin/git"])
        {
            repository.Write(place, File.ReadAllText(repository.Trap()));
            Command.Run("chmod", ["+x", repository.Repository.PathOf(place)]).EnsureSuccess();
        }

        var variables = new Dictionary<string, string> { ["PATH"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Environment.GetEnvironmentVariable("PATH"), repository.Repository.Root) };
        Command.Run("sh", ["-c", "git status"], folder: repository.Repository.Root, environment: variables);
        Assert.NotEmpty(repository.Sprung);
        repository.Reset();
        var trace = Trace.OfPlumb(repository.Repository.Root, variables, "audit", ".");
        Assert.Empty(repository.Sprung);
        Assert.Equal([Program], trace.Programs);
    }

    [Fact]
    public void Without_git_a_repository_is_read_all_the_same()
    {
        using var repository = new TrickRepository();
        var trace = Trace.OfPlumb(repository.Repository.Root, new Dictionary<string, string> { ["PATH"] = "/nowhere" }, "audit", ".");
        Assert.Empty(trace.Programs);
        Assert.Equal((0, ""), (trace.Result.ExitCode, trace.Result.Error));
    }
}
