using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules.Security;

namespace Plumbline.Audit.Tests.Rules.Security;

public sealed class CredentialsInRepositoryRuleTests
{
    private const string Password = "k7Vq2mXw9TzL";
    private const string Url = $"postgresql://app:{Password}@db.shop.dev:5432/shop";

    [Theory]
    [InlineData("README.md", "Run it with\n\n    psql [|URL|]\n")]
    [InlineData("docs/setup.mdx", "Use `[|URL|]`.\n")]
    [InlineData("docs/links.md", "See <[|URL|]> and https://shop.dev.\n")]
    [InlineData("scripts/backup.sh", "# pg_dump [|URL|] > shop.sql\n")]
    [InlineData(".github/workflows/deploy.yml", "jobs:\n  a:\n    env:\n      DATABASE_URL: \"[|URL|]\"\n")]
    [InlineData("docker-compose.yml", "services:\n  web:\n    environment:\n      - DATABASE_URL=[|URL|]\n")]
    [InlineData("docker-compose.override.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: ${DATABASE_URL:-[|URL|]}\n")]
    [InlineData(".env", "DATABASE_URL=\"[|URL|]\"\n")]
    [InlineData(".env.example", "DATABASE_URL=[|URL|]\n")]
    [InlineData("k8s/web.yaml", "env:\n  - name: DATABASE_URL\n    value: [|URL|]\n")]
    [InlineData("src/db.ts", "export const url = process.env.DATABASE_URL ?? '[|URL|]';\n")]
    [InlineData("scripts/import.mjs", "const client = new Client(`[|URL|]`);\n")]
    [InlineData(".mcp.json", "{ \"mcpServers\": { \"db\": { \"args\": [\"[|URL|]\"] } } }\n")]
    [InlineData("prisma/import.sql", "-- from [|URL|]\nSELECT 1;\n")]
    public void The_url_of_a_server_with_its_password_is_critical(string path, string text) =>
        RuleTest.For<CredentialsInRepositoryRule>().File(path, text.Replace("[|URL|]", $"[|{Url}|]", StringComparison.Ordinal))
            .Expect($"critical: The password of app on db.shop.dev is in {path}");

    [Theory]
    [InlineData("mysql://app:k7Vq2mXw9TzL@db.shop.dev:3306/shop", "password of app on db.shop.dev")]
    [InlineData("jdbc:postgresql://db.shop.dev/shop?user=app&password=k7Vq2mXw9TzL", "password of app on db.shop.dev")]
    [InlineData("postgres://app:k7Vq2mXw9TzL@monorail.proxy.rlwy.net:41234/railway", "password of app on monorail.proxy.rlwy.net:41234")]
    [InlineData("postgres://postgres:k7Vq2mXw9TzL@postgres.railway.internal:5432/railway", "password of postgres on postgres.railway.internal")]
    [InlineData("postgres://app:k7Vq%232mXw%409TzL@54.12.33.4/shop", "password of app on 54.12.33.4")]
    [InlineData("postgres://app:k7V@q2m/Xw9TzL@db.shop.dev/shop", "password of app on db.shop.dev")]
    [InlineData("postgresql://db.shop.dev/shop?user=app&password=k7Vq2mXw9TzL", "password of app on db.shop.dev")]
    [InlineData("prisma+postgres://accelerate.prisma-data.net/?api_key=eyJhbGciOiJIUzI1NiJ9.eyJhcGlfa2V5IjoiN2YzIn0.q8Zt", "API key of accelerate.prisma-data.net")]
    public void Every_kind_of_url_is_read(string url, string what) =>
        RuleTest.For<CredentialsInRepositoryRule>().File("notes.md", $"`{(url.StartsWith("jdbc:", StringComparison.Ordinal) ? "jdbc:" : "")}[|{url.Replace("jdbc:", "", StringComparison.Ordinal)}|]`\n").Expect($"critical: The {what} is in notes.md");

