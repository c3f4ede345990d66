using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Reports.Inspect;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Sources;

public sealed class SourceLoaderTests(PostgreSqlServer server)
{
    private const string User = "model User {\n  id Int @id\n}\n";

    [Fact]
    public void A_prisma_file_is_a_source()
    {
        using var repository = new TemporaryRepository().Write("a.prisma", TemporaryRepository.PostgreSql + User);
        var source = Read(repository, "a.prisma");
        Assert.Equal(SourceForm.PrismaSchema, source.Form);
        Assert.Equal(["public.User"], source.Schema.Tables.Select(table => table.Name.ToString()));
        Assert.Equal(repository.PathOf("a.prisma") + ":4:1", source.Schema.Tables[0].Location!.ToString());
    }

    [Fact]
    public void A_folder_of_prisma_files_is_one_source()
    {
        using var repository = new TemporaryRepository("db/base.prisma").Write("db/models/user.prisma", User);
        Assert.Equal(["User"], Read(repository, "db").Schema.Tables.Select(table => table.Name.Name));
    }

    [Theory]
    [InlineData("^5.22.0", "_AToB_AB_unique")]
    [InlineData("^6.1.0", "_AToB_AB_pkey")]
    public void The_version_of_prisma_beside_a_schema_decides_how_it_is_lowered(string version, string expected)
    {
        using var repository = new TemporaryRepository().Write("package.json", $$"""{ "devDependencies": { "prisma": "{{version}}" } }""");
        repository.Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model A {\n  id Int @id\n  b B[]\n}\nmodel B {\n  id Int @id\n  a A[]\n}\n");
        var table = Read(repository, "prisma/schema.prisma").Schema.Tables.Single(table => table.Name.Name == "_AToB");
        Assert.Equal(expected, table.PrimaryKey?.Name ?? table.Indexes[0].Name);
    }

    [Fact]
    public void A_document_is_read_from_its_fences_with_its_own_lines()
    {
        using var repository = new TemporaryRepository().Write("doc.md", """
            # Users

            1. A list:

               ```prisma
               model User {
                 id Int @id
               }
               ```

            ```js
            model Nothing { }
            ```

            ~~~Prisma
            model Post {
              id Int @idd
            }
            ~~~
            """);
        var source = Read(repository, "doc.md");
        Assert.Equal(["Post", "User"], source.Schema.Tables.Select(table => table.Name.Name));
        Assert.Equal([7, 17], source.Schema.Tables.SelectMany(table => table.Columns).Select(column => column.Location!.Line).Order());
        Assert.Equal(17, Assert.Single(source.Errors, error => error.Message.Contains("idd", StringComparison.Ordinal)).Location.Line);
    }

