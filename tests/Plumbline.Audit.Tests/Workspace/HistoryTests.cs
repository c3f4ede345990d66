using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class HistoryTests
{
    [Fact]
    public void Folders_without_a_lock_file_and_without_Prismas_names_are_no_history()
    {
        using var repository = new TemporaryRepository(
            "app/schema.prisma", "specs/change/20260224-enable/migration.sql", "specs/change/20260224-enable/spec.md", "specs/change/20260301-more/spec.md", "specs/change/rename/migration.sql");
        Assert.Null(Assert.Single(repository.Open().Projects).History);
    }

    [Theory]
    [InlineData("5.22.0", "db/migrations")]
    [InlineData("6.5.0", "db/migrations")]
    [InlineData("6.19.0", "db/schema/base/migrations")]
    [InlineData("7.4.0", "db/schema/migrations")]
    public void Where_the_migrations_of_a_schema_in_a_folder_lie_depends_on_the_version(string version, string expected)
    {
        using var repository = new TemporaryRepository(
            "db/schema/base/main.prisma", "db/migrations/1_a/migration.sql", "db/schema/migrations/1_b/migration.sql", "db/schema/base/migrations/1_c/migration.sql");
        repository.Write("package.json", $$"""{ "devDependencies": { "prisma": "{{version}}" }, "prisma": { "schema": "db/schema" } }""").Write("db/schema/user.prisma", "model User { id Int @id }");
        Assert.Equal(expected, Assert.Single(repository.Open().Projects).History!.Path);
    }

    [Fact]
    public void Migrations_that_are_code_belong_to_a_program_of_the_teams_own()
    {
        using var repository = new TemporaryRepository("db/schema.prisma", "db/migrations/1_a/migration.sql", "db/migrations/2_b/migration.ts", "db/migrations/2_b/schema.prisma");
        repository.Write("db/run.ts", "import { Umzug } from 'umzug';");
        var project = Assert.Single(repository.Open().Projects);
        Assert.Equal(["1_a"], project.History!.Migrations.Select(migration => migration.Name));
        Assert.Equal(["db/migrations/2_b/migration.ts"], project.History.CodeMigrations.Select(file => file.Path));
        var runner = project.History.OwnRunner!;
        Assert.Equal((OwnRunnerSign.Code, "db/migrations/2_b/migration.ts:1:1", "db/run.ts:1:24", 1), (runner.Sign, runner.Location.ToString(), runner.Code!.ToString(), runner.Count));
        Assert.Equal(["db/migrations/2_b/schema.prisma"], repository.Open().UnusedSchemas.Select(schema => schema.Path));
    }

    [Fact]
    public void Placeholders_in_the_sql_show_a_program_of_the_teams_own_and_the_code_that_knows_them()
    {
        using var repository = new TemporaryRepository("db/schema.prisma");
        repository.Write("db/migrations/1_a/migration.sql", "CREATE TABLE a (id int);\nCREATE INDEX i ON /* SCHEMA_NAME */.\"a\" (id);").Write("src/run.ts", "sql.replaceAll('/* SCHEMA_NAME */', schema)");
        var history = Assert.Single(repository.Open().Projects).History!;
        Assert.Equal(
            (OwnRunnerSign.Placeholder, "/* SCHEMA_NAME */", "db/migrations/1_a/migration.sql:2:19", "src/run.ts:1:20"),
            (history.OwnRunner!.Sign, history.OwnRunner.Text, history.OwnRunner.Location.ToString(), history.OwnRunner.Code!.ToString()));
        Assert.Equal("CREATE TABLE a (id int);\nCREATE INDEX i ON                   \"a\" (id);", history.Migrations[0].Sql!.Text);
    }

    [Theory]
    [InlineData("ALTER TABLE {{schema}}.a ADD b int;", "{{schema}}.")]
    [InlineData("ALTER TABLE ${schema}.a ADD b int;", "${schema}.")]
    [InlineData("ALTER TABLE __SCHEMA__.a ADD b int;", "__SCHEMA__.")]
    [InlineData("ALTER TABLE {{ table }} ADD b int;", "{{ table }}")]
    [InlineData("INSERT INTO mail VALUES ('Dear {{name}}, ${amount}');", null)]
    [InlineData("-- {{schema}}.a\n/* ${x} */ SELECT 1;", null)]
    [InlineData("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $body$ SELECT '{{x}}' || ${y} $body$;", null)]
    [InlineData("SELECT /* a note */ 1;", null)]
    public void What_is_a_placeholder(string sql, string? expected) =>
        Assert.Equal(expected, Placeholders.Find(sql) is { } span ? sql.Substring(span.Start, span.Length) : null);

    [Fact]
    public void A_sentinel_alone_shows_a_program_of_the_teams_own()
    {
        const string sql = "-- SPLIT_STATEMENT_SENTINEL\nSELECT 1;";
        Assert.Equal(["SPLIT_STATEMENT_SENTINEL"], Placeholders.FindSentinels(sql).Select(span => sql.Substring(span.Start, span.Length)));
        Assert.Empty(Placeholders.FindSentinels("-- CreateTable\n-- TODO\nSELECT 1; -- NOT_ALONE\n-- NOT_ALONE either"));
        Assert.Same(sql, Placeholders.Fill(new SourceText("m.sql", sql)).Text);
    }

    [Fact]
    public void What_others_create_and_what_runs_before_the_history_is_known()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "prisma/migrations/1_a/migration.sql");
        repository.Write("package.json", """{ "devDependencies": { "prisma": "6.19.0" } }""").Write(
            "prisma.config.ts",
            "export default defineConfig({ tables: { external: ['auth.users'] }, enums: { external: ['auth.kind'] }, migrations: { initShadowDb: 'CREATE SCHEMA auth;' } })");
        var project = Assert.Single(repository.Open().Projects);
        Assert.Equal("auth.users prisma.config.ts:1:52", Assert.Single(project.ExternalTables) is var table ? $"{table.Name} {table.Location}" : "");
        Assert.Equal("auth.kind", Assert.Single(project.ExternalEnums).Name.ToString());
        Assert.Equal("CREATE SCHEMA auth;", project.InitShadowDb!.Text);
        repository.Write("package.json", """{ "devDependencies": { "prisma": "6.12.0" } }""");
        Assert.Empty(Assert.Single(repository.Open().Projects).ExternalTables);
    }
}
