using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Faults;

/// <summary>Whatever a command is given, it says what is wrong in one sentence. It is never a fault of plumb.</summary>
/// <param name="repository">A repository with something to report.</param>
public sealed class CallTests(CallTests.Drifted repository) : IClassFixture<CallTests.Drifted>
{
    public static TheoryData<string[]> WrongCalls => new(
    [
        ["audit", ""], ["audit", "a\0b"], ["audit", ".", "--config", ""], ["audit", ".", "--config", "a\0b"], ["audit", ".", "--output", ""], ["audit", ".", "--output", "a\0b"], ["audit", ".", "--since", ""],
        ["audit", ".", "--since", "a\0b"], ["audit", ".", "--database", ""], ["audit", ".", "--shadow", ""], ["audit", ".", "--shadow", "a\0b"], ["audit", ".", "--rule", ""], ["audit", ".", "--area", ""], ["audit", ".", "--format", ""],
        ["audit", ".", "--fail-on", ""], ["audit", ".", "--now", ""], ["audit", ".", "--now", "9999-99-99"], ["audit", ".", "--since", "--help"], ["audit", new string('a', 100_000)], ["audit", new string('a', 100_000) + "/b"],
        ["audit", "/dev/null/x"], ["audit", "/dev/null"], ["audit", "/proc/self/mem"], ["inspect", ""], ["inspect", "a\0b"], ["inspect", "\0"], ["inspect", ":"], ["inspect", "::"], ["inspect", ":x"], ["inspect", "HEAD:"], ["inspect", "-"], ["inspect", "/dev/null"],
        ["inspect", "postgresql://a:b@c:d/e"], ["diff", "", ""], ["diff", "a"], ["diff", "a\0", "b"], ["diff", ".", "\uD800"], ["inspect", "\uD800.sql"],
        ["url", ""], ["url", "a\0b"], ["status", ""], ["status", ".", "--database", "\0"], ["baseline", ""], ["baseline", ".", "--output", ""], ["explain", ""], ["explain", "\0"], ["explain", "\uD800"], ["rules", "--area", ""], ["", "audit"], ["\0"], ["--now", "x", "audit"],
        ["audit", "--format=", "."], ["audit", ".", "--format", "terminal", "--format", "json"], ["@a"], ["audit", "@a"], ["[suggest]"], ["[diagram]", "audit"],
    ]);

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public void A_wrong_call_is_an_error_of_one_line(string[] arguments)
    {
        var result = Plumb.Run(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("plumb: error: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("audit . >&-", 3)]
    [InlineData("audit . 2>&-", 1)]
    [InlineData("audit . >&- 2>&-", 3)]
    [InlineData("audit nosuch 2>&-", 2)]
    [InlineData("audit nosuch >&- 2>&-", 2)]
    [InlineData("audit nosuch 2>/dev/full", 2)]
    [InlineData("audit . >/dev/full", 3)]
    [InlineData("audit . --format json >/dev/full", 3)]
    [InlineData("audit . >/dev/full 2>/dev/full", 3)]
    [InlineData("audit . --output /dev/full", 2)]
    [InlineData("--help >/dev/full", 3)]
    [InlineData("audit . <&- >/dev/null", 1)]
    [InlineData("rules | true", 0)]
    public void A_stream_that_takes_nothing_changes_the_exit_code_at_most(string line, int expected)
    {
        var result = Command.Run("bash", ["-c", $"set -o pipefail; '{Plumb.Program}' {line}"], folder: repository.Files.Root);

        Assert.True(result.ExitCode == expected || (line.Contains('|', StringComparison.Ordinal) && result.ExitCode is 0 or 3), $"{result.ExitCode}: {result.Error}");
        Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM", "")]
    [InlineData("TERM", "a\nb")]
    [InlineData("TERM", "xterm-\u001b[2J")]
    [InlineData("COLUMNS", "0")]
    [InlineData("COLUMNS", "-1")]
    [InlineData("LC_ALL", "xx_YY.nosuch")]
    [InlineData("LANG", "tr_TR.UTF-8")]
    [InlineData("TZ", "No/Where")]
    [InlineData("HOME", "")]
    [InlineData("HOME", "/dev/null")]
    [InlineData("TMPDIR", "/nosuch")]
    [InlineData("PATH", "")]
    [InlineData("PGPORT", "x")]
    [InlineData("PGHOST", "\u001b[2J")]
    [InlineData("DATABASE_URL", "postgresql://%\u0001")]
    [InlineData("NO_COLOR", "")]
    [InlineData("CI", "")]
    public void Odd_surroundings_change_nothing(string variable, string value)
    {
        var result = Command.Run(Plumb.Program, ["audit", ".", "--fail-on", "never"], folder: repository.Files.Root, environment: new Dictionary<string, string> { [variable] = value });

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("Read ", result.Output, StringComparison.Ordinal);
        Assert.Contains("migration", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("projects: [{name: a, schema: \"prisma/\\0\"}]", "plumb.yaml:1:30: error: The value of \"schema\" holds a NUL character.")]
    [InlineData("projects: [{name: a, migrations: \"\\0\"}]", "plumb.yaml:1:34: error: The value of \"migrations\" holds a NUL character.")]
    [InlineData("projects: [{name: \"\\0\", schema: a}]", "plumb.yaml:1:19: error: The value of \"name\" holds a NUL character.")]
    [InlineData("ignore: [\"\\0\"]", "plumb.yaml:1:10: error: The value of \"ignore\" holds a NUL character.")]
    [InlineData("database: \"\\0\"", "plumb.yaml:1:11: error: The value of \"database\" holds a NUL character.")]
    public void A_configuration_holds_no_NUL(string configuration, string expected)
    {
        using var odd = new TemporaryRepository("prisma/schema.prisma").Write("plumb.yaml", configuration);
        foreach (var command in (string[])["audit", "url", "baseline", "status"])
        {
            var result = Plumb.Run(command, odd.Root);
            Assert.Equal(2, result.ExitCode);
            Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../../../etc/passwd")]
    [InlineData("nosuch")]
    [InlineData("xterm")]
    public void A_terminal_of_any_name_is_one(string term)
    {
        var result = Command.Run("script", ["-qec", $"TERM={term} '{Plumb.Program}' audit . --fail-on never", "/dev/null"], folder: repository.Files.Root);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Read ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bug in plumb", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("xception", result.Output, StringComparison.Ordinal);
    }

    /// <summary>A small repository whose migrations do not make what its schema says.</summary>
    public sealed class Drifted : IDisposable
    {
        internal TemporaryRepository Files { get; } = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n  name String\n}\n")
            .Write("prisma/migrations/20250101120000_init/migration.sql", "CREATE TABLE \"users\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n")
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");

        /// <inheritdoc/>
        public void Dispose() => Files.Dispose();
    }
}