    [Theory]
    [InlineData("postgresql://user:password@db.shop.dev:5432/shop")]
    [InlineData("postgresql://USER:PASSWORD@HOST:PORT/DATABASE")]
    [InlineData("postgresql://johndoe:randompassword@db.shop.dev:5432/shop")]
    [InlineData("postgresql://alex:AbC123dEf@ep-cool-darkness-123456.us-east-2.aws.neon.tech/dbname")]
    [InlineData("postgresql://app:<password>@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:[password]@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:xxx@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:***@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:…@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:changeme@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:$DB_PASSWORD@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:${DB_PASSWORD:-k7Vq2mXw9TzL}@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:${{ secrets.PASSWORD }}@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:{{ .Values.password }}@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:%s@db.shop.dev:5432/shop")]
    [InlineData("postgresql://shop:shop@db.shop.dev:5432/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@db.example.com:5432/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@db.YOUR_PROJECT.supabase.co:5432/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@mydb.123456789012.us-east-1.rds.amazonaws.com:5432/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@203.0.113.7/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@localhost:5432/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@127.0.0.1/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@host.docker.internal/shop")]
    [InlineData("postgresql://app:k7Vq2mXw9TzL@/shop?host=/var/run/postgresql")]
    [InlineData("postgresql://app:sunshine@db.shop.dev/shop")]
    [InlineData("postgresql://app@db.shop.dev/shop")]
    [InlineData("https://app:k7Vq2mXw9TzL@shop.dev/")]
    [InlineData("redis://app:k7Vq2mXw9TzL@cache.shop.dev:6379")]
    [InlineData("prisma+postgres://localhost:51213/?api_key=eyJhbGciOiJIUzI1NiJ9.eyJhcGlfa2V5IjoiN2YzIn0.q8Zt")]
    [InlineData("prisma+postgres://api_key@host.prisma-data.net/env_id")]
    [InlineData("postgres://app:k7Vq2mXw9TzL@db:5432/shop")]
    public void Examples_and_local_servers_in_a_document_are_not_reported(string url) =>
        RuleTest.For<CredentialsInRepositoryRule>().File("README.md", $"Set `{url}`.\n").ExpectNothing();

    [Fact]
    public void A_simple_password_is_medium_where_a_program_reads_it() =>
        RuleTest.For<CredentialsInRepositoryRule>().File(".env.production", "DATABASE_URL=[|postgresql://app:sunshine@db.shop.dev/shop|]\n")
            .Expect("medium: The password of app on db.shop.dev is in .env.production");

    [Fact]
    public void A_password_that_several_files_repeat_is_one_finding()
    {
        var findings = RuleTest.For<CredentialsInRepositoryRule>()
            .File(".env", $"DATABASE_URL=[|{Url}|]\nDIRECT_URL=[|postgresql://app:{Password}@direct.shop.dev/shop|]\n")
            .File("README.md", $"    psql [|{Url}|]\n")
            .Expect("critical: The password of app on db.shop.dev is in .env and in 1 other file");
        Assert.Equal("It is in .env and README.md.", findings[0].Message);
    }

    [Theory]
    [InlineData("scripts/dump.sh", "[|PGPASSWORD=k7Vq2mXw9TzL|] pg_dump -h db.shop.dev -U app shop\n", "critical: The password of db.shop.dev is in scripts/dump.sh")]
    [InlineData("scripts/dump.sh", "export [|PGPASSWORD='k7Vq2mXw9TzL|]'\nexport PGHOST=db.shop.dev\n", "critical: The password of db.shop.dev is in scripts/dump.sh")]
    [InlineData("README.md", "[|PGPASSWORD=k7Vq2mXw9TzL|] psql --host=db.shop.dev\n", "critical: The password of db.shop.dev is in README.md")]
    [InlineData(".env", "DB_HOST=db.shop.dev\nDB_USER=app\n[|DB_PASSWORD=k7Vq2mXw9TzL|]\n", "critical: The password of app on db.shop.dev is in .env")]
    [InlineData("docker-compose.prod.yml", "services:\n  db:\n    environment:\n      [|POSTGRES_PASSWORD: k7Vq2mXw9TzL|]\n", "medium: The database password POSTGRES_PASSWORD is in docker-compose.prod.yml")]
    [InlineData("k8s/db.yaml", "env:\n  - name: [|POSTGRES_PASSWORD|]\n    value: k7Vq2mXw9TzL\n", "medium: The database password POSTGRES_PASSWORD is in k8s/db.yaml")]
    [InlineData("docker-compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: [|postgresql://app:k7Vq2mXw9TzL@db:5432/shop|]\n", "medium: The password of app on db is in docker-compose.yml")]
    [InlineData("scripts/roles.sql", "[|ALTER ROLE app WITH PASSWORD 'k7Vq2mXw9TzL|]';\n", "medium: scripts/roles.sql sets the password of the role app")]
    [InlineData("scripts/roles.sh", "psql -c \"[|create user app password 'k7Vq2mXw9TzL|]'\"\n", "medium: scripts/roles.sh sets the password of the role app")]
    public void A_variable_or_a_statement_holds_one(string path, string text, string expected) =>
        RuleTest.For<CredentialsInRepositoryRule>().File(path, text).Expect(expected);

