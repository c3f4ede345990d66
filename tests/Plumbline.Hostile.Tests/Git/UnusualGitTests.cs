using System.Diagnostics;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Cli.Tests;
using Plumbline.Schema.Text;
using Plumbline.Testing;
using Asked = Plumbline.Audit.Workspace.Files.Git;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>A git that does not answer, or answers without end, is ended. The tests put another git on PATH, so they run alone.</summary>
[Collection(nameof(UnusualGitTests))]
public sealed class UnusualGitTests : IDisposable
{
    private const string Slow = "git did not answer within 2 seconds";
    private const string Long = "git's answer is longer than 64 MiB";

    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");
    private readonly TrickRepository _repository = new();
    private readonly TemporaryRepository _programs = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _repository.Dispose();
        _programs.Dispose();
    }

    [Theory]
    [InlineData("exec sleep 60", null, Slow)]
    [InlineData("sleep 60", null, Slow)]
    [InlineData("sleep 60 & sleep 60 & wait", null, Slow)]
    [InlineData("trap '' TERM INT HUP; sleep 60; sleep 60", null, Slow)]
    [InlineData("exec >&-; sleep 60", null, Slow)]
    [InlineData("exec 2>&-; sleep 60", null, Slow)]
    [InlineData("while true; do echo x; sleep 0.1; done", null, Slow)]
    [InlineData("exec yes", null, Long)]
    [InlineData("yes", null, Long)]
    [InlineData("yes >&2", null, Long)]
    [InlineData("yes & yes >&2", null, Long)]
    [InlineData("cat /dev/zero", null, Long)]
    [InlineData("head -c 1000000 /dev/zero >&2; echo a", 0, "")]
    [InlineData("echo a; exit 3", 3, "")]
    [InlineData("echo wrong >&2; exit 128", 128, "wrong")]
    [InlineData("kill -9 $$", 137, "")]
    public void It_is_ended(string script, int? exitCode, string error)
    {
        Place(script);
        var git = GitRepository.Open(_repository.Repository.Root, out _)!;
        var clock = Stopwatch.StartNew();
        using var output = new MemoryStream();
        var (code, message) = Asked.Run(git, git.Root, new GitTalk(Asked.Into(output)) { Patience = TimeSpan.FromSeconds(2) }, "ls-files")!.Value;
        Assert.Equal((exitCode, error), (code, message.Trim('\0')));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(9));
        Assert.InRange(output.Length, 0, ReadingBudget.GitAnswerLength);
    }

    [Theory]
    [InlineData("exec yes", "git's answer is longer than 64 MiB")]
    [InlineData("echo wrong >&2; exit 128", "wrong")]
    public void The_repository_is_read_without_it(string script, string why)
    {
        // An index in two files is left to git.
        _repository.Repository.Git("update-index", "--split-index");
        Place(script);
        var result = Plumb.Run("audit", _repository.Repository.Root);
        Assert.Equal(
            (0, $".git:1:1: warning: The files are listed without git: {why}. Files that .gitignore excludes are skipped, and so are build folders such as dist and build.\n"),
            (result.ExitCode, result.Error));
    }

    private void Place(string script)
    {
        _programs.Write("git", $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(_programs.PathOf("git"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", _programs.Root + ":" + _path);
    }
}

/// <summary>The tests that change what all others see.</summary>
[CollectionDefinition(nameof(UnusualGitTests), DisableParallelization = true)]
public sealed class UnusualGitRuns;
