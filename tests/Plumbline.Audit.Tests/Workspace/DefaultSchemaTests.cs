using Plumbline.Audit.Workspace.Projects;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class DefaultSchemaTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"APP_URL\")\n}\n";

    [Fact]
    public void It_is_public_where_nothing_names_another() => Assert.Equal(DefaultSchema.Public, Find(("README.md", "APP_URL=postgresql://h/d?schema=x")));

    [Theory]
    [InlineData(".env", "APP_URL=postgresql://h/d?schema=core", "core", 1)]
    [InlineData(".env", "OTHER_APP_URL=postgresql://h/d?schema=core", "public", null)]
    [InlineData(".env.example", "# APP_URL=postgresql://h/d?schema=no\nAPP_URL=\"postgresql://${USER}:${PASSWORD}@db:5432/${DB}?schema=core&connection_limit=5\"", "core", 2)]
    [InlineData(".github/workflows/ci.yml", "env:\n  APP_URL: 'postgresql://a:b@localhost/d?schema=default$default'", "default$default", 2)]
    [InlineData("docker-compose.yml", "x:\n  APP_URL: ${APP_URL:-postgres://a:b@db:5432/d?schema=api}", "api", 2)]
    [InlineData("deploy/docker-compose.yml", "- name: APP_URL\n  value: postgres://a:b@db:5432/d?schema=api", "api", 2)]
    [InlineData(".env.example", "APP_URL=postgresql://USER:PASSWORD@HOST:PORT/DATABASE?schema=SCHEMA", "public", null)]
    public void The_url_in_use_names_it_with_its_place(string path, string text, string name, int? line)
    {
        var found = Find((path, text));
        Assert.Equal((name, line), (found.Name, found.Location?.Line));
        Assert.Equal(line is null ? DefaultSchemaOrigin.PostgreSql : DefaultSchemaOrigin.Url, found.Origin);
    }

    [Fact]
    public void An_environment_file_comes_before_a_template_and_that_before_pipelines_and_compositions()
    {
        (string, string)[] files =
        [
            (".env", "APP_URL=postgresql://h/d?schema=a"), (".env.example", "APP_URL=postgresql://h/d?schema=b"),
            (".github/workflows/ci.yml", "APP_URL: postgresql://h/d?schema=c"), ("compose.yml", "APP_URL: postgresql://h/d?schema=d"),
        ];
        Assert.Equal(["a", "b", "c", "d"], Enumerable.Range(0, files.Length).Select(i => Find(files[i..]).Name));
    }

    [Fact]
    public void The_nearest_of_several_files_counts() =>
        Assert.Equal("near", Find((".env.example", "APP_URL=postgresql://h/d?schema=far"), ("db/.env.example", "APP_URL=postgresql://h/d?schema=near")).Name);

    [Fact]
    public void The_variable_of_prisma_config_counts_where_there_is_one() => Assert.Equal(
        "b",
        Find(("prisma.config.ts", "export default { schema: 'db/schema.prisma', datasource: { url: env('B_URL') } }"), (".env", "APP_URL=postgresql://h/d?schema=a\nB_URL=postgresql://h/d?schema=b")).Name);

    [Theory]
    [InlineData("CREATE TABLE \"User\" (id int);", "ALTER TABLE \"default$default\".\"User\" ADD COLUMN a int;", "default$default")]
    [InlineData("CREATE TABLE users (id int);", "alter table if exists core.users add column a int;", "core")]
    [InlineData("CREATE SCHEMA core;\nCREATE TABLE users (id int);", "ALTER TABLE core.users ADD COLUMN a int;", null)]
    [InlineData("CREATE TABLE core.users (id int);", "ALTER TABLE core.users ADD COLUMN a int;", null)]
    [InlineData("CREATE TABLE users (id int);", "-- ALTER TABLE core.users\nSELECT 1;", null)]
    [InlineData("CREATE TABLE users (id int);", "CREATE TABLE b (u uuid REFERENCES auth.users (id));", null)]
    public void Where_no_url_names_one_it_is_the_schema_that_migrations_name_and_never_create(string first, string second, string? name)
    {
        var found = Find(("db/migrations/1_a/migration.sql", first), ("db/migrations/2_b/migration.sql", second));
        Assert.Equal(name is null ? DefaultSchema.Public : found with { Name = name, Origin = DefaultSchemaOrigin.Migrations }, found);
        Assert.Equal(name is null ? null : "db/migrations/2_b/migration.sql", found.Location?.Path);
    }

    [Fact]
    public void A_url_that_the_migrations_contradict_does_not_count()
    {
        var found = Find((".env", "APP_URL=postgresql://h/d?schema=mine"), ("db/migrations/1_a/migration.sql", "CREATE TABLE \"A\" (id int);\nALTER TABLE \"public\".\"A\" ADD COLUMN b int;"));
        Assert.Equal(("public", DefaultSchemaOrigin.Migrations), (found.Name, found.Origin));
    }

    private static DefaultSchema Find(params (string Path, string Text)[] files)
    {
        using var repository = new TemporaryRepository("package.json").Write("db/schema.prisma", Schema);
        foreach (var (path, text) in files)
        {
            repository.Write(path, text);
        }

        return Assert.Single(repository.Open().Projects).DefaultSchema;
    }
}
