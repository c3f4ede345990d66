using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Files;

/// <summary>Nothing is written but the file that was asked for, whole or not at all.</summary>
public sealed class OutputFileTests
{
    [Theory]
    [InlineData("link", "it is a symbolic link, which is not written through. Name the file that it leads to.")]
    [InlineData("broken", "it is a symbolic link, which is not written through. Name the file that it leads to.")]
    [InlineData("pipe", "it is a pipe, a socket or a device. Only files, /dev/stdout, /dev/stderr and /dev/null are written to.")]
    [InlineData("folder", "a folder has that name.")]
    [InlineData("folder/", "a folder has that name.")]
    [InlineData("nowhere/x", "the folder does not exist.")]
    public void What_is_no_file_is_refused(string name, string expected)
    {
        using var repository = new TemporaryRepository().Write("target", "kept").Link("link", "target").Link("broken", "created").Folder("folder");
        Command.Run("mkfifo", [repository.PathOf("pipe")]).EnsureSuccess();
        var before = Everything(repository);
        var path = Path.Combine(repository.Root, name);
        var result = Plumb.Run("rules", "--output", path);
        Assert.Equal((2, $"plumb: error: --output {path}: {expected}\n"), (result.ExitCode, result.Error));
        Assert.Equal(before, Everything(repository));
        Assert.Equal("kept", File.ReadAllText(repository.PathOf("target")));
    }

    [Theory]
    [InlineData("/dev/full")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    public void A_device_is_refused(string device) => Assert.Equal(2, Plumb.Run("rules", "--output", device).ExitCode);

    [Theory]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/stderr")]
    [InlineData("/dev/null")]
    public void A_standard_stream_is_written_to(string stream)
    {
        var result = Command.Run(Plumb.Program, ["rules", "--output", stream]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(stream == "/dev/stdout", result.Output.Contains("migration/", StringComparison.Ordinal));
        Assert.Equal(stream == "/dev/stderr", result.Error.Contains("migration/", StringComparison.Ordinal));
    }

    // Without the signal, a limit of the length of files fails as a full disk does. The runtime keeps its own code in such a file where it may not write to it.
    [Theory]
    [InlineData("the file is longer than the system allows.", "trap '' XFSZ; ulimit -f 1; exec \"$@\"")]
    [InlineData("the disk is full.", "mount -t tmpfs -o size=8k none \"$0\" && echo old > \"$0/out.json\" && \"$@\"; code=$?; ls -A \"$0\"; cat \"$0/out.json\"; exit $code")]
    public void A_full_disk_leaves_the_old_file(string reason, string script)
    {
        using var repository = new TemporaryRepository().Write("out.json", "old\n");
        var isMount = script.StartsWith("mount", StringComparison.Ordinal);
        Assert.SkipWhen(isMount && Command.Run("unshare", ["-m", "true"]).ExitCode != 0, "no right to mount");
        string[] command = [.. isMount ? (string[])["unshare", "-m", "bash"] : ["bash"], "-c", script, repository.Root, Plumb.Program, "rules", "--format", "json", "--output", repository.PathOf("out.json")];
        var result = Command.Run(command[0], command[1..], environment: new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" });
        Assert.Matches($"^plumb: error: [^\n]*out.json could not be written: {reason}\n$", result.Error);
        Assert.Equal((3, isMount ? "out.json\nold\n" : ""), (result.ExitCode, result.Output));
        Assert.Equal(["out.json"], Everything(repository));
        Assert.Equal("old\n", File.ReadAllText(repository.PathOf("out.json")));
    }

    [Fact]
    public void An_empty_name_is_a_wrong_call()
    {
        var result = Plumb.Run("rules", "--output", "");
        Assert.Equal((2, "plumb: error: The option \"--output\" has an empty value.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void A_file_that_was_prepared_under_the_old_name_is_left_alone()
    {
        using var repository = new TemporaryRepository().Write("victim", "kept").Link("out.json.part", "victim");
        Assert.Equal(0, Plumb.Run("rules", "--format", "json", "--output", repository.PathOf("out.json")).ExitCode);
        Assert.Equal("kept", File.ReadAllText(repository.PathOf("victim")));
        Assert.Equal(["out.json", "out.json.part", "victim"], Everything(repository));
    }

    [Theory]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(InvalidOperationException))]
    public void Whatever_ends_the_writing_leaves_nothing(Type kind)
    {
        using var repository = new TemporaryRepository().Write("out", "old");
        var thrown = (Exception)Activator.CreateInstance(kind)!;
        Assert.ThrowsAny<Exception>(() => Cli.OutputFile.Write(repository.PathOf("out"), writer => { writer.Write("new"); throw thrown; }));
        Assert.Equal(["out"], Everything(repository));
        Assert.Equal("old", File.ReadAllText(repository.PathOf("out")));
    }

    [Fact]
    public void A_baseline_is_not_written_through_a_link()
    {
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n").Write("inside", "{ \"version\": 1, \"accepted\": [] }")
            .Link("plumb.baseline.json", "inside");
        var result = Plumb.Run("baseline", repository.Root);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("it is a symbolic link", result.Error, StringComparison.Ordinal);
        Assert.Equal("{ \"version\": 1, \"accepted\": [] }", File.ReadAllText(repository.PathOf("inside")));
    }

    [Theory]
    [InlineData("link", "it is a symbolic link, which is not written through. Name the file that it leads to.")]
    [InlineData("folder", "a folder has that name.")]
    public void A_file_that_no_option_names_is_named_alone(string kind, string expected)
    {
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n");
        _ = kind == "link" ? repository.Write("inside", "{ \"version\": 1, \"accepted\": [] }").Link("plumb.baseline.json", "inside") : repository.Folder("plumb.baseline.json");
        Assert.Equal((2, $"plumb: error: {repository.PathOf("plumb.baseline.json")}: {expected}\n"), Of(Plumb.Run("baseline", repository.Root)));
        Assert.Equal((2, $"plumb: error: --output {repository.PathOf("plumb.baseline.json")}: {expected}\n"), Of(Plumb.Run("baseline", repository.Root, "--output", repository.PathOf("plumb.baseline.json"))));

        static (int, string) Of(CommandResult result) => (result.ExitCode, result.Error);
    }

    [Theory]
    [InlineData("600")]
    [InlineData("640")]
    [InlineData("666")]
    [InlineData("400")]
    public void A_file_that_is_replaced_keeps_its_permissions(string mode)
    {
        using var repository = new TemporaryRepository().Write("out", "old");
        Command.Run("chmod", [mode, repository.PathOf("out")]).EnsureSuccess();
        Cli.OutputFile.Write(repository.PathOf("out"), writer =>
        {
            Assert.Equal("0", Command.Run("find", [repository.Root, "-name", ".plumb-*", "-perm", "/077", "-not", "-perm", mode, "-printf", "x"]).Output is "" ? "0" : mode is "600" or "400" ? "open to others" : "0");
            writer.Write("new");
        });
        Assert.Equal("new", File.ReadAllText(repository.PathOf("out")));
        Assert.Equal(mode, Command.Run("stat", ["-c", "%a", repository.PathOf("out")]).Output.Trim());
    }

    private static IEnumerable<string> Everything(TemporaryRepository repository) =>
        Directory.EnumerateFileSystemEntries(repository.Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
}
