using System.Globalization;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Leaks;

/// <summary>No secret of a repository is printed, whatever place it is in and whatever command runs into it; the finding about it still says where it is.</summary>
[Trait("needs", "fuzz")]
public sealed class SecretTests(ITestOutputHelper output)
{
    private static readonly string[][] Commands =
    [
        .. ((string[])["terminal", "compact", "markdown", "json", "github"]).Select(format => (string[])["audit", ".", "--verbose", "--fail-on", "never", "--format", format]),
        .. ((string[])["terminal", "markdown", "json", "sql"]).Select(format => (string[])["diff", "prisma/migrations", "prisma/schema.prisma", "--format", format]),
        .. ((string[])["sql", "json", "prisma", "mermaid", "markdown"]).Select(format => (string[])["inspect", "prisma/schema.prisma", "--format", format]),
        .. ((string[])["sql", "json", "prisma", "mermaid", "markdown"]).Select(format => (string[])["inspect", "prisma/migrations", "--format", format]),
        ["inspect", "sql/roles.sql"], ["diff", "sql/roles.sql", "prisma/schema.prisma", "--format", "sql"], ["url", ".", "--verbose"], ["url", ".", "--format", "json"],
        ["status", "."], ["status", ".", "--format", "json"], ["baseline", ".", "--output", "-baseline.json"],
        ["diff", "URL:typo", "prisma/schema.prisma"], ["inspect", "URL:slash"], ["inspect", "URL:scheme"], ["audit", ".", "--database", "URL:typo"], ["audit", ".", "--database", "URL"], ["audit", ".", "--format", "URL"], ["URL"],
        ["audit", "URL"], ["audit", ".", "--URL"], ["status", ".", "--database", "URL"], ["diff", "URL", "URL"], ["audit", ".", "--shadow", "URL"], ["explain", "URL"], ["audit", ".", "--config", "URL"],
    ];

    [Fact]
    public void No_command_shows_one()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("PLUMB_SECRETS"), CultureInfo.InvariantCulture, out var asked) ? asked : 400;
        var leaks = new List<string>();
        var runs = new int[Commands.Length];
        for (var seed = 1; seed <= count; seed++)
        {
            using var repository = SecretRepository.Make(seed);
            for (var turn = 0; turn < 2; turn++)
            {
                var number = (seed * 2 + turn) % Commands.Length;
                runs[number]++;
                string[] arguments = [.. Commands[number].Select(argument => In(repository, argument))];
                var result = Plumb.Run(new Surroundings(IsTerminal: seed % 3 == 0), arguments);
                var shown = result.Output + result.Error + Written(repository);
                if (shown.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).Contains(repository.Core, StringComparison.OrdinalIgnoreCase))
                    leaks.Add($"{seed} [{string.Join(' ', Commands[number])}] {repository.Secret}: {Line(shown, repository.Core)}");

                if (result.Error.Contains("bug in plumb", StringComparison.Ordinal) || result.ExitCode is not (0 or 1 or 2 or 3))
                    leaks.Add($"{seed} [{string.Join(' ', Commands[number])}]: {result.Error}");
            }
        }

        foreach (var leak in leaks.Take(40))
            output.WriteLine(leak);

        Assert.Empty(leaks);
        Assert.All(runs, times => Assert.True(times >= count * 2 / Commands.Length));
    }

    [Theory]
    [InlineData("ALTER ROLE shop PASSWORD 'Zq1secret' NOSUCH;", "migration.sql:1:")]
    [InlineData("INSERT INTO missing (email, password) VALUES ('a', 'Zq1secret');", "migration.sql:1:")]
    [InlineData("SELECT 1;\nALTER TABLE missing ADD COLUMN url text DEFAULT 'postgresql://shop:Zq1secret@db.shop.dev/shop';", "migration.sql:2:")]
    public void The_finding_says_where_it_is(string sql, string place)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("prisma/migrations/20250101000000_a/migration.sql", sql);
        foreach (var format in (string[])["terminal", "compact", "markdown", "json", "github"])
        {
            var shown = Plumb.Run("audit", repository.Root, "--verbose", "--format", format).Output;
            Assert.DoesNotContain("Zq1secret", shown, StringComparison.Ordinal);
            Assert.Contains(format is "json" ? "migration.sql" : format is "github" ? $"migration.sql,line={place.Split(':')[1]}" : place, shown, StringComparison.Ordinal);
        }
    }

    private static string In(SecretRepository repository, string argument) => argument switch
    {
        "." => repository.Files.Root,
        "-baseline.json" => repository.Files.PathOf("out-baseline.json"),
        "URL" => repository.Url.Replace("db.shop.dev:5432", "127.0.0.1:1", StringComparison.Ordinal),
        "--URL" => "--" + repository.Url,
        "URL:typo" => repository.Url.Replace("postgresql:", "postgresq:", StringComparison.Ordinal),
        "URL:slash" => repository.Url.Replace("://", ":/", StringComparison.Ordinal),
        "URL:scheme" => repository.Url.Replace("postgresql:", "", StringComparison.Ordinal),
        _ when argument.Contains('/', StringComparison.Ordinal) => repository.Files.PathOf(argument),
        _ => argument,
    };

    private static string Written(SecretRepository repository) =>
        File.Exists(repository.Files.PathOf("out-baseline.json")) ? File.ReadAllText(repository.Files.PathOf("out-baseline.json")) : "";

    private static string Line(string shown, string core) => shown.Split('\n').FirstOrDefault(line => line.Contains(core, StringComparison.OrdinalIgnoreCase)) ?? "over several lines";
}
