using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>Whatever the input, there is one clear message, no stack trace, and an end after little time and memory.</summary>
public sealed class BadInputTests
{
    private const int Mebibytes = 300;

    [Theory]
    [InlineData("audit", "nothing", "nothing does not exist.")]
    [InlineData("audit", "empty", "empty is empty: there is nothing to audit.")]
    [InlineData("audit", "built", "built has no files to audit outside dist.")]
    [InlineData("audit", "other", "other has neither a Prisma schema nor Prisma migrations.")]
    [InlineData("audit", "file.txt", "file.txt is a file.")]
    [InlineData("inspect", "nothing", "nothing does not exist.")]
    [InlineData("inspect", "empty", "empty is not a source: the folder contains neither .prisma files nor Prisma migrations (folders with a migration.sql).")]
    public void What_is_not_there_is_told(string command, string path, string expected)
    {
        using var repository = new TemporaryRepository("other/readme.md", "file.txt", "built/dist/a.js").Folder("empty");
        var result = Run(repository, command, path);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("plumb: error: " + expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("diff", "a.sql")]
    public void A_database_that_is_not_reached_is_told_and_its_password_is_not(string command, params string[] before)
    {
        using var repository = new TemporaryRepository().Write("a.sql", "SELECT 1");
        var result = Run(repository, [command, .. before, "postgresql://user:hunter2@127.0.0.1:1/db?connect_timeout=2"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("plumb: error: The database server 127.0.0.1:1 could not be reached: nothing is listening there.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Error + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_too_long_is_an_error()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("plumb.yaml", new string('#', (1 << 20) + 1));
        var result = Run(repository, "audit", ".");
        Assert.Equal((2, "plumb.yaml:1:1: error: The file is longer than 1 MiB, the limit for files of its kind.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void A_binary_file_named_schema_prisma_is_told()
    {
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", [0x7F, (byte)'E', 0, 1, 2]);
        foreach (var arguments in (string[][])[["audit", "."], ["inspect", "prisma/schema.prisma"]])
        {
            var result = Run(repository, arguments);
            Assert.Equal((2, "prisma/schema.prisma:1:1: error: The file is not text: it contains NUL bytes.\n"), (result.ExitCode, result.Error));
        }
    }

    [Fact]
    public void Invalid_utf8_is_told_with_its_place()
    {
        using var repository = new TemporaryRepository().Write("schema.prisma", [.. "datasource db {\n  provider = \"postgresql\"\n}\n// caf"u8, 0xE9, (byte)'\n']);
        var result = Run(repository, "inspect", "schema.prisma");
        Assert.Equal((2, "schema.prisma:4:7: error: The file is not valid UTF-8: byte 0xE9 is not allowed here.\n  Save the file as UTF-8.\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("model A {\n  id Int @id @default(\"")]
    [InlineData("/* model A {")]
    [InlineData("model A {\n  id Int @id")]
    public void What_never_ends_is_told_with_its_place(string text)
    {
        using var repository = new TemporaryRepository().Write("schema.prisma", TemporaryRepository.PostgreSql + text);
        var result = Run(repository, "inspect", "schema.prisma");
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^schema\.prisma:\d+:\d+: error: ", result.Error);
    }

    [Fact]
    public void Parentheses_without_end_are_no_danger()
    {
        using var repository = new TemporaryRepository().Write("schema.prisma", TemporaryRepository.PostgreSql + "model A {\n  id Int @id @default(" + new string('(', 100_000) + "1" + new string(')', 100_000) + ")\n}\n");
        Assert.Equal(2, Run(repository, "inspect", "schema.prisma").ExitCode);
    }

    [Theory]
    [InlineData("CREATE TABLE a (id int); SELECT 'abc")]
    [InlineData("CREATE TABLE a (id int); /* abc")]
    [InlineData("CREATE TABLE a (id int); DO $$ BEGIN")]
    [InlineData("CREATE TABLE a (id int); SELECT \"abc")]
    [InlineData("CREATE TABLE a (id int); CREATE TABLE b (id int")]
    public void What_never_ends_in_sql_is_told_and_the_rest_is_read(string text)
    {
        using var repository = new TemporaryRepository().Write("m/1_a/migration.sql", text);
        var result = Run(repository, "inspect", "m");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("CREATE TABLE public.a", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"^m/1_a/migration\.sql:1:\d+: error: .*\(42601\)", result.Error);
    }

    [Fact]
    public void Parentheses_without_end_in_sql_are_no_danger()
    {
        using var repository = new TemporaryRepository().Write("m/1_a/migration.sql", "CREATE TABLE a (id int);\nSELECT " + new string('(', 100_000) + "1" + new string(')', 100_000) + ";\n");
        var result = Run(repository, "inspect", "m");
        Assert.Contains("CREATE TABLE public.a", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_migration_without_its_file_is_told()
    {
        using var repository = new TemporaryRepository("schema.prisma", "migrations/1_a/migration.sql").Folder("migrations/2_b");
        var result = Run(repository, "inspect", "migrations");
        Assert.Equal((2, "migrations/2_b/migration.sql:1:1: error: The migration has no migration.sql: Prisma stops here with P3015.\n  Restore the file, or remove the folder.\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [Trait("needs", "fuzz")]
    [InlineData(220_000, 200, "inspect", "prisma/migrations")]
    [InlineData(220_000, 200, "diff", "prisma/migrations", "prisma/schema.prisma")]
    [InlineData(220_000, 200, "audit", ".")]
    [InlineData(1, 50 << 20, "inspect", "prisma/migrations")]
    [InlineData(1, 50 << 20, "diff", "prisma/migrations", "prisma/schema.prisma")]
    [InlineData(1, 50 << 20, "audit", ".")]
    public void A_huge_migration_is_read_within_500_MiB(int rows, int length, params string[] arguments)
    {
        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel a {\n  id Int @id\n  b  String?\n}\n")
            .Write("prisma/migrations/1_a/migration.sql", string.Concat(
                Enumerable.Repeat($"INSERT INTO a (id, b) VALUES (1, '{new string('x', length)}');\n", rows).Prepend("CREATE TABLE a (id integer CONSTRAINT a_pkey PRIMARY KEY, b text);\n")));
        var (result, peak) = Plumb.Measure(repository.Root, arguments);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.InRange(peak, 1, 500L << 20);
    }

    [Fact]
    public void Links_in_circles_are_no_danger()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma");
        repository.Link("prisma/again", repository.Root).Link("prisma/self.prisma", repository.PathOf("prisma/self.prisma"));
        Assert.Contains("[schema/invalid]: prisma/self.prisma cannot be read", Run(repository, "audit", ".").Output, StringComparison.Ordinal);
        Assert.Contains("symbolic links", Run(repository, "inspect", "prisma/self.prisma").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_told()
    {
        // Root may read every ordinary file; this one of the kernel's may be written only.
        using var repository = new TemporaryRepository().Link("schema.prisma", "/proc/sys/vm/drop_caches");
        var named = Run(repository, "inspect", "schema.prisma");
        Assert.Equal((2, "schema.prisma:1:1: error: The file cannot be read: permission denied.\n"), (named.ExitCode, named.Error));
        var found = Run(repository, "audit", ".");
        Assert.Equal((2, "schema.prisma:1:1: error: The file is a link that leads outside the repository.\n"), (found.ExitCode, found.Error));
    }

    [Theory]
    [InlineData("versoin: 1", "plumb.yaml:1:1: error: There is no key \"versoin\". Did you mean \"version\"?\n  Known: version, projects, postgres, platform, shared-database, database, ignore, rules.\n")]
    [InlineData("rules:\n  drift/missing-colum: off", "plumb.yaml:2:3: error: There is no rule \"drift/missing-colum\". Did you mean \"drift/missing-column\"?\n  \"plumb rules\" lists the rules.\n")]
    public void A_wrong_configuration_is_told_with_its_place(string text, string expected)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("plumb.yaml", text);
        foreach (var arguments in (string[][])[["audit", "."], ["inspect", "prisma/schema.prisma"]])
        {
            var result = Run(repository, arguments);
            Assert.Equal((2, expected), (result.ExitCode, result.Error));
        }
    }

    [Theory]
    [InlineData("nowhere:schema.prisma", "there is no git revision \"nowhere\"")]
    [InlineData("-x:schema.prisma", "plumb inspect has no option \"-x\"")]
    [InlineData("HEAD:nothing.prisma", "the revision \"HEAD\" has no nothing.prisma.")]
    [InlineData(":schema.prisma", "\"\" is not a valid git revision")]
    [InlineData("HEAD:", "the revision must be followed by the path")]
    public void A_revision_that_does_not_exist_is_told(string source, string expected)
    {
        using var repository = new TemporaryRepository("schema.prisma").Git("init", "-q").Git("add", "-A").Git("commit", "-qm", "x");
        var result = Run(repository, "inspect", source);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_that_looks_like_an_option_is_never_given_to_git()
    {
        using var repository = new TemporaryRepository("schema.prisma").Git("init", "-q").Git("add", "-A").Git("commit", "-qm", "x");
        var result = Run(repository, "inspect", "--", "--output=evil:schema.prisma");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("\"--output=evil\" is not a valid git revision", result.Error, StringComparison.Ordinal);
        Assert.Equal(["schema.prisma"], Directory.EnumerateFiles(repository.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_source_at_a_revision_is_read_from_the_repository()
    {
        using var repository = new TemporaryRepository().Write("db/schema.prisma", TemporaryRepository.PostgreSql + "model A {\n  id Int @id\n}\n").Git("init", "-q").Git("add", "-A").Git("commit", "-qm", "x");
        repository.Write("db/schema.prisma", TemporaryRepository.PostgreSql + "model A {\n  id Int @id\n  b Int?\n}\n");
        var result = Run(repository, "diff", "HEAD:db/schema.prisma", "db/schema.prisma");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("+ column           b  integer", result.Output, StringComparison.Ordinal);
        Assert.Contains("HEAD:db/schema.prisma:4:1   db/schema.prisma:6:3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_of_the_framework_are_sentences()
    {
        Assert.DoesNotContain("UseSystemResourceKeys", File.ReadAllText(Plumb.Program + ".runtimeconfig.json"), StringComparison.Ordinal);
        using var repository = new TemporaryRepository().Write("s.json", "{ \"a\": }");
        var result = Run(repository, "inspect", "s.json");
        Assert.Equal((2, "s.json:1:8: error: The file is not valid JSON: '}' is an invalid start of a value.\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("bad.sql", "create tabl x(a int);")]
    [InlineData("bad.sql", "create table t(a int); select nothing from nowhere;")]
    [InlineData("bad.md", "```sql\ncreate tabl x(a int);\n```\n")]
    public void A_statement_of_a_script_that_PostgreSQL_refuses_makes_the_input_wrong(string name, string text)
    {
        using var repository = new TemporaryRepository().Write(name, text);
        Assert.Equal(2, Plumb.Run("inspect", repository.PathOf(name)).ExitCode);
        var diff = Plumb.Run("diff", repository.PathOf(name), repository.PathOf(name));
        Assert.Equal(2, diff.ExitCode);
        Assert.Contains("No differences in what could be read.", diff.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("No differences.", Plumb.Run("diff", repository.PathOf(name), repository.PathOf(name), "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrations_that_PostgreSQL_refuses_whole_cannot_be_compared()
    {
        using var repository = new TemporaryRepository().Write("m/1_a/migration.sql", "create tabl x(a int);\n").Write("n/1_a/migration.sql", "create tabl x(a int);\ncreate table y(a int);\n");
        var (refused, other) = (repository.PathOf("m"), repository.PathOf("n"));
        Assert.Equal((0, 2), (Plumb.Run("inspect", refused).ExitCode, Plumb.Run("diff", refused, refused).ExitCode));
        Assert.Equal((0, 0), (Plumb.Run("inspect", other).ExitCode, Plumb.Run("diff", other, other).ExitCode));
    }

    [Theory]
    [InlineData("inspect", "m")]
    [InlineData("diff", "m", "m")]
    public void A_statement_beyond_the_budget_of_the_replay_is_an_error(params string[] arguments)
    {
        using var repository = new TemporaryRepository().Write("m/1_a/migration.sql", "CREATE TABLE a (id int);\nDO $$ BEGIN LOOP CREATE TABLE IF NOT EXISTS x (a int); END LOOP; END $$;\n");
        var result = Run(repository, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Matches(@"^m/1_a/migration\.sql:2:1: error: .*more than 50,000 steps.* What this statement does is unknown\.\n", result.Error);
    }

    [Theory]
    [InlineData("postgresqll://u:p@h/x", "\"postgresqll\" is not a URL scheme that plumb knows; a database URL begins with postgresql://.")]
    [InlineData("mysql://h/x", "\"mysql\" is not a URL scheme that plumb knows; a database URL begins with postgresql://.")]
    [InlineData("postgresql://u:p@ss#w@localhost/x", "The URL has a # before the @. If the password contains : / ? # or @, percent-encode it.")]
    [InlineData("postgresql://u:p@localhost/x?sslrootcert=/nowhere/ca.pem", "The file /nowhere/ca.pem, which sslrootcert names in the URL, does not exist.")]
    public void A_url_that_cannot_be_used_is_told(string url, string expected) => Assert.Equal($"plumb: error: {expected}\n", Plumb.Run("inspect", url).Error);

    [Fact]
    public void A_shallow_clone_says_how_to_get_the_revision()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Git("init", "-q").Git("add", "-A").Git("commit", "-qm", "x");
        repository.Write(".git/shallow", "");
        foreach (var arguments in (string[][])[["audit", ".", "--since", "origin/main"], ["inspect", "origin/main:prisma/schema.prisma"]])
        {
            var result = Run(repository, arguments);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("The clone is shallow: run \"git fetch --unshallow\", or set \"fetch-depth: 0\" for actions/checkout.", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("json", "A comparison with its source shows them as differences.")]
    [InlineData("sql", "Put them back before you run it.")]
    public void Masked_passwords_in_a_source_are_told(string format, string expected)
    {
        using var repository = new TemporaryRepository().Write("t.sql", "CREATE TABLE t (a text DEFAULT 'postgresql://u:s3cret-word@db.shop.dev/x');\n");
        var result = Plumb.Run("inspect", repository.PathOf("t.sql"), "--format", format);
        Assert.Equal((0, $"plumb: warning: The output has *** in place of passwords. {expected}\n"), (result.ExitCode, result.Error));
    }

    private static CommandResult Run(TemporaryRepository repository, params string[] arguments)
    {
        var result = Plumb.Start(repository.Root, Mebibytes, arguments);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
        return result;
    }
}
