using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>Which database URL would be used, from where, and why.</summary>
public sealed class UrlCommandTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n";
    private const string Package = """{ "name": "shop", "devDependencies": { "prisma": "6.19.0" } }""";

    [Fact]
    public void The_file_beside_the_package_gives_the_url()
    {
        using var repository = Shop().Write(".env", "# local\nDATABASE_URL=\"postgresql://shop:s3cret-word@localhost:5433/shop\"\n");
        using var answer = Url(repository);
        var chosen = answer.RootElement.GetProperty("chosen");
        Assert.Equal(
            (".env: DATABASE_URL", 2, "postgresql://shop:***@localhost:5433/shop", "localhost", 5433, "shop", "shop", "the URL", "local", "prefer"),
            (Text(chosen, "source"), chosen.GetProperty("line").GetInt32(), Text(chosen, "url"), Text(chosen, "host"), chosen.GetProperty("port").GetInt32(), Text(chosen, "database"), Text(chosen, "user"),
                Text(chosen, "password"), Text(chosen, "reach"), Text(chosen, "tls")));
        Assert.Contains("prisma/schema.prisma reads DATABASE_URL", Text(chosen, "why"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_of_the_process_comes_first()
    {
        using var repository = Shop().Write(".env", "DATABASE_URL=postgresql://shop:a@localhost/shop\n");
        using var answer = Url(repository, ("DATABASE_URL", "postgresql://shop:b@db.internal.example.net/live"));
        Assert.Equal(
            ["the environment: DATABASE_URL", ".env: DATABASE_URL"],
            answer.RootElement.GetProperty("candidates").EnumerateArray().Select(c => Text(c, "source")));
        Assert.Equal([true, false], answer.RootElement.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("agrees").GetBoolean()));
        Assert.Contains(".env: DATABASE_URL points to a different database: localhost:5432/shop.", Warnings(answer));
    }

    [Fact]
    public void Every_kind_of_place_is_found_in_the_order_in_which_it_is_looked_at()
    {
        using var repository = Shop("next")
            .Write(".env", "DATABASE_URL=postgresql://a:b@localhost/shop\n")
            .Write(".env.local", "DATABASE_URL=postgresql://a:b@localhost/mine\n")
            .Write(".env.production", "DATABASE_URL=postgresql://a:b@db.shop.dev/shop\n")
            .Write(".env.example", "DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/shop\n")
            .Write("docker-compose.yml", "services:\n  web:\n    environment:\n      - DATABASE_URL=${COMPOSE_URL:-postgresql://a:b@db:5432/shop}\n")
            .Write(".github/workflows/ci.yml", "env:\n  DATABASE_URL: ${{ secrets.DATABASE_URL }}\n")
            .Write("k8s/web.yaml", "env:\n  - name: DATABASE_URL\n    value: \"postgresql://a:b@db.svc.cluster.local/shop\"\n")
            .Write("src/env.ts", "export const url = process.env.DATABASE_URL ?? 'postgresql://a:b@localhost:5432/shop';\n");
        using var answer = Url(repository);
        Assert.Equal(
            [
                ".env:1 env-file postgresql://a:***@localhost:5432/shop",
                ".env.local:1 env-local-file postgresql://a:***@localhost:5432/mine",
                ".env.production:1 env-mode-file postgresql://a:***@db.shop.dev:5432/shop",
                ".env.example:1 template postgresql://USER:***@HOST:5432/shop",
                "docker-compose.yml:4 docker-compose postgresql://a:***@db:5432/shop",
                ".github/workflows/ci.yml:2 ci Its value is set elsewhere.",
                "k8s/web.yaml:3 deployment postgresql://a:***@db.svc.cluster.local:5432/shop",
                "src/env.ts:1 code postgresql://a:***@localhost:5432/shop",
            ],
            answer.RootElement.GetProperty("candidates").EnumerateArray().Select(c => $"{Text(c, "path")}:{c.GetProperty("line")} {Text(c, "kind")} {Text(c, "url") ?? Text(c, "problem")}"));
        Assert.Contains(".env.local: DATABASE_URL points to a different database: localhost:5432/mine.", Warnings(answer));
    }

    [Theory]
    [InlineData("localhost:54391/x", ".env.local", "DATABASE_URL=postgresql://a:b@localhost:5450/x", false)]
    [InlineData("localhost:54391/x", ".env.local", "DATABASE_URL=postgresql://a:b@127.0.0.1:54391/x", true)]
    [InlineData("localhost:54391/x", ".env.local", "DATABASE_URL=postgresql://a:b@localhost:54391/y", false)]
    [InlineData("localhost:54391/x", "compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: postgresql://a:b@db:5432/x\n  db:\n    image: postgres:16\n", null)]
    [InlineData("localhost:54391/x", "compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: postgresql://a:b@db:5432/x\n  db:\n    image: postgres:16\n    ports: ['54391:5432']\n", true)]
    [InlineData("localhost:54391/x", "compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: postgresql://a:b@db:5432/x\n  db:\n    ports:\n      - { target: 5432, published: 54391 }\n", true)]
    [InlineData("localhost:54391/x", "compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: postgresql://a:b@db:5432/x\n  db:\n    ports: ['127.0.0.1:5450:5432/tcp']\n", null)]
    [InlineData("localhost:54391/x", "compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: postgresql://a:b@localhost:54391/x\n", null)]
    [InlineData("localhost:54391/x", "compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: postgresql://a:b@host.docker.internal:54391/x\n", true)]
    [InlineData("localhost:5432/x", ".github/workflows/ci.yml", "env:\n  DATABASE_URL: postgresql://a:b@postgres:5432/x\n", false)]
    [InlineData("localhost:5432/x", ".github/workflows/ci.yml", "env:\n  DATABASE_URL: postgresql://a:b@localhost:5432/x\n", false)]
    [InlineData("db.shop.dev:5432/x", ".github/workflows/ci.yml", "env:\n  DATABASE_URL: postgresql://a:b@db.shop.dev:5432/x\n", true)]
    public void Only_what_is_known_to_be_the_same_database_is_called_so(string chosen, string path, string text, bool? expected)
    {
        using var repository = Shop("next").Write(".env", $"DATABASE_URL=postgresql://a:b@{chosen}\n").Write(path, text);
        using var answer = Url(repository);
        var agrees = answer.RootElement.GetProperty("candidates").EnumerateArray().Single(c => Text(c, "path") == path).GetProperty("agrees");
        Assert.Equal(expected, agrees.ValueKind == JsonValueKind.Null ? null : agrees.GetBoolean());
    }

    [Fact]
    public void Nothing_set_is_told_with_the_names_of_both_variables()
    {
        using var repository = Shop().Write(".env.example", "DATABASE_URL=postgresql://a:b@localhost/shop\n");
        var result = Plumb.Run("url", repository.Root, "--format", "json");
        Assert.Equal(
            (1, "plumb: error: Neither DATABASE_URL nor DATABASE_PUBLIC_URL is set in the environment, and there is no .env file. Set DATABASE_URL, or pass the URL with --database.\n"),
            (result.ExitCode, result.Error));
        using var answer = JsonDocument.Parse(result.Output);
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("chosen").ValueKind);
    }

    [Theory]
    [InlineData("DATABASE_URL=mysql://root:s3cret-word@localhost/shop", "It is not a PostgreSQL URL: it begins with mysql://.")]
    [InlineData(
        "DATABASE_URL=prisma+postgres://accelerate.prisma-data.net/?api_key=s3cret-word", "It is not a PostgreSQL URL: it begins with prisma+postgres://.")]
    [InlineData("DATABASE_URL=postgresql://shop:s3cret-word:x@localhost:port/shop", "The port in the URL is not a number")]
    [InlineData("DATABASE_URL=postgresql://shop:12#34s3cret-word@localhost/shop", "A # begins a comment and cuts the value off")]
    [InlineData("DATABASE_URL=postgresql://shop:12?s3cret-word@localhost/shop", "percent-encode it")]
    public void A_url_that_cannot_be_used_is_told_and_not_shown(string line, string expected)
    {
        using var repository = Shop().Write(".env", line + "\n");
        var result = Plumb.Run("url", repository.Root);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-word", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_may_come_from_where_libpq_looks()
    {
        using var repository = Shop();
        using var home = new TemporaryRepository().Write(
            ".pgpass", "# host:port:database:user:password\nother:5432:*:*:wrong\ndb.shop.dev:*:shop:shop:s3cret\\:word\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(home.PathOf(".pgpass"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal("the password file", PasswordOf(("HOME", home.Root)));
        Assert.Equal("PGPASSWORD", PasswordOf(("HOME", home.Root), ("PGPASSWORD", "s3cret-word")));
        Assert.Null(PasswordOf());

        string? PasswordOf(params (string, string)[] variables)
        {
            using var answer = Url(repository, [.. variables, ("DATABASE_URL", "postgresql://shop@db.shop.dev:5432/shop")]);
            Assert.Equal(variables.Length == 0, Warnings(answer).Any(w => w.StartsWith("No password was found", StringComparison.Ordinal)));
            return Text(answer.RootElement.GetProperty("chosen"), "password");
        }
    }

    [Fact]
    public void A_password_file_that_others_may_read_is_left_alone_as_libpq_does()
    {
        using var repository = Shop().Write(".env", "DATABASE_URL=postgresql://shop@db.shop.dev/shop\n").Write("home/.pgpass", "*:*:*:*:s3cret-word\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(repository.PathOf("home/.pgpass"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        using var answer = Url(repository, ("HOME", repository.PathOf("home")));
        Assert.Null(Text(answer.RootElement.GetProperty("chosen"), "password"));
        Assert.Contains(Warnings(answer), w => w.Contains("chmod 0600", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_fills_in_what_the_url_leaves_open()
    {
        using var repository = Shop()
            .Write(".env", "DATABASE_URL=postgresql:///?service=live\n")
            .Write("services", "[test]\nhost=no\n\n[live]\nhost=db.shop.dev\nport=6000\nuser=shop\npassword=s3cret-word\ndbname=shop\nsslmode=verify-full\n");
        using var answer = Url(repository, ("PGSERVICEFILE", repository.PathOf("services")));
        var chosen = answer.RootElement.GetProperty("chosen");
        Assert.Equal(
            ("db.shop.dev", 6000, "shop", "the service file", "verify-full"),
            (Text(chosen, "host"), chosen.GetProperty("port").GetInt32(), Text(chosen, "database"), Text(chosen, "password"), Text(chosen, "tls")));
    }

    [Theory]
    [InlineData("postgresql://a:b@db.shop.dev/shop?sslmode=verify-full&sslrootcert=/ca.pem", "verify-full")]
    [InlineData("postgresql://a:b@db.shop.dev/shop?sslmode=disable", "disable")]
    [InlineData("postgresql://a:b@db.shop.dev/shop", "prefer")]
    [InlineData("postgresql://a:b@db.abcd.supabase.co/shop", "require")]
    [InlineData("postgresql://a:b@x.proxy.rlwy.net:40000/shop", "require")]
    [InlineData("postgresql://a:b@localhost/shop", "prefer")]
    [InlineData("postgresql:///shop?host=/var/run/postgresql", "disable")]
    [InlineData("postgresql://a:b@one:5432,two:5433/shop?target_session_attrs=read-write&sslmode=require", "require")]
    public void Tls_is_decided_by_the_url_or_else_by_the_host(string url, string expected)
    {
        using var repository = Shop();
        using var answer = Url(repository, ("DATABASE_URL", url));
        Assert.Equal(expected, Text(answer.RootElement.GetProperty("chosen"), "tls"));
    }

    [Fact]
    public void A_configuration_file_that_loads_no_environment_is_told()
    {
        using var repository = Shop()
            .Write(
                "prisma.config.ts",
                "import { defineConfig, env } from 'prisma/config';\nexport default defineConfig({ datasource: { url: env('MAIN_URL') } });\n")
            .Write(".env", "MAIN_URL=postgresql://a:b@localhost/shop\n");
        using var answer = Url(repository);
        Assert.Equal(".env: MAIN_URL", Text(answer.RootElement.GetProperty("chosen"), "source"));
        Assert.Contains("prisma.config.ts loads no environment file, so Prisma itself would not see .env: MAIN_URL.", Warnings(answer));
    }

    [Fact]
    public void The_first_variable_of_a_configuration_file_that_is_set_counts()
    {
        using var repository = Shop()
            .Write("prisma.config.ts", "import 'dotenv/config';\nexport default { datasource: { url: process.env.DIRECT_URL || process.env.DATABASE_URL } };\n")
            .Write(".env", "DATABASE_URL=postgresql://a:pa$word@localhost/shop\n");
        using var first = Url(repository);
        Assert.Equal(".env: DATABASE_URL", Text(first.RootElement.GetProperty("chosen"), "source"));
        Assert.DoesNotContain(Warnings(first), w => w.Contains("loads no environment", StringComparison.Ordinal));
        using var second = Url(repository, ("DIRECT_URL", "postgresql://a:b@localhost/direct"));
        Assert.Equal("the environment: DIRECT_URL", Text(second.RootElement.GetProperty("chosen"), "source"));
    }

    [Fact]
    public void The_file_that_a_script_names_comes_before_the_one_beside_the_schema()
    {
        using var repository = new TemporaryRepository()
            .Write("packages/db/package.json", """{ "name": "db", "scripts": { "migrate": "dotenv -e ../../.env.shared -- prisma migrate dev" }, "devDependencies": { "prisma": "6.0.0" } }""")
            .Write("packages/db/prisma/schema.prisma", Schema)
            .Write("packages/db/.env", "DATABASE_URL=postgresql://a:b@localhost/beside\n")
            .Write(".env.shared", "DATABASE_URL=postgresql://a:b@localhost/shared\n");
        using var answer = Url(repository);
        Assert.Equal(".env.shared: DATABASE_URL", Text(answer.RootElement.GetProperty("chosen"), "source"));
    }

    [Fact]
    public void The_configuration_of_plumb_names_the_variable_or_the_url_of_last_resort()
    {
        using var repository = Shop().Write("plumb.yaml", "database: AUDIT_URL\n");
        using var named = Url(repository, ("AUDIT_URL", "postgresql://a:b@localhost/audit"), ("DATABASE_URL", "postgresql://a:b@localhost/live"));
        Assert.Equal("the environment: AUDIT_URL", Text(named.RootElement.GetProperty("chosen"), "source"));
        repository.Write("plumb.yaml", "database: postgresql://reader@localhost/audit\n");
        using var written = Url(repository);
        Assert.Equal("plumb.yaml: database", Text(written.RootElement.GetProperty("chosen"), "source"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told() =>
        Assert.Equal((2, "plumb: error: /nowhere does not exist.\n"), Plumb.Run("url", "/nowhere") is var result ? (result.ExitCode, result.Error) : default);

    private static TemporaryRepository Shop(string? dependency = null) =>
        new TemporaryRepository()
            .Write("prisma/schema.prisma", Schema)
            .Write(
                "package.json",
                dependency is null ? Package : Package.Replace("\"prisma\":", $"\"{dependency}\": \"15.0.0\", \"prisma\":", StringComparison.Ordinal));

    private static JsonDocument Url(TemporaryRepository repository, params (string Name, string Value)[] variables)
    {
        var result = Plumb.Run(new Surroundings { Variables = variables.ToDictionary(v => v.Name, v => v.Value) }, "url", repository.Root, "--format", "json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonDocument.Parse(result.Output);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string[] Warnings(JsonDocument answer) => [.. answer.RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)];
}
