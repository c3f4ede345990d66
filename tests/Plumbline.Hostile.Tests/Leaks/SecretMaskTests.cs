using Plumbline.Audit.Connections;
using Plumbline.Cli.Outgoing;
using Plumbline.Schema.Text;

namespace Plumbline.Hostile.Tests.Leaks;

/// <summary>What counts as a secret in a line, and what stays as it is.</summary>
public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("postgresql://a:SECRET@h/d", "postgresql://a:***@h/d")]
    [InlineData("postgres:/a:SECRET@h", "postgres:/a:***@h")]
    [InlineData("//a:SECRET@h/d", "//a:***@h/d")]
    [InlineData("x \"mysql://a:SEC RET@h\" y", "x \"mysql://a:***@h\" y")]
    [InlineData("url https://a.b/c and redis://:SECRET@h:6379 and amqp://u:SECRET@h", "url https://a.b/c and redis://:***@h:6379 and amqp://u:***@h")]
    [InlineData("postgresql://h/d?user=a&password=SECRET&sslmode=off", "postgresql://h/d?user=a&password=***&sslmode=off")]
    [InlineData("host=h password=SECRET dbname=d", "host=h password=*** dbname=d")]
    [InlineData("host=h password='SEC RET' dbname=d", "host=h password='***' dbname=d")]
    [InlineData("PGPASSWORD=SECRET psql", "PGPASSWORD=*** psql")]
    [InlineData("ALTER ROLE a PASSWORD 'SEC''RET' VALID UNTIL 'x'", "ALTER ROLE a PASSWORD '***' VALID UNTIL 'x'")]
    [InlineData("ALTER ROLE a PASSWORD E'SECRET'", "ALTER ROLE a PASSWORD ***'")]
    [InlineData("\"password\": \"SECRET\",", "\"password\": \"***\",")]
    [InlineData("{\\\"apiKey\\\": \\\"SECRET\\\"}", "{\\\"apiKey\\\": \\\"***\\\"}")]
    public void Secrets_are_replaced(string line, string expected)
    {
        var shown = SecretMask.Text(line);
        Assert.DoesNotContain("SECRET", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("RET", shown, StringComparison.Ordinal);
        Assert.Equal(expected, shown);
    }

    [Theory]
    [InlineData("postgresql://a@h/d")]
    [InlineData("postgresql://a:***@h:5432/d?schema=public")]
    [InlineData("https://www.prisma.io/docs/orm @prisma/client")]
    [InlineData("The column User.password is in the schema but no migration creates it")]
    [InlineData("CHECK (length(password) > 8)")]
    [InlineData("\"name\": \"password\",")]
    [InlineData("\"password\": \"the service file\",")]
    [InlineData("ALTER TABLE users ADD COLUMN password text NOT NULL;")]
    [InlineData("uses: actions/checkout@v4 # https://github.com/actions")]
    [InlineData("a::text // b")]
    public void What_is_none_stays(string line) => Assert.Equal(line, SecretMask.Text(line));

    [Theory]
    [InlineData("a.sql", "INSERT INTO t (email, password) VALUES ('a', 'SECRET');", 1)]
    [InlineData("a.sql", "INSERT INTO t\n  (\"apiKey\")\nVALUES\n  ('SECRET');", 4)]
    [InlineData("a.sql", "ALTER ROLE a PASSWORD\n  'SECRET';", 2)]
    [InlineData("a.sql", "UPDATE t SET secret =\n  'SECRET'", 2)]
    [InlineData("a.ts", "const pool = new Pool({ password: \"SECRET\" })", 1)]
    [InlineData("a.ts", "const password =\n  `SECRET`;", 2)]
    [InlineData("a.yml", "  POSTGRES_PASSWORD: SECRET", 1)]
    [InlineData("a.sh", "export DB_PASSWORD=\"SECRET\"", 1)]
    [InlineData("a.sql", "SELECT 'postgresql://a:it''s@SECRET@h/d';", 1)]
    public void Lines_of_files_are_masked_with_what_stands_around_them(string path, string text, int line) =>
        Assert.DoesNotContain("SECRET", SecretMask.Line(new SourceText(path, text), line), StringComparison.Ordinal);

    [Fact]
    public void A_text_that_comes_in_pieces_is_masked_as_one_line()
    {
        using var inner = new StringWriter();
        using (var writer = new OutgoingWriter(inner, OutgoingForm.Text))
        {
            foreach (var piece in (string[])["see postgresql://a:", "SEC", "RET", "@h/d\nnext ", "line"])
                writer.Write(piece);
        }

        Assert.Equal("see postgresql://a:***@h/d\nnext line", inner.ToString());
    }
}
