using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class ProjectFinderTests
{
    [Fact]
    public void Migrations_lie_beside_the_schema()
    {
        using var repository = new TemporaryRepository("db/schema.prisma", "db/migrations/1_b/migration.sql", "db/migrations/1_a/migration.sql", "db/migrations/migration_lock.toml");
        var project = Assert.Single(repository.Open().Projects);
        Assert.Equal(("db/schema.prisma", "db/migrations"), (project.SchemaPath, project.History!.Path));
        Assert.Equal(["1_a", "1_b"], Names(project));
    }

    [Fact]
    public void Every_folder_counts_as_a_migration_whatever_its_name()
    {
        using var repository = new TemporaryRepository(
            "prisma/schema.prisma", "prisma/migrations/20240101000000_x copy/migration.sql", "prisma/migrations/20240101000000_x/migration.sql",
            "prisma/migrations/add things/migration.sql", "prisma/migrations/20240202000000_lost/notes.md", "prisma/migrations/by_hand.sql");
        repository.Folder("prisma/migrations/20230101000000_empty").Git("init", "-q").Git("add", "-A");
        var history = Assert.Single(repository.Open().Projects).History!;
        Assert.Equal(["20230101000000_empty", "20240101000000_x", "20240101000000_x copy", "20240202000000_lost", "add things"], history.Migrations.Select(migration => migration.Name));
        Assert.Equal([false, true, true, false, true], history.Migrations.Select(migration => migration.Script is not null));
        Assert.Equal(["prisma/migrations/by_hand.sql"], history.StrayFiles.Select(file => file.Path));
        Assert.Equal(["prisma/migrations/by_hand.sql"], repository.Open().SqlFiles.Select(file => file.Path));
    }

    [Fact]
    public void So_many_projects_are_read()
    {
        using var repository = new TemporaryRepository([.. Enumerable.Range(0, ReadingBudget.Projects + 2).Select(i => $"p{i:0000}/schema.prisma")]);
        var workspace = repository.Open();
        Assert.Equal(ReadingBudget.Projects, workspace.Projects.Length);
        Assert.Equal(("The repository has more than 1,000 projects", "Those from p1000/schema.prisma on are not read."), (workspace.TooManyProjects!.Title, workspace.TooManyProjects.Message));
    }

    [Theory]
    [InlineData("a/schema.prisma a/part.prisma a/b/other.prisma a/b/schema.prisma", "a a/b")]
    [InlineData("schema.prisma a/b/c/part.prisma", " ")]
    public void A_file_without_a_datasource_belongs_to_the_nearest_that_has_one(string paths, string projects)
    {
        using var repository = new TemporaryRepository(paths.Split(' '));
        foreach (var path in paths.Split(' ').Where(path => !path.EndsWith("schema.prisma", StringComparison.Ordinal)))
            repository.Write(path, "model M" + path.Length + " {\n  id Int @id\n}\n");

        Assert.Equal(projects.Trim().Split(' '), repository.Open().Projects.Select(project => project.SchemaPath));
    }

    [Fact]
    public void Migrations_under_another_name_are_found_by_their_shape()
    {
        using var repository = new TemporaryRepository("app/schema.prisma", "app/db/changes/1_a/migration.sql", "app/db/changes/2_b/migration.sql");
        Assert.Equal("app/db/changes", Assert.Single(repository.Open().Projects).History!.Path);
    }

    [Fact]
    public void An_old_copy_beside_the_migrations_is_no_project()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "prisma/migrations/1_a/migration.sql", "prisma/migrations_old/1_a/migration.sql");
        var workspace = repository.Open();
        Assert.Equal("prisma/migrations", Assert.Single(workspace.Projects).History!.Path);
        Assert.Equal(["prisma/migrations_old/1_a/migration.sql"], workspace.SqlFiles.Select(file => file.Path));
    }

    [Fact]
    public void Migrations_without_a_schema_are_a_project()
    {
        using var repository = new TemporaryRepository("db/migrations/1_a/migration.sql");
        var project = Assert.Single(repository.Open().Projects);
        Assert.Null(project.SchemaPath);
        Assert.Equal(["1_a"], Names(project));
    }

    [Fact]
    public void A_folder_of_files_is_one_schema_where_one_of_them_has_the_datasource()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "prisma/migrations/1_a/migration.sql");
        repository.Write("prisma/models/user.prisma", "model User { id Int @id }").Write("prisma/models/post.prisma", "// datasource db { }\nmodel Post { id Int @id }");
        var project = Assert.Single(repository.Open().Projects);
        Assert.True(project.IsSchemaFolder);
        Assert.Equal("prisma", project.SchemaPath);
        Assert.Equal(["prisma/models/post.prisma", "prisma/models/user.prisma", "prisma/schema.prisma"], project.SchemaFiles.Select(file => file.Path));
        Assert.Equal("prisma/migrations", project.History!.Path);
    }

    [Fact]
    public void Migrations_may_lie_beside_the_folder_of_a_schema()
    {
        using var repository = new TemporaryRepository("prisma/schema/base.prisma", "prisma/migrations/1_a/migration.sql");
        repository.Write("prisma/schema/user.prisma", "model User { id Int @id }");
        Assert.Equal("prisma/migrations", Assert.Single(repository.Open().Projects).History!.Path);
    }

    [Theory]
    [InlineData("export default defineConfig({ schema: './data/main.prisma', migrations: { path: \"data/history\" } })")]
    [InlineData("import path from 'node:path'\nexport default {\n  // schema: 'x'\n  schema: path.join(__dirname, 'data', 'main.prisma'),\n  migrations: { seed: 'x', path: path.join('data', 'history') },\n} satisfies PrismaConfig")]
    [InlineData("const where = `${import.meta.dirname}/data/main.prisma`;\nmodule.exports = { datasource: { url: env('schema') }, schema: where, migrations: { path: process.env.M ?? 'data/history' } }")]
    public void The_configuration_of_prisma_names_schema_and_migrations(string config)
    {
        using var repository = new TemporaryRepository("data/main.prisma", "data/history/1_a/migration.sql", "data/migrations/1_b/migration.sql").Write("prisma.config.ts", config);
        repository.Write("data/other.prisma", "model Other { id Int @id }");
        var project = Assert.Single(repository.Open().Projects);
        Assert.Equal(("data/main.prisma", false, "data/history"), (project.SchemaPath, project.IsSchemaFolder, project.History!.Path));
    }

    [Theory]
    [InlineData("""{ "prisma": { "schema": "./data/main.prisma" } }""")]
    [InlineData("""{ "scripts": { "generate": "dotenv -- prisma generate --schema=data/main.prisma && echo ok" } }""")]
    [InlineData("""{ "scripts": { "generate": "prisma generate --schema './data/main.prisma'" } }""")]
    public void Package_json_names_the_schema(string manifest)
    {
        using var repository = new TemporaryRepository("package.json").Write("data/main.prisma", "model A { id Int @id }").Write("package.json", manifest);
        Assert.Equal("data/main.prisma", Assert.Single(repository.Open().Projects).SchemaPath);
    }

    [Fact]
    public void Packages_of_a_monorepo_are_projects_with_their_names()
    {
        using var repository = new TemporaryRepository(
            "apps/web/prisma/schema.prisma", "apps/web/prisma/migrations/1_a/migration.sql", "apps/jobs/db/schema.prisma", "apps/jobs/db/sql/1_b/migration.sql", "packages/web/prisma/schema.prisma");
        repository.Write("apps/jobs/package.json", "{}").Write("apps/web/package.json", "{}");
        var projects = repository.Open().Projects;
        Assert.Equal(["jobs", "apps/web/prisma/schema.prisma", "packages/web/prisma/schema.prisma"], projects.Select(project => project.Name));
        Assert.Equal(["apps/jobs/db/sql", "apps/web/prisma/migrations", null], projects.Select(project => project.History?.Path));
        Assert.Equal(["apps/jobs/package.json", "apps/web/package.json", null], projects.Select(project => project.Package?.File.Path));
    }

    [Fact]
    public void A_schema_for_another_provider_is_named_and_left_out()
    {
        using var repository = new TemporaryRepository("a/schema.prisma", "b/migrations/1_a/migration.sql", "b/migrations/notes.sql");
        repository.Write("b/schema.prisma", "datasource db {\n  url = \"x\" // provider = \"no\"\n  provider = \"mysql\"\n}");
        var workspace = repository.Open();
        Assert.Equal(["a/schema.prisma"], workspace.Projects.Select(project => project.SchemaPath));
        var other = Assert.Single(workspace.OtherProviderProjects);
        Assert.Equal(("mysql", 3), (other.Provider, other.ProviderLocation!.Line));
        Assert.Empty(workspace.SqlFiles);
    }

    [Fact]
    public void A_binary_file_named_schema_prisma_is_a_project_that_cannot_be_read()
    {
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", [1, 2, 0, 3]);
        var workspace = repository.Open();
        Assert.Null(Assert.Single(workspace.Projects).SchemaFiles[0].Text);
        Assert.Equal(FileReader.BinaryCode, Assert.Single(workspace.Diagnostics).Code);
    }

    [Fact]
    public void The_copy_that_the_client_generator_writes_is_no_project()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "src/generated/schema.prisma", "src/generated/index.d.ts", "src/generated/runtime/library.js");
        Assert.Equal("prisma/schema.prisma", Assert.Single(repository.Open().Projects).SchemaPath);
    }

    [Fact]
    public void Configured_projects_replace_those_that_are_found()
    {
        using var repository = new TemporaryRepository("a/schema.prisma", "b/schema.prisma", "history/1_a/migration.sql");
        repository.Write("plumb.yaml", "projects:\n  - { name: one, schema: a/schema.prisma, migrations: history }\n");
        var configuration = ConfigurationReader.ForFolder(repository.Root, []);
        var project = Assert.Single(repository.Open(configuration).Projects);
        Assert.Equal(("one", "a/schema.prisma", "history"), (project.Name, project.SchemaPath, project.History!.Path));
    }

    [Fact]
    public void A_configured_path_that_is_not_there_is_told_with_its_place()
    {
        using var repository = new TemporaryRepository("a/schema.prisma").Write("plumb.yaml", "projects:\n  - schema: b/schema.prisma\n");
        var configuration = ConfigurationReader.ForFolder(repository.Root, []);
        var exception = Assert.Throws<InputException>(() => repository.Open(configuration));
        Assert.Equal("plumb.yaml:2:13: error: \"b/schema.prisma\": This schema does not exist.", exception.Diagnostic!.ToString());
    }

    [Fact]
    public void Ignored_files_are_left_out()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "src/generated/schema.prisma", "scripts/x.sql");
        var workspace = repository.Open(AuditConfiguration.Empty with { Ignore = ["**/generated/**", "scripts/*.sql"] });
        Assert.Equal(["prisma/schema.prisma"], workspace.Files.Select(file => file.Path));
    }

    [Theory]
    [InlineData("package.json", """{ "devDependencies": { "prisma": "^5.22.0" } }""", 5, 22)]
    [InlineData("package-lock.json", "{ \"packages\": { \"node_modules/prisma\": {\n \"version\": \"6.19.1\", \"dev\": true } } }", 6, 19)]
    [InlineData("pnpm-lock.yaml", "packages:\n\n  prisma@7.8.0:\n    resolution: {}\n", 7, 8)]
    [InlineData("pnpm-lock.yaml", "packages:\n\n  '@prisma/client@7.9.0':\n    resolution: {}\n", 7, 9)]
    [InlineData("pnpm-lock.yaml", "packages:\n\n  /prisma@4.16.2:\n    resolution: {}\n", 4, 16)]
    [InlineData("yarn.lock", "\nprisma@^5.0.0:\n  version \"5.1.1\"\n", 5, 1)]
    [InlineData("bun.lock", "{ \"packages\": { \"prisma\": [\"prisma@6.2.0\", \"\"] } }", 6, 2)]
    [InlineData("readme.md", "", 7, 0)]
    public void The_version_of_prisma_comes_from_lock_file_or_manifest(string path, string text, int major, int minor)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write(path, text);
        var version = Assert.Single(repository.Open().Projects).PrismaVersion;
        Assert.Equal((major, minor), (version.Major, version.Minor));
    }

    [Fact]
    public void Of_several_locked_versions_the_one_of_the_asked_major_counts()
    {
        using var repository = new TemporaryRepository("a/prisma/schema.prisma").Write("a/package.json", """{ "dependencies": { "@prisma/client": "~5.10.0" } }""");
        repository.Write("pnpm-lock.yaml", "packages:\n\n  prisma@7.8.0:\n\n  prisma@5.10.2:\n").Git("init", "-q");
        Assert.Equal("5.10.2", Assert.Single(repository.Open().Projects).PrismaVersion.Text);
        var part = Repository.Open(repository.PathOf("a/prisma"), AuditConfiguration.Empty, TestContext.Current.CancellationToken);
        var location = Assert.Single(part.Projects).PrismaVersion.Location!;
        Assert.Equal(("../../pnpm-lock.yaml", 5), (location.Path, location.Line));
    }

    [Fact]
    public void A_manifest_tells_where_its_values_stand()
    {
        using var repository = new TemporaryRepository().Write("package.json", "{\n  \"name\": \"é\",\n  \"scripts\": { \"é\": \"x\", \"db\": \"prisma migrate dev --name init\" }\n}");
        var script = Assert.Single(repository.Open().Packages).Scripts[1];
        Assert.Equal(("prisma migrate dev --name init", "package.json:3:32"), (script.Command, script.Location.ToString()));
    }

    [Fact]
    public void The_server_is_found_by_itself_and_the_configuration_wins()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("compose.yml", "services:\n  db:\n    image: postgres:16\n");
        Assert.Equal((16, "postgres:16 in compose.yml:3"), Server(repository.Open()));
        Assert.Equal((14, "plumb.yaml"), Server(repository.Open(AuditConfiguration.Empty with { PostgreSqlVersion = 14 })));
        using var silent = new TemporaryRepository("prisma/schema.prisma");
        Assert.Equal((15, null), Server(silent.Open()));

        static (int, string?) Server(Repository workspace) => (workspace.PostgreSqlVersion, workspace.PostgreSqlVersionEvidence);
    }

    [Theory]
    [InlineData("supabase/config.toml", "", Platform.Supabase)]
    [InlineData("prisma/migrations/1_a/migration.sql", "CREATE POLICY p ON t USING (auth.uid() = id);", Platform.Supabase)]
    [InlineData("docker-compose.yml", "services:\n  db:\n    image: ghcr.io/supabase/postgres:15.1.1.55\n", Platform.Supabase)]
    [InlineData("docker-compose.yml", "services:\n  db:\n    image: localhost:5000/supabase/postgres\n", Platform.Supabase)]
    [InlineData("docker-compose.yml", "services:\n  meta:\n    image: supabase/postgres-meta:v0.80.0\n  db:\n    image: postgres:16\n", Platform.None)]
    [InlineData("prisma/migrations/1_a/migration.sql", "CREATE TABLE t (uid int);", Platform.None)]
    public void Supabase_is_found_by_itself(string path, string text, Platform expected)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write(path, text);
        Assert.Equal(expected, repository.Open().Platform);
    }

    [Fact]
    public void The_lock_file_tells_the_provider_where_no_schema_does()
    {
        using var repository = new TemporaryRepository("db/migrations/1_a/migration.sql").Write("db/migrations/migration_lock.toml", "# x\nprovider = \"sqlite\"\n");
        var project = Assert.Single(repository.Open().OtherProviderProjects);
        Assert.Equal(("sqlite", 2), (project.Provider, project.History!.Lock!.Location.Line));
    }

    private static IEnumerable<string> Names(Project project) => project.History!.Migrations.Select(migration => migration.Name);

    [Fact]
    public void A_schema_without_migrations_that_says_the_same_as_another_is_a_copy_of_it()
    {
        using var repository = new TemporaryRepository("db/migrations/1_a/migration.sql");
        repository.Write("db/schema.prisma", "model A {\n  id Int @id\n}\n").Write("web/schema.prisma", "model A {\n\tid   Int @id\n}\n").Write("api/schema.prisma", "model A {\n  id BigInt @id\n}\n");
        Assert.Equal([("api/schema.prisma", null), ("db/schema.prisma", null), ("web/schema.prisma", "db/schema.prisma")], repository.Open().Projects.Select(project => (project.SchemaPath, project.CopyOf)).Order());
    }

    [Fact]
    public void Migrations_that_are_found_by_their_shape_are_not_where_Prisma_looks()
    {
        using var repository = new TemporaryRepository("db/schema.prisma", "db/vault-migrations/1_a/migration.sql");
        Assert.False(Assert.Single(repository.Open().Projects).History!.IsWherePrismaLooks);
    }
}
