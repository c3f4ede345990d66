using Plumbline.Audit.Connections;
using Plumbline.Cli.Tests;
using Plumbline.PostgreSql.Sql;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Leaks;

/// <summary>A constant that stands behind the name of a secret in SQL or in a Prisma schema is shown nowhere: in no message, value, excerpt or script.</summary>
public sealed class SecretDefaultTests
{
    public static TheoryData<string, string> Columns => new()
    {
        // The default in the schema, that in the migrations.
        { "S3cr3tXyz9", "yS3cr3tXyz9" },
        { "geheim", "heimlich" },
        { "my S3cr3t with blanks", "another S3cr3t with blanks" },
        { "it's_S3cr3t*|", "it's \"S3cr3t\" \\ 100%" },
        { "@S3cr3t:x:", "$S3cr3t$" },
        { "S3cr3t\u00e9\u00df", "S3cr3t, S3cr3t; S3cr3t" },
    };

    [Theory]
    [MemberData(nameof(Columns))]
    public void No_format_shows_the_default_of_a_column_that_is_named_like_a_secret(string expected, string found)
    {
        using var repository = Repository("password", expected, found);
        var (schema, migrations) = (repository.PathOf("prisma/schema.prisma"), repository.PathOf("prisma/migrations"));
        foreach (var isTerminal in (bool[])[false, true])
        {
            foreach (string[] arguments in (string[][])[
                .. ((string[])["terminal", "compact", "markdown", "json", "github"]).Select(format => (string[])["audit", repository.Root, "--verbose", "--fail-on", "never", "--format", format]),
                .. ((string[])["terminal", "markdown", "json", "sql"]).Select(format => (string[])["diff", migrations, schema, "--format", format]),
                .. ((string[])["sql", "json", "prisma", "mermaid", "markdown"]).SelectMany(format => (string[][])[["inspect", schema, "--format", format], ["inspect", migrations, "--format", format]])])
            {
                var result = Plumb.Run(new Surroundings(IsTerminal: isTerminal), arguments);
                Assert.True(result.ExitCode is 0 or 1, result.Error);
                foreach (var word in (string[])["S3cr3t", "geheim", "heimlich", "with blanks"])
                    Assert.False((result.Output + result.Error).Contains(word, StringComparison.Ordinal), $"{string.Join(' ', arguments)}: {Line(result.Output, word)}");
            }
        }
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("diff")]
    public void A_script_says_that_it_lacks_them(string command)
    {
        using var repository = Repository("apiKey", "S3cr3tXyz9", "yS3cr3tXyz9");
        string[] sources = command == "diff" ? [repository.PathOf("prisma/migrations"), repository.PathOf("prisma/schema.prisma")] : [repository.PathOf("prisma/schema.prisma")];
        var result = Plumb.Run([command, .. sources, "--format", "sql"]);

        Assert.Contains("'***'", result.Output, StringComparison.Ordinal);
        Assert.Contains("*** in place of passwords", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "S3cr3tXyz9", "yS3cr3tXyz9")]
    [InlineData("tokenType", "bearer", "basic")]
    [InlineData("passwordAlgorithm", "argon2id", "bcrypt2b")]
    [InlineData("compass", "north", "south")]
    public void Other_defaults_are_shown(string column, string expected, string found)
    {
        using var repository = Repository(column, expected, found);
        foreach (var format in (string[])["terminal", "markdown", "json"])
        {
            var output = Plumb.Run("audit", repository.Root, "--verbose", "--format", format).Output;
            Assert.Contains(expected, output, StringComparison.Ordinal);
            Assert.Contains(found, output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ALTER TABLE nosuch ADD COLUMN password text DEFAULT 'SECRET';")]
    [InlineData("ALTER TABLE nosuch ADD COLUMN \"secretKey\" text NOT NULL DEFAULT 'SECRET', ADD COLUMN b int;")]
    [InlineData("ALTER TABLE t ALTER COLUMN password SET DEFAULT\n 'SECRET';")]
    [InlineData("CREATE TABLE t (id int, password text CHECK (token_ok(password)) DEFAULT 'SECRET', b text);")]
    [InlineData("CREATE DOMAIN password AS text DEFAULT 'SECRET';")]
    [InlineData("CREATE FUNCTION f(p_token text DEFAULT 'SECRET') RETURNS void LANGUAGE sql AS '';")]
    [InlineData("UPDATE settings SET value = 'SECRET' WHERE key = 'password';")]
    [InlineData("UPDATE settings SET value = 'SECRET' WHERE key IN ('a', 'smtp_password');")]
    [InlineData("INSERT INTO settings (key, value) VALUES ('smtp_password', 'SECRET');")]
    [InlineData("INSERT INTO settings (key, about, value) VALUES ('a', 'b', 'c'), ('smtp_password', 'd', 'SECRET');")]
    [InlineData("SELECT 1 WHERE current_setting('app.secret') = 'SECRET';")]
    [InlineData("SELECT 1 WHERE current_setting('app.secret')::text = 'SECRET';")]
    [InlineData("SELECT 1 WHERE data->>'password' = 'SECRET';")]
    [InlineData("SELECT 1 FROM t WHERE password <> 'SECRET';")]
    [InlineData("SELECT 1 FROM t WHERE password::text != 'SECRET';")]
    [InlineData("SELECT 1 FROM t WHERE password NOT IN ('a', 'SECRET');")]
    [InlineData("SELECT 1 FROM t WHERE password LIKE 'SECRET%';")]
    [InlineData("SELECT vault.create_secret('SECRET');")]
    [InlineData("SELECT hash_password(concat('SECRET', 'x'));")]
    [InlineData("SELECT crypt('SECRET', gen_salt('bf'));")]
    [InlineData("SELECT pgp_sym_encrypt('x', 'SECRET');")]
    [InlineData("ALTER TABLE t ADD COLUMN a text DEFAULT hmac('x', 'SECRET', 'sha256');")]
    [InlineData("SELECT dblink_connect('SECRET');")]
    [InlineData("SELEC 'SECRET' AS password;")]
    [InlineData("SELECT 1, 'SECRET'::text AS password, 2;")]
    [InlineData("SELECT encode('SECRET', 'hex') AS \"apiKey\";")]
    [InlineData("DO $$ DECLARE pw text := 'SECRET'; BEGIN END $$;")]
    [InlineData("DO $$ DECLARE db_pass text DEFAULT 'SECRET'; BEGIN END $$;")]
    public void No_excerpt_shows_it(string sql)
    {
        var source = new SourceText("a.sql", sql);
        for (var line = 1; line <= source.LineCount; line++)
            Assert.DoesNotContain("SECRET", SecretMask.Line(source, line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTER TABLE users ADD COLUMN password text NOT NULL;")]
    [InlineData("ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();")]
    [InlineData("CREATE TABLE \"Token\" (id int, status text DEFAULT 'pending', kind text DEFAULT 'other');")]
    [InlineData("ALTER TABLE \"Token\" ADD COLUMN status text DEFAULT 'pending';")]
    [InlineData("ALTER TABLE \"Token\" ALTER COLUMN status SET DEFAULT 'pending';")]
    [InlineData("UPDATE users SET kind = 'TOKEN' WHERE id = 'a';")]
    [InlineData("SELECT 'a' AS name, password FROM users WHERE name LIKE 'b%';")]
    [InlineData("SELECT encode(gen_random_bytes(16), 'hex'), token FROM users;")]
    [InlineData("CREATE INDEX i ON users (password) WHERE kind = 'a';")]
    [InlineData("DO $$ DECLARE compass text := 'north'; BEGIN END $$;")]
    public void An_excerpt_shows_the_rest(string sql) => Assert.Equal(sql, SecretMask.Line(new SourceText("a.sql", sql), 1));

    [Theory]
    [InlineData("password text NOT NULL DEFAULT 'SECRET',", "password text NOT NULL DEFAULT '***',")]
    [InlineData("| apiKey | `character varying(20) DEFAULT 'SEC''RET'::text` |", "| apiKey | `character varying(20) DEFAULT '***'::text` |")]
    [InlineData("ALTER TABLE a ALTER COLUMN \\\"token\\\" SET DEFAULT 'SECRET'::text;", "ALTER TABLE a ALTER COLUMN \\\"token\\\" SET DEFAULT '***'::text;")]
    [InlineData("  password String @default(\"SECRET\")", "  password String @default(\"***\")")]
    [InlineData("+  a String? @map(\"user_password\") @default(\"SEC\\\"RET\") @db.Text", "+  a String? @map(\"user_password\") @default(\"***\") @db.Text")]
    [InlineData("  tokens String[] @default([\"SECRET\", \"b\"])", "  tokens String[] @default([\"***\"])")]
    [InlineData("  token String @default(dbgenerated(\"'SECRET'::text\"))", "  token String @default(dbgenerated(\"***\"))")]
    [InlineData("  token String @default(dbgenerated(\"encode(gen_random_bytes(16), 'hex')\"))", "  token String @default(dbgenerated(\"encode(gen_random_bytes(16), 'hex')\"))")]
    [InlineData("  token String @default(uuid())", "  token String @default(uuid())")]
    [InlineData("  tokenType String @default(\"bearer\")", "  tokenType String @default(\"bearer\")")]
    [InlineData("  name String @default(\"token\")", "  name String @default(\"token\")")]
    [InlineData("token uuid DEFAULT gen_random_uuid(), a text DEFAULT 'b'", "token uuid DEFAULT gen_random_uuid(), a text DEFAULT 'b'")]
    [InlineData("password text DEFAULT '' NOT NULL", "password text DEFAULT '' NOT NULL")]
    public void A_line_tells_the_default_of_a_secret(string line, string expected)
    {
        Assert.Equal(expected, SecretMask.Text(line));
        Assert.Equal(expected, SecretMask.Code(line));
    }

    [Theory]
    [InlineData("'a'::text", true, "a")]
    [InlineData("('it''s' || E'a\\nb')", true, "it's,a\nb")]
    [InlineData("'{\"a\",b}'::text[]", true, "{\"a\",b},a,b")]
    [InlineData("encode(gen_random_bytes(16), 'hex'::text)", true, "")]
    [InlineData("crypt('a', gen_salt('bf'))", true, "a")]
    [InlineData("lower(crypt(('a'), 'b'))", false, "a,b")]
    [InlineData("'a'::text", false, "")]
    [InlineData("'a", true, "")]
    public void The_constants_of_a_default_are_known(string expression, bool isOfSecret, string expected) =>
        Assert.Equal(expected, string.Join(',', SecretConstants.Of(expression, isOfSecret)));

    [Fact]
    public void More_secrets_than_anyone_has_hide_whatever_is_in_quotes()
    {
        var columns = string.Concat(Enumerable.Range(0, 600).Select(number => $"password{number} text DEFAULT 'word{number}a', "));
        using var repository = new TemporaryRepository().Write("a.sql", $"CREATE TABLE t ({columns} name text DEFAULT 'any');\n");
        var output = Plumb.Run("inspect", repository.PathOf("a.sql"), "--format", "json").Output;

        Assert.DoesNotContain("word", output.Replace("password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static TemporaryRepository Repository(string column, string expected, string found) => new TemporaryRepository()
        .Write("package.json", "{ \"name\": \"app\", \"dependencies\": { \"prisma\": \"6.19.0\" } }")
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + $"\nmodel User {{\n  id Int @id\n  {column} String @default({System.Text.Json.JsonSerializer.Serialize(expected, Relaxed)})\n}}\n")
        .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
        .Write("prisma/migrations/20240101000000_a/migration.sql", $"CREATE TABLE \"User\" (id int NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (id));\nALTER TABLE \"User\" ADD COLUMN \"{column}\" text NOT NULL DEFAULT '{found.Replace("'", "''", StringComparison.Ordinal)}';\n");

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Line(string shown, string word) => shown.Split('\n').FirstOrDefault(line => line.Contains(word, StringComparison.Ordinal)) ?? "stderr";
}
