using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class AuditCommandTests
{
    [Theory]
    [InlineData("", "it is a folder.")]
    [InlineData("no/folder/summary.md", "the folder does not exist.")]
    public void Annotations_are_written_where_the_summary_cannot_be(string path, string expected)
    {
        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + string.Concat(Enumerable.Range(0, 12).Select(i => $"model m{i} {{\n  id Int @id\n}}\n")))
            .Write("prisma/migrations/1_a/migration.sql", string.Concat(Enumerable.Range(0, 12).Select(i => $"CREATE TABLE m{i} (id int, CONSTRAINT m{i}_pkey PRIMARY KEY (id));\nALTER TABLE m{i} ADD x int;\nALTER TABLE m{i} DROP y;\n")));
        var file = repository.PathOf(path);
        var variables = new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = file };
        var result = Plumb.Run(new Surroundings(Variables: variables), "audit", repository.Root, "--format", "github");
        Assert.Equal((3, $"plumb: error: The job summary could not be written to {file} (GITHUB_STEP_SUMMARY): {expected}\n"), (result.ExitCode, result.Error));
        Assert.StartsWith("::error ", result.Output, StringComparison.Ordinal);
        Assert.Contains("::notice title=plumb::", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rule drift/index --area migration", "No rule that --rule names is in the area migration. Leave out --rule or --area.")]
    [InlineData("--rule drift/index --area migration,code", "No rule that --rule names is in one of the areas migration, code. Leave out --rule or --area.")]
    [InlineData("--rule migration/pending", "migration/pending needs a database: use --live or --database URL.")]
    [InlineData("--rule migration/pending,migration/failed", "migration/failed and 1 other selected rule need a database: use --live or --database URL.")]
    [InlineData("--rule naming/table-name", "plumb.yaml switches off naming/table-name, so nothing would be checked.")]
    public void A_selection_that_checks_nothing_is_an_error(string options, string expected)
    {
        using var repository = Small().Write("plumb.yaml", "rules: { naming/table-name: off }\n");
        var result = Plumb.Run(["audit", repository.Root, .. options.Split(' ')]);
        Assert.Equal((2, "", $"plumb: error: {expected}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("--rule migration/pending,migration/empty")]
    [InlineData("--rule drift/index --area drift,migration")]
    public void A_selection_that_checks_something_is_none(string options)
    {
        using var repository = Small();
        Assert.Equal(0, Plumb.Run(["audit", repository.Root, .. options.Split(' ')]).ExitCode);
    }

    [Fact]
    public void The_audited_folder_itself_is_a_point()
    {
        using var repository = Small();
        var migrations = repository.PathOf("prisma/migrations");
        Assert.StartsWith("Read ", Plumb.Run("audit", migrations).Output, StringComparison.Ordinal);
        Assert.Contains("1 migration in ., Prisma", Plumb.Run("audit", migrations).Output, StringComparison.Ordinal);
        Assert.Contains("migrations `.`", Plumb.Run("audit", migrations, "--format", "markdown").Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Plumb.Run("audit", migrations, "--format", "json").Output);
        Assert.Equal(".", json.RootElement.GetProperty("target").GetProperty("projects")[0].GetProperty("migrations").GetString());
    }

    [Fact]
    public void A_configuration_under_another_name_is_told()
    {
        using var repository = Small().Write("plumb.yml", "version: 1\n");
        Assert.Equal("plumb.yml:1:1: warning: plumb.yml is not read; rename it to plumb.yaml.\n", Plumb.Run("audit", repository.Root).Error);
        Assert.Equal("", Plumb.Run("audit", repository.Write("plumb.yaml", "version: 1\n").Root).Error);
    }

    private static TemporaryRepository Small() => new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model User {\n  id Int @id\n}\n")
        .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
        .Write("prisma/migrations/20250101000000_init/migration.sql", "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n");
}
