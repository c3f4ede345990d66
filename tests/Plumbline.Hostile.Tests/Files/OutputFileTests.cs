using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Files;

/// <summary>Nothing is written but the file that was asked for, whole or not at all.</summary>
public sealed class OutputFileTests
{
    [Fact]
    public void A_file_that_no_option_names_is_named_alone()
    {
        const string expected = "it is a symbolic link, which is not written through. Name the file that it leads to.";
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n")
            .Write("inside", "{ \"version\": 1, \"accepted\": [] }").Link("plumb.baseline.json", "inside");
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
