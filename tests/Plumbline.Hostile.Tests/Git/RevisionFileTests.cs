using System.Diagnostics;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>The name of a revision can be the path of any file in git's folder: none of them is a link that is followed, a pipe that is waited for, or read without end.</summary>
public sealed class RevisionFileTests : IDisposable
{
    private readonly TrickRepository _repository = new();

    private TemporaryRepository Files => _repository.Repository;

    /// <inheritdoc/>
    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("main", "main")]
    [InlineData("ORIG_HEAD", "ORIG_HEAD")]
    [InlineData("origin/main", "origin/main")]
    [InlineData("worktrees/w/HEAD", "worktrees/w/HEAD")]
    [InlineData("refs/remotes/origin/main", "origin/main")]
    public void A_link(string path, string revision)
    {
        _repository.Write(".git/" + path, Command.Run("git", ["rev-parse", "HEAD"], folder: Files.Root).Output);
        _repository.LinkOut(".git/" + path);
        foreach (var arguments in (string[][])[["audit", ".", "--since", revision], ["inspect", revision + ":prisma/schema.prisma"]])
        {
            var trace = Trace.OfPlumb(Files.Root, null, arguments);
            Assert.Empty(trace.Touching(_repository.Marker));
            Assert.Equal(2, trace.Result.ExitCode);
            Assert.Contains($"{path} in git's folder is a link", trace.Result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ORIG_HEAD")]
    [InlineData("main")]
    public void A_pipe(string path)
    {
        Command.Run("mkfifo", [Files.PathOf(".git/" + path)]).EnsureSuccess();
        Check($"{path} in git's folder is a pipe, a socket or a device", path);
    }

    [Theory]
    [InlineData("main", "main")]
    [InlineData("refs/heads/other", "other")]
    [InlineData("packed-refs", "HEAD")]
    public void A_file_of_3_GiB(string path, string revision)
    {
        Lengthen(".git/" + path);
        Check($"{path} in git's folder is longer than 64 MiB", revision);
    }

    [Fact]
    public void What_git_itself_puts_there_is_no_obstacle()
    {
        Directory.Delete(Files.PathOf(".git/hooks"), recursive: true);
        Command.Run("mkfifo", [Files.PathOf(".git/fsmonitor--daemon.ipc")]).EnsureSuccess();
        Files.Folder(".git/own").Link(".git/hooks", Files.PathOf(".git/own")).Git("worktree", "add", "-q", "../" + Path.GetFileName(_repository.Outside), "-f", "--detach").Git("gc", "-q");
        var result = Command.Run(Plumbline.Cli.Tests.Plumb.Program, ["audit", ".", "--since", "HEAD"], folder: Files.Root);
        Files.Git("worktree", "remove", "--force", "../" + Path.GetFileName(_repository.Outside));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    private void Check(string message, string revision)
    {
        var clock = Stopwatch.StartNew();
        var trace = Trace.OfPlumb(Files.Root, null, "audit", ".", "--since", revision);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(2, trace.Result.ExitCode);
        Assert.Contains(message, trace.Result.Error, StringComparison.Ordinal);
    }

    // The file is sparse: it takes no room.
    private void Lengthen(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Files.PathOf(path))!);
        using var file = File.OpenWrite(Files.PathOf(path));
        file.SetLength(3L << 30);
    }
}