    [Theory]
    [InlineData("docker-compose.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: postgres\n")]
    [InlineData("docker-compose.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-k7Vq2mXw9TzL}\n")]
    [InlineData("docker-compose.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/k7Vq2mXw9TzL\n")]
    [InlineData("docker-compose.yml", "services:\n  db:\n    environment:\n      PGUSER: bloom_readonly\n      PGPASSWORD: bloom_readonly_pw\n")]
    [InlineData("docker-compose.dev.yml", "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: k7Vq2mXw9TzL\n")]
    [InlineData(".github/workflows/ci.yml", "services:\n  db:\n    env:\n      POSTGRES_PASSWORD: k7Vq2mXw9TzL\n")]
    [InlineData("scripts/dump.sh", "PGPASSWORD=\"$DB_PASSWORD\" pg_dump -h db.shop.dev\n")]
    [InlineData("scripts/dump.sh", "PGPASSWORD=$(aws rds generate-db-auth-token) psql -h db.shop.dev\n")]
    [InlineData("scripts/dump.sh", "PGPASSWORD=k7Vq2mXw9TzL psql -h localhost\n")]
    [InlineData("scripts/roles.sql", "CREATE USER app PASSWORD 'app';\n")]
    [InlineData("scripts/roles.sql", "DO $$ BEGIN EXECUTE 'CREATE ROLE app PASSWORD ''' || pw || ''''; END $$;\n")]
    [InlineData("README.md", "    ALTER ROLE app PASSWORD 'k7Vq2mXw9TzL';\n")]
    [InlineData("README.md", "    POSTGRES_PASSWORD=k7Vq2mXw9TzL\n")]
    [InlineData("tests/setup.ts", "const url = 'postgresql://app:k7Vq2mXw9TzL@db.shop.dev/shop';\n")]
    [InlineData("src/redact.test.ts", "const url = 'postgresql://app:k7Vq2mXw9TzL@db.shop.dev/shop';\n")]
    public void Defaults_for_development_and_tests_are_not_reported(string path, string text) =>
        RuleTest.For<CredentialsInRepositoryRule>().File(path, text).ExpectNothing();

    [Fact]
    public void A_password_that_a_local_server_has_too_is_one_for_development() =>
        RuleTest.For<CredentialsInRepositoryRule>()
            .File("docker-compose.yml", $"services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: {Password}\n")
            .File(".env.example", $"DATABASE_URL=postgresql://postgres:{Password}@localhost:5432/shop\n")
            .ExpectNothing();

    [Theory]
    [InlineData("CREATE ROLE reporter LOGIN PASSWORD 'reporter")]
    [InlineData("ALTER ROLE reporter WITH LOGIN PASSWORD 'k7Vq2mXw9TzL")]
    [InlineData("create user \"reporter\" with encrypted password 'secret")]
    public void A_migration_gives_every_database_the_same_password(string statement) =>
        RuleTest.For<CredentialsInRepositoryRule>().Schema("model A {\n  id Int @id\n}\n").Migration("20250101000000_init", $"[|{statement}|]';\n")
            .Expect("medium: prisma/migrations/20250101000000_init/migration.sql sets the password of the role reporter");

    [Fact]
    public void A_migration_that_is_to_be_filled_in_has_none() =>
        RuleTest.For<CredentialsInRepositoryRule>().Schema("model A {\n  id Int @id\n}\n")
            .Migration("20250101000000_init", "CREATE ROLE reporter LOGIN PASSWORD 'changeme';\n").ExpectNothing();

    [Fact]
    public void The_password_is_shown_nowhere()
    {
        var result = RuleTest.For<CredentialsInRepositoryRule>()
            .File(".env", $"DATABASE_URL={Url}\n")
            .File("scripts/dump.sh", $"PGPASSWORD={Password} psql -h db.shop.dev\n")
            .File("scripts/roles.sql", $"ALTER ROLE app PASSWORD '{Password}';\n")
            .Run();
        var finding = Assert.Single(result.Findings);
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Equal(3, finding.Occurrences.Length);
        Assert.DoesNotContain(Password, string.Join('\n', finding, string.Join('\n', finding.Occurrences)), StringComparison.Ordinal);
    }
}
