using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class OutputTests
{
    [Fact]
    public void A_result_can_go_to_a_file()
    {
        using var repository = new TemporaryRepository().Write("rules.json", "old");
        var result = Plumb.Run("rules", "--format", "json", "--output", repository.PathOf("rules.json"));
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.StartsWith("[", File.ReadAllText(repository.PathOf("rules.json")), StringComparison.Ordinal);
        Assert.Equal(["rules.json"], Directory.EnumerateFiles(repository.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_full_disk_behind_stdout_is_told()
    {
        var result = Command.Run("sh", ["-c", $"'{Plumb.Program}' rules > /dev/full"]);
        Assert.Equal((3, "plumb: error: The output could not be written: the disk is full.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_fault()
    {
        var result = Command.Run("bash", ["-c", $"set -o pipefail; '{Plumb.Program}' rules | head -1"]);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Without_colors_a_terminal_gets_no_color_codes()
    {
        var result = Command.Run("script", ["-qec", $"'{Plumb.Program}' explain drift/missing-column --no-color", "/dev/null"]);
        Assert.Contains("drift/missing-column  critical", result.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\e\[[0-9;]*m", result.Output);
    }

    [Theory]
    [InlineData("nowhere/x.json", "the folder does not exist.")]
    [InlineData(".", "a folder has that name.")]
    public void A_file_that_cannot_be_is_told(string path, string expected)
    {
        using var repository = new TemporaryRepository();
        var result = Plumb.Run("rules", "--output", repository.PathOf(path));
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith(expected + "\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_ends_the_program()
    {
        // A server that says nothing keeps the program waiting.
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var url = $"postgresql://user:secret@127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/db?sslmode=disable";
        using var process = Process.Start(new ProcessStartInfo(Plumb.Program, ["inspect", url]) { RedirectStandardError = true })!;
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Assert.False(process.HasExited);
        Command.Run("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).EnsureSuccess();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(10)));
        Assert.Equal(130, process.ExitCode);
    }
}