    [Theory]
    [InlineData("migration.ts", 0)]
    [InlineData("notes.sql", 1)]
    public void A_folder_without_SQL_is_an_error_unless_a_program_of_the_team_runs_its_code(string file, int errors)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        repository.Write("prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id int);");
        repository.Write($"prisma/migrations/2_b/{file}", file.EndsWith(".ts", StringComparison.Ordinal) ? "export default () => {};" : "SELECT 1;");
        var source = Read(repository, "prisma/migrations");
        Assert.Equal(errors, source.Errors.Length);
        Assert.Equal(["a"], source.Schema.Tables.Select(table => table.Name.Name));
    }

    [Theory]
    [InlineData("nothing.prisma", "does not exist")]
    [InlineData("empty", "contains neither .prisma files nor Prisma migrations")]
    [InlineData("text.txt", "its name must end in .prisma, .sql, .md or .json")]
    [InlineData("no-fences.md", "no prisma or sql code fences")]
    public void What_is_no_source_is_told(string path, string expected)
    {
        using var repository = new TemporaryRepository("text.txt", "no-fences.md").Folder("empty");
        Assert.Contains(expected, Assert.Throws<InputException>(() => Read(repository, path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://user:secret@127.0.0.1:1/db", "127.0.0.1:1 could not be reached: nothing is listening there")]
    [InlineData("postgres://user:secret@no-such-host.invalid/db", "no-such-host.invalid:5432 could not be reached: the host name cannot be resolved")]
    public void A_database_that_is_not_reached_is_told_without_its_password(string url, string expected)
    {
        var message = Assert.Throws<SourceUnavailableException>(() => new SourceLoader(_ => AuditConfiguration.Empty).Load(url, TestContext.Current.CancellationToken)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "server")]
    public void A_database_is_read_and_comes_back_from_a_snapshot()
    {
        using var database = server.CreateDatabase();
        database.Run("CREATE TABLE t (id serial PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> '')); CREATE VIEW v AS SELECT a FROM t");
        var source = new SourceLoader(_ => AuditConfiguration.Empty).Load(database.Url.Replace("postgres@", "postgres:secret@", StringComparison.Ordinal) + "?schema=public&connection_limit=5", TestContext.Current.CancellationToken);
        Assert.Equal((SourceForm.Database, SourceKind.Database), (source.Form, source.Schema.Source));
        Assert.DoesNotContain("secret", source.Name, StringComparison.Ordinal);
        using var json = new MemoryStream();
        JsonSchema.Write(source, json);
        using var repository = new TemporaryRepository().Write("a.json", Encoding.UTF8.GetString(json.ToArray()));
        var comparison = SchemaComparer.Compare(source.Schema, Read(repository, "a.json").Schema);
        Assert.Empty(comparison.Changes);
    }

    [Fact]
    public void A_url_that_is_none_is_refused_without_its_password()
    {
        var message = Assert.Throws<InputException>(() => new SourceLoader(_ => AuditConfiguration.Empty).Load("postgresql://user:sec/ret@host:port/db", TestContext.Current.CancellationToken)).Message;
        Assert.Contains("The port in the URL is not a number", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_for_another_provider_is_refused_at_its_place()
    {
        using var repository = new TemporaryRepository().Write("a.prisma", "datasource db {\n  provider = \"mysql\"\n}\n");
        var diagnostic = Read(repository, "a.prisma").Errors[0];
        Assert.Equal(("The schema is for mysql; plumb reads only schemas for PostgreSQL.", 1), (diagnostic.Message, diagnostic.Location.Line));
    }

    [Fact]
    public void Invalid_utf8_in_one_file_does_not_hide_the_others()
    {
        using var repository = new TemporaryRepository("db/base.prisma").Write("db/user.prisma", User).Write("db/bad.prisma", [.. "// "u8, 0xFF, (byte)'\n']);
        var source = Read(repository, "db");
        Assert.Equal(FileReader.EncodingCode, Assert.Single(source.Errors).Code);
        Assert.Single(source.Schema.Tables);
    }

    [Fact]
    public void Migrations_are_replayed_and_what_postgresql_refuses_is_told_at_its_place()
    {
        using var repository = new TemporaryRepository().Write("m/2_b/migration.sql", "ALTER TABLE a ADD COLUMN b int;\nCREATE TABLE a (id int);\n").Write("m/1_a/migration.sql", "CREATE TABLE a (id int);\n");
        var source = Read(repository, "m");
        Assert.Equal(["id", "b"], Assert.Single(source.Schema.Tables).Columns.Select(column => column.Name));
        Assert.Equal(repository.PathOf("m/2_b/migration.sql") + ":2:1: error: relation \"a\" already exists (42P07)", Assert.Single(source.Refusals).ToString());
        Assert.Empty(source.Errors);
    }

    [Fact]
    public void A_migration_without_its_file_is_an_error()
    {
        using var repository = new TemporaryRepository("m/1_a/migration.sql").Folder("m/2_b");
        Assert.Equal(repository.PathOf("m/2_b/migration.sql"), Assert.Single(Read(repository, "m").Errors).Location.Path);
    }

    [Fact]
    public void Sql_of_a_document_is_replayed_where_it_has_no_prisma_schema()
    {
        using var repository = new TemporaryRepository().Write("doc.md", "# A\n\n```sql\nCREATE TABLE a (id int);\n```\n\n> ```postgresql\n> CREATE TABLE b (id int);\n> ```\n");
        Assert.Equal([("a", 4, 1), ("b", 8, 3)], Read(repository, "doc.md").Schema.Tables.Select(table => (table.Name.Name, table.Location!.Line, table.Location.Column)));
    }

    [Theory]
    [InlineData("CREATE POLICY p ON t USING (auth.uid() IS NOT NULL);", 0)]
    [InlineData("CREATE POLICY p ON t USING (auth.nothing() IS NOT NULL);", 1)]
    public void Supabase_is_taken_as_given_where_migrations_speak_of_it(string policy, int refusals)
    {
        using var repository = new TemporaryRepository().Write("m/1_a/migration.sql", "CREATE TABLE t (id int);\n" + policy);
        Assert.Equal(refusals, Read(repository, "m").Refusals.Length);
    }

    [Fact]
    public void A_snapshot_is_the_same_source_again()
    {
        using var repository = new TemporaryRepository().Write("a.sql", "CREATE TABLE a (id int PRIMARY KEY, b text DEFAULT 'x' CHECK (b <> ''));\nCREATE INDEX ON a (lower(b));\n");
        var source = Read(repository, "a.sql");
        using var stream = File.Create(repository.PathOf("a.json"));
        JsonSchema.Write(source, stream);
        stream.Close();
        var again = Read(repository, "a.json");
        var comparison = Plumbline.Schema.Comparison.SchemaComparer.Compare(source.Schema, again.Schema);
        Assert.Empty(comparison.Changes);
        Assert.Empty(comparison.NotComparable);
        Assert.Single(again.Schema.Tables);
    }

    [Fact]
    public void Migrations_that_fail_in_their_order_are_read_in_the_order_that_works()
    {
        using var repository = new TemporaryRepository()
            .Write("m/1_index/migration.sql", "CREATE INDEX i ON a (id);\n").Write("m/2_table/migration.sql", "CREATE TABLE a (id int);\n").Write("m/3_more/migration.sql", "CREATE TABLE b (id int);\n");
        var source = Read(repository, "m");
        Assert.Equal("i", Assert.Single(source.Schema.Tables[0].Indexes).Name);
        Assert.Equal("relation \"a\" does not exist (42P01)", Assert.Single(source.Refusals).Message);
        Assert.Equal("The migrations were replayed in an order in which every statement succeeds: 1_index runs after 2_table.", Assert.Single(source.Notes).Message);
    }

    [Fact]
    public void What_a_program_fills_in_migrations_is_filled()
    {
        using var repository = new TemporaryRepository().Write("m/1_a/migration.sql", "CREATE TABLE /* SCHEMA */.\"a\" (id int);\n");
        Assert.Equal("public.a", Assert.Single(Read(repository, "m").Schema.Tables).Name.ToString());
    }

    [Fact]
    public void The_schema_that_the_projects_url_names_is_where_both_lie()
    {
        using var repository = Project("CREATE TABLE \"User\" (id int PRIMARY KEY);\n").Write(".env.example", "DATABASE_URL=postgresql://u:p@localhost/db?schema=core\n").Git("init", "-q").Git("add", ".");
        var (from, to) = ReadBoth(repository);
        Assert.Equal(["core.User"], from.Schema.Tables.Select(table => table.Name.ToString()));
        Assert.Equal(["core.User"], to.Schema.Tables.Select(table => table.Name.ToString()));
        Assert.Empty(SourceComparison.Compare(from, to).Changes);
    }

    [Theory]
    [InlineData("postgres:18", 0)]
    [InlineData("postgres:17", 1)]
    public void The_server_of_the_repository_runs_the_migrations(string image, int refusals)
    {
        using var repository = Project("CREATE TABLE \"User\" (id uuid PRIMARY KEY DEFAULT uuidv7());\n").Write("deploy/compose.yml", $"services:\n  db:\n    image: {image}\n").Git("init", "-q").Git("add", ".");
        Assert.Equal(refusals, Read(repository, "prisma/migrations").Refusals.Length);
    }

    [Theory]
    [InlineData("supabase/config.toml", 0)]
    [InlineData("other/config.toml", 1)]
    public void The_platform_of_the_repository_is_there_before_the_first_migration(string file, int refusals)
    {
        using var repository = Project("CREATE TABLE \"User\" (id int PRIMARY KEY);\nGRANT SELECT ON \"User\" TO anon;\n").Write(file, "").Git("init", "-q").Git("add", ".");
        Assert.Equal(refusals, Read(repository, "prisma/migrations").Refusals.Length);
    }

    [Theory]
    [InlineData("6.13.0", 0)]
    [InlineData("6.12.0", 1)]
    public void What_somebody_else_creates_is_there_before_the_first_migration(string prisma, int refusals)
    {
        using var repository = Project("CREATE TABLE \"User\" (id int PRIMARY KEY REFERENCES people (id));\n")
            .Write("package.json", $$"""{ "dependencies": { "prisma": "{{prisma}}" } }""")
            .Write("prisma.config.ts", "export default defineConfig({ migrations: { initShadowDb: `CREATE TABLE people (id int PRIMARY KEY);` } });\n").Git("init", "-q").Git("add", ".");
        var source = Read(repository, "prisma/migrations");
        Assert.Equal(refusals, source.Refusals.Length);
        Assert.DoesNotContain(source.Schema.Tables, table => table.Name.Name == "people");
    }

    [Theory]
    [InlineData("6.13.0", 0)]
    [InlineData("6.12.0", 1)]
    public void Tables_that_somebody_else_creates_are_compared_on_neither_side(string prisma, int changes)
    {
        using var repository = Project("CREATE TABLE \"User\" (id int PRIMARY KEY);\nCREATE TABLE people (id int PRIMARY KEY);\n")
            .Write("package.json", $$"""{ "dependencies": { "prisma": "{{prisma}}" } }""")
            .Write("prisma.config.ts", "export default defineConfig({ tables: { external: ['public.people'] } });\n").Git("init", "-q").Git("add", ".");
        var (from, to) = ReadBoth(repository);
        Assert.Equal(changes, SourceComparison.Compare(from, to).Changes.Length);
    }

    [Theory]
    [InlineData("lower( 'A' )")]
    [InlineData("'{}'::jsonb")]
    [InlineData("(now() + interval '1 day')")]
    public void A_default_that_is_written_otherwise_is_compared(string written)
    {
        var type = written.Contains("json", StringComparison.Ordinal) ? "Json" : written.Contains("now", StringComparison.Ordinal) ? "DateTime" : "String";
        using var repository = new TemporaryRepository().Write("a.prisma", $"{TemporaryRepository.PostgreSql}model a {{\n  id Int @id\n  b {type} @default(dbgenerated(\"{written}\"))\n}}\n");
        var schema = Read(repository, "a.prisma");
        repository.Write("a.sql", Sql(schema));
        using var json = new MemoryStream();
        JsonSchema.Write(Read(repository, "a.sql"), json);
        repository.Write("a.json", Encoding.UTF8.GetString(json.ToArray()));
        foreach (var other in (ReadOnlySpan<string>)["a.sql", "a.json", "a.prisma"])
        {
            var comparison = SourceComparison.Compare(Read(repository, other), schema);
            Assert.Empty(comparison.Changes);
            Assert.Empty(comparison.NotComparable);
        }

        repository.Write("b.prisma", $"{TemporaryRepository.PostgreSql}model a {{\n  id Int @id\n  b {type} @default(dbgenerated(\"{(type == "String" ? "lower('B')" : type == "Json" ? "'[]'::jsonb" : "now()")}\"))\n}}\n");
        Assert.Equal(ChangeKind.AlterColumnDefault, Assert.Single(SourceComparison.Compare(Read(repository, "b.prisma"), schema).Changes).Kind);
    }

    [Fact]
    public void The_configuration_is_that_of_the_repository_that_a_source_lies_in()
    {
        using var repository = Project("CREATE TABLE \"User\" (id uuid PRIMARY KEY DEFAULT uuidv7());\n").Write("plumb.yaml", "postgres: 18\n").Git("init", "-q").Git("add", ".");
        var source = new SourceLoader(folder => folder == repository.Root ? ConfigurationReader.ForFolder(folder, []) : AuditConfiguration.Empty)
            .Load(repository.PathOf("prisma/migrations"), TestContext.Current.CancellationToken);
        Assert.Empty(source.Refusals);
    }

    [Fact]
    public void A_cancelled_loading_ends()
    {
        using var repository = Project("CREATE TABLE a (id int);\n");
        Assert.ThrowsAny<OperationCanceledException>(() => new SourceLoader(_ => AuditConfiguration.Empty).Load(repository.PathOf("prisma/migrations"), new CancellationToken(canceled: true)));
    }

    private static TemporaryRepository Project(string migration) => new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + User).Write("prisma/migrations/1_a/migration.sql", migration);

    private static (Source From, Source To) ReadBoth(TemporaryRepository repository) => new SourceLoader(_ => AuditConfiguration.Empty)
        .Load(repository.PathOf("prisma/migrations"), repository.PathOf("prisma/schema.prisma"), TestContext.Current.CancellationToken);

    private static string Sql(Source source)
    {
        using var script = new StringWriter();
        SqlSchema.Write(source.Schema, script);
        return script.ToString();
    }

    private static Source Read(TemporaryRepository repository, string path) => new SourceLoader(_ => AuditConfiguration.Empty).Load(repository.PathOf(path), TestContext.Current.CancellationToken);
}
