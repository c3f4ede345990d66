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
    [InlineData("ALTER ROLE a PASSWORD /* c */ 'SECRET'", "ALTER ROLE a PASSWORD /* c */ '***'")]
    [InlineData("ALTER ROLE a PASSWORD\\n  'SECRET'", "ALTER ROLE a PASSWORD\\n  '***'")]
    [InlineData("EXECUTE 'ALTER ROLE a PASSWORD ''SECRET'''", "EXECUTE 'ALTER ROLE a PASSWORD ''***'''")]
    [InlineData("SET app.jwt_secret TO 'SECRET'", "SET app.jwt_secret TO '***'")]
    [InlineData("ALTER DATABASE x SET app.secret_key TO 'SECRET'", "ALTER DATABASE x SET app.secret_key TO '***'")]
    [InlineData("ALTER DATABASE x SET app.secret_key = 'SECRET'", "ALTER DATABASE x SET app.secret_key = '***'")]
    [InlineData("password=ab,SECRET", "password=***")]
    [InlineData("password=ab;SECRET dbname=d", "password=*** dbname=d")]
    [InlineData("password=ab)SECRET", "password=***")]
    [InlineData("postgresql://h/d?password=ab&SECRET", "postgresql://h/d?password=***")]
    [InlineData("Host=h;Password=ab;SECRET;Database=d", "Host=h;Password=***;Database=d")]
    [InlineData("Host=h;Password=SECRET; Database=d", "Host=h;Password=***; Database=d")]
    [InlineData("host=h password = SECRET dbname=d", "host=h password = *** dbname=d")]
    [InlineData("password = SECRET2", "password = ***")]
    [InlineData("PASSWORD: SECRET", "PASSWORD: ***")]
    [InlineData("POSTGRES_PASSWORD: SECRET", "POSTGRES_PASSWORD: ***")]
    [InlineData("JWT_TOKEN_KEY = SECRET", "JWT_TOKEN_KEY = ***")]
    [InlineData("postgresql:user:SECRET@host/db", "postgresql:***@host/db")]
    [InlineData("Set postgres:u:SECRET@h/db, or", "Set postgres:***@h/db, or")]
    [InlineData("u:SECRET@h/db does not exist", "u:***@h/db does not exist")]
    [InlineData("--database=u:SEC:RET@10.0.0.1:5432/db", "--database=u:***@10.0.0.1:5432/db")]
    [InlineData("\"u:SEC@RET@h.example.org\"", "\"u:***@h.example.org\"")]
    [InlineData("postgres:\\\\u:SECRET@h", "postgres:\\\\u:***@h")]
    [InlineData("https:////u:SECRET@h///x//v:SECRET@i", "https:////u:***@i")]
    [InlineData("\"password\": \"SECRET\",", "\"password\": \"***\",")]
    [InlineData("  User ||--o{ ApiToken : \"postgresql://a:SECRET@h\"", "  User ||--o{ ApiToken : \"postgresql://a:***@h\"")]
    [InlineData("User ||--o{ ApiToken : \"SECRET\"", "User ||--o{ ApiToken : \"***\"")]
    [InlineData("  Token : \"SECRET\"", "  Token : \"***\"")]
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
    [InlineData("mailto:alice@example.org")]
    [InlineData("\"npm:react@18.2.0\" and npm:@scope/name@1.2.3 and other:name@1.2.3")]
    [InlineData("image: postgres:16-alpine@sha256:0123abcd")]
    [InlineData("image: registry:5000/shop/postgres:16@sha256:0123abcd")]
    [InlineData("git@github.com:owner/repository.git")]
    [InlineData("HEAD:packages/@acme/db/schema.prisma and main:packages/a@b/schema.prisma")]
    [InlineData("{\"kind\":\"alice@example.org\",\"at\":\"12:30\"}")]
    [InlineData("'{\"a\": 1}'::jsonb @> x::jsonb and a::int@b")]
    [InlineData("  id Int @id @default(autoincrement()) @map(\"a:b\")")]
    [InlineData("fields: [tokenId], references: [id] @relation")]
    [InlineData("WHERE (sessions.token = $1) AND password = t1.password AND token = upper(x)")]
    [InlineData("ALTER TABLE users RENAME COLUMN password TO \"passwordHash\"")]
    [InlineData("The type of users.token: int4 becomes bigint")]
    [InlineData("token: string; password: String")]
    [InlineData("\"name\" = 'PASSWORD' OR kind IN ('TOTP', 'SMS')")]
    [InlineData("CHECK (password <> ''::text)")]
    [InlineData("  User ||--o{ ApiToken : \"userId\"")]
    [InlineData("  Api_secret |o--o| ApiToken_2 : \"a, b\"")]
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
    [InlineData("a.sql", "INSERT INTO t(id, password, n) VALUES ('p','x;\n', 3), (2,'SECRET',4);", 2)]
    [InlineData("a.sql", "INSERT\n INTO users(id, password)\n VALUES (1, 'SECRET');", 3)]
    [InlineData("a.sql", "INSERT INTO users SELECT 1, nope('SECRET');", 1)]
    [InlineData("a.sql", "INSERT INTO users (SELECT 1, nope('SECRET'));", 1)]
    [InlineData("a.sql", "INSERT INTO public.api_tokens (id, value) VALUES (1, 'SECRET');", 1)]
    [InlineData("a.sql", "INSERT INTO t (id, password) VALUES (1, $$SECRET$$);", 1)]
    [InlineData("a.sql", "INSERT INTO t (id, password) VALUES (1, $a$\nSECRET\n$a$);", 2)]
    [InlineData("a.sql", "INSERT INTO t (id, U&\"p\\0061ssword\") VALUES (1, U&'SECRET');", 1)]
    [InlineData("a.sql", "WITH a AS (INSERT INTO t (password) VALUES ('SECRET') RETURNING *) SELECT * FROM a;", 1)]
    [InlineData("a.sql", "MERGE INTO t USING s ON true WHEN NOT MATCHED THEN INSERT (password) VALUES ('SECRET');", 1)]
    [InlineData("a.sql", "-- INSERT INTO t (password)\n-- VALUES ('SECRET');", 2)]
    [InlineData("a.sql", "/* INSERT INTO t (password)\nVALUES ('SECRET'); */", 2)]
    [InlineData("a.sql", "DO $$ BEGIN\n  INSERT INTO t (password)\n  VALUES ('SECRET');\nEND $$;", 3)]
    [InlineData("a.sql", "DO $$ BEGIN\n  INSERT INTO t (password)\n  VALUES ('SECRET');\n", 3)]
    [InlineData("a.sql", "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS '\n  INSERT INTO t (password)\n  VALUES (''SECRET'');';", 3)]
    [InlineData("a.sql", "ALTER ROLE a PASSWORD\n\n\n\n  'SECRET';", 5)]
    [InlineData("a.sql", "ALTER ROLE a PASSWORD /* c */ 'SECRET';", 1)]
    [InlineData("a.sql", "ALTER ROLE a PASSWORD -- c\n  -- d\n  'SECRET';", 3)]
    [InlineData("a.sql", "ALTER ROLE a PASSWORD'SECRET';", 1)]
    [InlineData("a.sql", "ALTER ROLE a PASSWORD $$SECRET$$;", 1)]
    [InlineData("a.sql", "SET app.jwt_secret TO 'SECRET';", 1)]
    [InlineData("a.sql", "SET LOCAL app.jwt_secret TO SECRET;", 1)]
    [InlineData("a.sql", "ALTER DATABASE x SET app.secret_key\n  TO 'SECRET';", 2)]
    [InlineData("a.sql", "SELECT set_config('app.secret', /* c */\n 'SECRET', false);", 2)]
    [InlineData("a.sql", "DO $$ BEGIN EXECUTE format('ALTER ROLE a PASSWORD %L',\n  'SECRET'); END $$;", 2)]
    [InlineData("a.sql", "DO $$ BEGIN EXECUTE 'ALTER ROLE a PASSWORD ' ||\n  quote_literal('SECRET'); END $$;", 2)]
    [InlineData("a.sql", "DO $$ DECLARE v_password text :=\n  'SECRET'; BEGIN END $$;", 2)]
    [InlineData("a.sql", "UPDATE t SET (a, password) =\n  ('x', 'SECRET');", 2)]
    [InlineData("a.sql", "UPDATE t SET password =\n crypt(\n'SECRET', gen_salt('bf'));", 3)]
    [InlineData("a.sql", "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'a', password\n 'SECRET');", 2)]
    [InlineData("a.sql", "ALTER ROLE a PASSWORD\n 'SECRET", 2)]
    [InlineData("a.sql", "UPDATE t SET token = replace(f(), 'SECRET', '') WHERE a = 'SECRET';", 1)]
    [InlineData("a.sql", "UPDATE t SET token = f(), name = 'SECRET';", 1)]
    [InlineData("a.sql", "UPDATE t SET token = f(), secret = SECRET;", 1)]
    [InlineData("a.sql", "UPDATE t SET token = f(), secret = \"SECRET\";", 1)]
    [InlineData("a.sql", "UPDATE t SET token = f(), secret = \"token = f(SECRET)\";", 1)]
    [InlineData("a.sql", "UPDATE t SET token = f(); -- SECRET", 1)]
    [InlineData("a.sql", "UPDATE t SET token = /* f( */ SECRET", 1)]
    [InlineData("a.sql", "-- token = f(SECRET)", 1)]
    [InlineData("a.sql", "/*\ntoken = f(SECRET)\n*/", 2)]
    [InlineData("a.sql", "SELECT 'token = f(SECRET)';", 1)]
    [InlineData("a.sql", "SELECT \"token = f(SECRET)\";", 1)]
    [InlineData("a.sql", "\\connect \"host=h password=f(SECRET)\"", 1)]
    [InlineData("a.sql", "-- the token\n-- ADD SECRET", 2)]
    [InlineData("a.sql", "ALTER TABLE \"Token\"\nADD COLUMN a text DEFAULT 'SECRET'; -- SECRET", 2)]
    [InlineData("a.sql", "ALTER USER a IDENTIFIED WITH mysql_native_password\nBY \"SECRET\"", 2)]
    [InlineData("a.sql", "SET app.token =\n  SECRET;", 2)]
    [InlineData("a.txt", "token\nADD SECRET", 2)]
    [InlineData("a.yml", "token: f(SECRET)", 1)]
    [InlineData("a.ts", "await db.query(\"INSERT INTO users(id, password) VALUES ('p','SECRET')\");", 1)]
    [InlineData("a.ts", "await db.query('INSERT INTO users(id, password) VALUES (\\'p\\', \\'SECRET\\')');", 1)]
    [InlineData("a.ts", "await db.$executeRaw`\n  INSERT INTO users (id, password)\n  VALUES (1, 'SECRET')\n`;", 3)]
    [InlineData("a.md", "```sql\nINSERT INTO users (id, password)\nVALUES\n  (1, 'SECRET');\n```", 4)]
    public void Lines_of_files_are_masked_with_what_stands_around_them(string path, string text, int line) =>
        Assert.DoesNotContain("SECRET", SecretMask.Line(new SourceText(path, text), line), StringComparison.Ordinal);

    [Fact]
    public void An_insert_of_any_length_is_masked_to_its_end()
    {
        var text = new SourceText("a.sql", "INSERT INTO t (id, password) VALUES\n" + string.Concat(Enumerable.Repeat("  (1, 'a'),\n", 5000)) + "  (2, 'SECRET');\nSELECT 'shown';");
        Assert.Equal("  (2, ********);", SecretMask.Line(text, 5002));
        Assert.Equal("SELECT 'shown';", SecretMask.Line(text, 5003));
    }

    [Theory]
    [InlineData("a.sql", "INSERT INTO roles (name) VALUES ('admin');", 1)]
    [InlineData("a.sql", "INSERT INTO t (password) VALUES ('x'); SELECT 1;\nINSERT INTO roles (name) VALUES ('admin');", 2)]
    [InlineData("a.sql", "GRANT INSERT ON t TO a; CREATE TRIGGER x AFTER INSERT OR UPDATE ON t EXECUTE FUNCTION f('shown');", 1)]
    [InlineData("a.sql", "CREATE TYPE \"TokenKind\" AS ENUM ('BEARER', 'OTHER');", 1)]
    [InlineData("a.sql", "CREATE TABLE t (kind text DEFAULT 'token', b text DEFAULT 'shown', password text CHECK (password ~ '^a'));", 1)]
    [InlineData("a.sql", "COMMENT ON COLUMN users.password IS 'a hash';", 1)]
    [InlineData("a.sql", "ALTER TABLE users RENAME COLUMN password TO password_hash;", 1)]
    [InlineData("a.sql", "UPDATE t SET name = 'shown' WHERE id IN ('a', 'b');", 1)]
    [InlineData("a.sql", "ALTER TABLE \"VerificationToken\"\nADD COLUMN     \"id\" TEXT NOT NULL DEFAULT gen_random_uuid(),", 2)]
    [InlineData("a.sql", "ALTER TABLE \"VerificationToken\" DROP CONSTRAINT \"x\",\nADD COLUMN \"id\" TEXT NOT NULL DEFAULT gen_random_uuid(),", 2)]
    [InlineData("a.sql", "CREATE INDEX \"User_token\"\n\n  ON \"User\" (\"a\");", 3)]
    [InlineData("a.sql", "UPDATE users SET \"revocation_token\" = gen_random_uuid() WHERE \"revocation_token\" IS NULL;", 1)]
    [InlineData("a.sql", "UPDATE users SET token =\n  pg_catalog.md5(id::text);", 2)]
    [InlineData("a.sql", "DO $$ BEGIN\n  UPDATE users SET token = gen_random_uuid();\nEND $$;", 2)]
    [InlineData("a.ts", "const name = 'shown'; // INSERT INTO is not used", 1)]
    [InlineData("a.ts", "db.query(\"INSERT INTO t(password) VALUES ('x')\", [\"a\"])\nconst other = 'shown'\nconst name = \"b\"", 2)]
    public void Other_lines_of_files_are_shown(string path, string text, int line)
    {
        var source = new SourceText(path, text);
        Assert.Equal(source.Line(line).ToString(), SecretMask.Line(source, line));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData(":/")]
    [InlineData("//a")]
    [InlineData("://a:")]
    [InlineData("//a@")]
    [InlineData("\\")]
    [InlineData(":\\")]
    [InlineData("a:b@c ")]
    [InlineData("a:b@")]
    [InlineData("@a")]
    [InlineData("\"//a:b@'")]
    [InlineData("'//\\'")]
    [InlineData("password=,")]
    [InlineData("password='")]
    [InlineData("PASSWORD ")]
    [InlineData("PASSWORD /* ")]
    [InlineData("secret: \"\\")]
    [InlineData("secret TO ")]
    [InlineData("insert into t ('")]
    [InlineData("insert into t $a$ ")]
    [InlineData("token=f(")]
    [InlineData("token=a.f(), \"x\" 'y' ")]
    public void A_line_of_any_length_takes_time_in_proportion_to_its_length(string part)
    {
        var line = "//" + string.Concat(Enumerable.Repeat(part, 300_000 / part.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        SecretMask.Text(line);
        SecretMask.Code(line);
        SecretMask.Line(new SourceText("a.sql", line), 1);
        SecretMask.Line(new SourceText("a.ts", line), 1);

        // With a second power of the length it takes minutes.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void A_text_that_comes_in_pieces_is_masked_as_one_line()
    {
        using var inner = new StringWriter();
        using (var writer = new OutgoingWriter(inner, OutgoingForm.Text, new SecretValues()))
        {
            foreach (var piece in (string[])["see postgresql://a:", "SEC", "RET", "@h/d\nnext ", "line"])
                writer.Write(piece);
        }

        Assert.Equal("see postgresql://a:***@h/d\nnext line", inner.ToString());
    }
}
