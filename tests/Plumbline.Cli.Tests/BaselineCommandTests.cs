using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class BaselineCommandTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n}\nmodel User {\n  id Int @id\n  email String\n}\n";

    [Fact]
    public void What_the_baseline_accepts_is_not_reported_again()
    {
        using var repository = Repository();
        Assert.Equal(1, Plumb.Run("audit", repository.Root).ExitCode);
        var accepted = Plumb.Run("baseline", repository.Root, "--now", "2026-01-31");
        Assert.Equal((0, ""), (accepted.ExitCode, accepted.Error));
        Assert.Contains(" accepted in plumb.baseline.json. plumb audit reports only new ones; --no-baseline reports all.", accepted.Output, StringComparison.Ordinal);
        Assert.Contains("\"rule\": \"drift/missing-column\", \"subject\": \"User.email\", \"date\": \"2026-01-31\" }", File.ReadAllText(repository.PathOf("plumb.baseline.json")), StringComparison.Ordinal);

        var audit = Plumb.Run("audit", repository.Root, "--fail-on", "info");
        Assert.Equal(0, audit.ExitCode);
        Assert.Contains("READY: no findings", audit.Output, StringComparison.Ordinal);
        Assert.Equal(1, Plumb.Run("audit", repository.Root, "--no-baseline").ExitCode);
    }

    [Fact]
    public void A_new_occurrence_is_reported_beside_accepted_ones()
    {
        using var repository = Repository();
        Plumb.Run("baseline", repository.Root);
        repository.Write("prisma/schema.prisma", Schema.Replace("email String", "email String\n  phone String", StringComparison.Ordinal));
        var lines = Plumb.Run("audit", repository.Root, "--format", "compact", "--area", "drift").Output;
        Assert.Contains("User.phone", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("User.email", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_findings_give_the_same_file()
    {
        using var repository = Repository();
        Plumb.Run("baseline", repository.Root, "--now", "2026-01-31");
        var first = File.ReadAllText(repository.PathOf("plumb.baseline.json"));
        Plumb.Run("baseline", repository.Root, "--now", "2026-03-31");
        Assert.Equal(first, File.ReadAllText(repository.PathOf("plumb.baseline.json")));
    }

    [Fact]
    public void A_baseline_that_cannot_be_read_is_an_error_with_its_line()
    {
        using var repository = Repository().Write("plumb.baseline.json", "{\n  \"version\": 1,\n  oops\n}\n");
        var audit = Plumb.Run("audit", repository.Root);
        Assert.Equal(2, audit.ExitCode);
        Assert.StartsWith("plumb.baseline.json:3:1: error: The baseline is not valid JSON.\n", audit.Error, StringComparison.Ordinal);

        // What the message says works.
        Assert.Contains("To start over, delete it and run \"plumb baseline\"; its dates, reasons and expiry dates are then lost.", audit.Error, StringComparison.Ordinal);
        Assert.Equal(2, Plumb.Run("baseline", repository.Root).ExitCode);
        File.Delete(repository.PathOf("plumb.baseline.json"));
        Assert.Equal(0, Plumb.Run("baseline", repository.Root).ExitCode);
    }

    [Fact]
    public void A_baseline_under_another_name_is_not_said_to_be_read()
    {
        using var repository = Repository();
        var file = repository.PathOf("b.json");
        Assert.Matches($@"^\d+ occurrences written to {file}\. plumb audit reads only plumb\.baseline\.json in the repository\.\n$", Plumb.Run("baseline", repository.Root, "--output", file).Output);
        Assert.Equal(1, Plumb.Run("audit", repository.Root).ExitCode);
        Assert.Contains("plumb audit reports only new ones", Plumb.Run("baseline", repository.Root, "--output", repository.PathOf("plumb.baseline.json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_is_none_is_refused()
    {
        var result = Plumb.Run("baseline", "--now", "tomorrow");
        Assert.Equal((2, "plumb: error: --now: \"tomorrow\" is not a date such as 2026-01-31.\n"), (result.ExitCode, result.Error));
    }

    private static TemporaryRepository Repository() => new TemporaryRepository()
        .Write("prisma/schema.prisma", Schema)
        .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
        .Write("prisma/migrations/20250101000000_init/migration.sql", "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n");
}
