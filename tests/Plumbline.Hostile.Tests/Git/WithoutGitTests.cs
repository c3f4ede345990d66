using System.Diagnostics;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>Where git would read without end, wait, or open what lies outside, the repository is read without it, and a note says why.</summary>
public sealed class WithoutGitTests : IDisposable
{
    private readonly TrickRepository _repository = new();

    private TemporaryRepository Files => _repository.Repository;

    /// <inheritdoc/>
    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData(".gitignore", ".gitignore is longer than 1 MiB")]
    [InlineData(".git/info/exclude", "info/exclude in git's folder is longer than 1 MiB")]
    [InlineData(".git/packed-refs", "packed-refs in git's folder is longer than 64 MiB")]
    [InlineData(".git/HEAD", "HEAD in git's folder is longer than 4096 bytes")]
    [InlineData(".git/index", "index in git's folder is longer than 512 MiB")]
    public void A_file_of_3_GiB(string path, string why)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Files.PathOf(path))!);
        using (var file = File.OpenWrite(Files.PathOf(path)))
        {
            file.SetLength(3L << 30);
        }

        var trace = Trace.OfPlumb(Files.Root, null, "audit", ".");
        Assert.Empty(trace.Programs);
        Assert.InRange(trace.Result.ExitCode, 0, 1);
        Assert.StartsWith($".git:1:1: warning: The repository is read without git, because {why}.", trace.Result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkfifo inner/.git/HEAD")]
    [InlineData("rmdir inner/.git; mkdir other; mkfifo other/HEAD; echo 'gitdir: ../other' > inner/.git")]
    public void A_pipe_in_a_repository_inside(string script)
    {
        Files.Folder("inner/.git");
        Command.Run("sh", ["-c", script], folder: Files.Root).EnsureSuccess();
        var clock = Stopwatch.StartNew();
        var result = Command.Run(Plumb.Program, ["audit", "."], folder: Files.Root);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_configuration_that_includes_a_file_of_git_s_own_folder_or_none_is_no_obstacle()
    {
        _repository.Set("include.path", "more").Set("include.path", "/nowhere/config").Set("includeIf.gitdir:/.path", "/nowhere/config").Write(".git/more", "[core]\n\tabbrev = 10\n");
        var trace = Trace.OfPlumb(Files.Root, null, "audit", ".", "--since", "HEAD");
        Assert.NotEmpty(trace.Programs);
        Assert.Equal((0, ""), (trace.Result.ExitCode, trace.Result.Error));
    }

    [Theory]
    [InlineData("[include]\n\tpath = {0}\n")]
    [InlineData("[include]\n\tpath = more\n")]
    [InlineData("[core]\n\texcludesFile = {0}\n")]
    public void A_file_that_is_included_is_looked_at_too(string text)
    {
        _repository.Set("include.path", "more").Write(".git/more", text.Replace("{0}", _repository.File("config"), StringComparison.Ordinal));
        var trace = Trace.OfPlumb(Files.Root, null, "audit", ".");
        Assert.Empty(trace.Touching(_repository.Marker));
        Assert.Empty(trace.Programs);
        Assert.Contains("The repository is read without git, because its configuration ", trace.Result.Error, StringComparison.Ordinal);
    }

    // actions/checkout, from version 6, includes a file with its credentials from the folder of the runner.
    [Theory]
    [InlineData("[http \"https://github.com/\"]\n\textraheader = AUTHORIZATION: basic eA==\n", true)]
    [InlineData("[core]\n\tworktree = /nowhere\n", false)]
    [InlineData("[include]\n\tpath = /etc/gitconfig.outside\n[core]\n\texcludesFile = /etc/passwd\n", false)]
    public void A_file_that_the_runner_of_a_workflow_keeps_is_looked_at_too(string text, bool isUsed)
    {
        using var temporary = new TemporaryRepository().Write("git-credentials-1.config", text);
        _repository.Set($"includeIf.gitdir:{Files.PathOf(".git")}.path", temporary.PathOf("git-credentials-1.config"));
        string[] call = ["audit", ".", "--since", "HEAD"];
        var inside = Trace.OfPlumb(Files.Root, new Dictionary<string, string> { ["RUNNER_TEMP"] = temporary.Root }, call);
        Assert.Equal(isUsed, inside.Programs.Any());
        Assert.Equal(isUsed ? 0 : 2, inside.Result.ExitCode);
        foreach (var other in (string[])[Path.Combine(temporary.Root, "other"), "", ".."])
        {
            var outside = Trace.OfPlumb(Files.Root, new Dictionary<string, string> { ["RUNNER_TEMP"] = other }, call);
            Assert.Empty(outside.Programs);
            Assert.Equal(2, outside.Result.ExitCode);
        }
    }
}
