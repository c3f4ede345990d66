using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>What the commands do to a live database, and what they do when it goes away.</summary>
[Trait("needs", "server")]
public sealed partial class DatabaseCommandsTests(PostgreSqlServer server)
{
    private const string Schema = "\nmodel users {\n  id   Int    @id @default(autoincrement())\n  name String\n}\n";
    private const string Migration = "CREATE TABLE \"users\" (\"id\" SERIAL NOT NULL, \"name\" TEXT NOT NULL, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n";

    [Fact]
    public void Nothing_but_reading_reaches_the_server_whatever_the_command()
    {
        using var repository = Repository();
        using var database = server.CreateDatabase();
        database.Run(Migration + "CREATE VIEW names AS SELECT name FROM users; GRANT SELECT ON names TO PUBLIC;");
        database.Run($"ALTER DATABASE {database.Name} SET log_statement = 'all'; ALTER DATABASE {database.Name} SET log_duration = off");
        var before = server.Log.Length;

        foreach (var format in (string[])["terminal", "markdown", "json", "github"])
            Assert.InRange(Plumb.Run("audit", repository.Root, "--database", database.Url, "--format", format).ExitCode, 0, 1);

        Assert.InRange(Plumb.Run("status", repository.Root, "--database", database.Url).ExitCode, 0, 1);
        Assert.InRange(Plumb.Run("status", repository.Root, "--database", database.Url, "--format", "json").ExitCode, 0, 1);
        Assert.Equal(1, Plumb.Run("diff", repository.PathOf("prisma/migrations"), database.Url).ExitCode);
        foreach (var format in (string[])["sql", "json", "prisma", "mermaid", "markdown"])
            Assert.Equal(0, Plumb.Run("inspect", database.Url, "--format", format).ExitCode);

        database.Psql(["-c", "SELECT 'marks the end'"]).EnsureSuccess();
        var statements = Statement().Matches(server.Log[before..])
            .Where(m => m.Groups[1].Value.Length == 0 || m.Groups[1].Value == database.Name)
            .Select(m => m.Groups[2].Value)
            .TakeWhile(s => !s.Contains("marks the end", StringComparison.Ordinal))
            .ToList();
        Assert.InRange(statements.Count(s => s == "COMMIT"), 12, 24);
        Assert.All(statements, s => Assert.Matches("^(BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY|SET LOCAL |SELECT |WITH |COMMIT)", s));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(2_000)]
    [InlineData(20_000)]
    public void A_server_that_dies_is_told_and_the_rest_is_done(int bytes)
    {
        using var repository = Repository();
        using var database = server.CreateDatabase();
        database.Run(Migration + string.Concat(Enumerable.Range(0, 200).Select(i => $"CREATE TABLE t{i} (id int PRIMARY KEY, a_column_with_a_long_name text DEFAULT 'x');")));
        using var wire = new BrokenWire(server.Port, bytes, WireEnd.Closes);

        var audit = Plumb.Run("audit", repository.Root, "--database", Url(wire, database.Name), "--format", "json");
        Assert.Equal(3, audit.ExitCode);
        Assert.Contains("\"verdict\": \"unknown\"", audit.Output, StringComparison.Ordinal);
        Assert.Contains("connection/unreachable", audit.Output, StringComparison.Ordinal);
        Assert.Contains("history-replays", audit.Output, StringComparison.Ordinal);

        foreach (var call in (string[][])[["inspect", Url(wire, database.Name)], ["diff", repository.PathOf("prisma/migrations"), Url(wire, database.Name)]])
            AssertUnfinished(Plumb.Run(call));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("server", 1)]
    [InlineData("server", 350)]
    public void A_server_that_says_nothing_is_not_waited_for_without_end(string? behind, int bytes)
    {
        using var repository = Repository();
        using var database = server.CreateDatabase();
        database.Run(Migration);
        using var wire = new BrokenWire(behind is null ? null : server.Port, bytes, WireEnd.FallsSilent);
        var url = Url(wire, database.Name) + "?connect_timeout=1&socket_timeout=1";

        Assert.Equal(3, Plumb.Run("audit", repository.Root, "--database", url).ExitCode);
        foreach (var call in (string[][])[["status", repository.Root, "--database", url], ["inspect", url], ["audit", repository.Root, "--shadow", url]])
            AssertUnfinished(Plumb.Run(call));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_a_shadow_run_and_its_database_is_dropped(string signal)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("prisma/migrations/1_a/migration.sql", "SELECT pg_sleep(60);");
        using var database = server.CreateDatabase();
        var role = "interrupted_by_" + signal.ToLowerInvariant();
        database.Run($"DROP ROLE IF EXISTS {role}; CREATE ROLE {role} LOGIN CREATEDB;");
        var url = string.Create(CultureInfo.InvariantCulture, $"postgresql://{role}@{PostgreSqlServer.Host}:{server.Port}/postgres");
        using var process = Process.Start(new ProcessStartInfo(Plumb.Program, ["audit", repository.Root, "--shadow", url]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (Databases() == "0")
            await Task.Delay(50, TestContext.Current.CancellationToken);

        Command.Run("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]).EnsureSuccess();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal("0", Databases());
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("plumb: interrupted", (await error).Trim());

        string Databases() => database.Psql(["-c", $"SELECT count(*) FROM pg_database WHERE datdba = '{role}'::regrole"]).EnsureSuccess().Output.Trim();
    }

    [Fact]
    public async Task An_interrupt_ends_the_waiting_for_a_silent_server_and_what_needs_none_is_told()
    {
        using var repository = Repository();
        using var wire = new BrokenWire(null, 0, WireEnd.FallsSilent);
        using var process = Process.Start(new ProcessStartInfo(Plumb.Program, ["audit", repository.Root, "--database", Url(wire, "any"), "--format", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await wire.Connected.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Command.Run("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).EnsureSuccess();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("plumb: interrupted", (await error).Trim());
        Assert.Contains("Reading the database was interrupted.", await output, StringComparison.Ordinal);
        Assert.DoesNotContain("connection/unreachable", await output, StringComparison.Ordinal);
    }

    private static void AssertUnfinished(CommandResult result)
    {
        Assert.Equal(3, result.ExitCode);
        if (result.Output.Length == 0)
            Assert.Matches(@"^plumb: error: The [^\n]+\.\n$", result.Error);

        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
    }

    private static string Url(BrokenWire wire, string database) => string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@{PostgreSqlServer.Host}:{wire.Port}/{database}");

    private static TemporaryRepository Repository() => new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + Schema)
        .Write("prisma/migrations/20250101000000_users/migration.sql", Migration);

    [GeneratedRegex(@"(?:db=(\S+) )?LOG:  (?:statement|execute <unnamed>): (\S[^\n]*)")]
    private static partial Regex Statement();
}
