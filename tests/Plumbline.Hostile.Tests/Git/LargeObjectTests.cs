using System.Security.Cryptography;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>Objects of git that are, or unfold to, more than there is memory for end in a message.</summary>
public sealed class LargeObjectTests : IDisposable
{
    private const int Levels = 8;
    private readonly TrickRepository _repository = new();

    private TemporaryRepository Files => _repository.Repository;

    /// <inheritdoc/>
    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("plumb: error: --since: the revision's files cannot be listed: git's answer is longer than 64 MiB.\n", "audit", ".", "--since", "bomb")]
    [InlineData("plumb: error: bomb:prisma/schema.prisma: the revision's files cannot be listed: git's answer is longer than 64 MiB.\n", "diff", "bomb:prisma/schema.prisma", "prisma/migrations")]
    public void A_tree_that_unfolds_to_a_hundred_million_paths(string expected, params string[] arguments)
    {
        var tree = Ask($"040000 tree {Bomb()}\tbomb\n040000 tree {Revision("HEAD:prisma")}\tprisma\n", "mktree");
        Files.Git("update-ref", "refs/heads/bomb", Ask("", "commit-tree", "-m", "bomb", tree));
        Assert.Equal((2, expected), Run(arguments));
    }

    // Git itself would unfold the folder that the index holds as one entry.
    [Fact]
    public void A_tree_in_a_sparse_index()
    {
        _repository.Write("bomb/a/x", "");
        Files.Git("add", ".").Git("commit", "-q", "-m", "b").Git("sparse-checkout", "set", "--cone", "--sparse-index", "prisma");
        Replace(Files.PathOf(".git/index"), Convert.FromHexString(Revision("HEAD:bomb")), Convert.FromHexString(Bomb()));
        Assert.Equal((0, ""), Run("audit", "."));
        Assert.Equal((0, ""), Run("diff", "prisma/schema.prisma", "prisma/migrations"));
    }

    [Fact]
    public void A_file_of_600_MiB_in_a_revision()
    {
        const string message = "The file is 600 MiB long; files of more than 64 MiB are not read.";
        const string path = "prisma/migrations/20250101120000_init/migration.sql";
        using (var file = File.OpenWrite(Files.PathOf("large")))
        {
            file.SetLength(600L << 20);
        }

        var id = Ask("", "-c", "core.compression=1", "-c", "core.bigFileThreshold=1m", "hash-object", "-w", "large");
        File.Delete(Files.PathOf("large"));
        Files.Git("update-index", "--cacheinfo", $"100644,{id},{path}").Git("commit", "-q", "-m", "large").Git("reset", "-q", "HEAD~");

        // It is not what the file has now, which is all that counts.
        var (since, peak) = Plumb.Measure(Files.Root, "audit", ".", "--since", "HEAD@{1}");
        Assert.Equal((0, ""), (since.ExitCode, since.Error));
        Assert.InRange(peak, 0, 500L << 20);

        var (diff, peakOfDiff) = Plumb.Measure(Files.Root, "diff", $"HEAD@{{1}}:{path}", "prisma/schema.prisma");
        Assert.Equal(2, diff.ExitCode);
        Assert.Contains(message, diff.Error, StringComparison.Ordinal);
        Assert.InRange(peakOfDiff, 0, 500L << 20);
    }

    private (int, string) Run(params string[] arguments)
    {
        var (result, peak) = Plumb.Measure(Files.Root, arguments);
        Assert.InRange(peak, 0, 500L << 20);
        return (result.ExitCode, result.Error);
    }

    // A tree that holds the same tree ten times, and so on.
    private string Bomb()
    {
        var id = Ask("x", "hash-object", "-w", "--stdin");
        for (var level = 0; level < Levels; level++)
        {
            var kind = level == 0 ? "100644 blob" : "040000 tree";
            id = Ask(string.Concat(Enumerable.Range(0, 10).Select(i => $"{kind} {id}\t{i}\n")), "mktree");
        }

        return id;
    }

    private string Revision(string name) => Ask("", "rev-parse", name);

    private string Ask(string input, params string[] arguments) => Command.Run(
        "git", arguments, input: input, folder: Files.Root).EnsureSuccess().Output.Trim();

    // The last twenty bytes of an index are its hash.
    private static void Replace(string index, byte[] old, byte[] with)
    {
        var bytes = File.ReadAllBytes(index);
        var replaced = 0;
        for (var at = bytes.AsSpan().IndexOf(old); at >= 0; at = bytes.AsSpan().IndexOf(old))
        {
            with.CopyTo(bytes, at);
            replaced++;
        }

        Assert.InRange(replaced, 1, 2);
#pragma warning disable CA5350 // It is git's own hash.
        SHA1.HashData(bytes.AsSpan(..^20)).CopyTo(bytes, bytes.Length - 20);
#pragma warning restore CA5350
        File.WriteAllBytes(index, bytes);
    }
}
