using System.Globalization;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>A person's own passwords go to hosts that the person named, and never to one that a file of the repository names.</summary>
public sealed class CredentialTests : IDisposable
{
    private const string Secret = "k7Vq2mXw9TzL";

    private readonly FakeServer _server = FakeServer.DemandingPasswords();
    private readonly TemporaryRepository _home = new();
    private readonly TemporaryRepository _repository = new TemporaryRepository()
        .Write("prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\nmodel a {\n  id Int @id\n}\n")
        .Write("prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");

    /// <summary>Where the repository names the host, and what of the person's lies about.</summary>
    public static TheoryData<string, string> Repository()
    {
        var rows = new TheoryData<string, string>();
        foreach (var place in (string[])[".env", ".env.local", "schema", "prisma.config.ts", "plumb.yaml", ".env with another host first", ".env with host as a parameter", ".env with a service", ".env without a user"])
        {
            foreach (var credential in (string[])["PGPASSWORD", "PGPASSFILE", ".pgpass", "PGSERVICE"])
            {
                rows.Add(place, credential);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Repository))]
    public void A_host_that_the_repository_names_gets_no_password(string place, string credential)
    {
        var environment = Environment(credential);
        var url = $"postgresql://app@127.0.0.1:{_server.Port}/shop";
        switch (place)
        {
            case "schema":
                Write("prisma/schema.prisma", $"datasource db {{\n  provider = \"postgresql\"\n  url = \"{url}\"\n}}\nmodel a {{\n  id Int @id\n}}\n");
                break;
            case "prisma.config.ts":
                Write("prisma.config.ts", $"import {{ defineConfig }} from 'prisma/config';\nexport default defineConfig({{ schema: 'prisma/schema.prisma', datasource: {{ url: '{url}' }} }});\n");
                break;
            case "plumb.yaml":
                Write("plumb.yaml", $"database: {url}\n");
                break;
            case ".env.local":
                Write(".env.local", $"DATABASE_URL={url}\n");
                break;
            case ".env with another host first":
                Write(".env", $"DATABASE_URL=postgresql://app@127.0.0.1:1,127.0.0.1:{_server.Port}/shop\n");
                break;
            case ".env with host as a parameter":
                Write(".env", $"DATABASE_URL=postgresql:///shop?host=127.0.0.1&port={_server.Port}&user=app\n");
                break;
            case ".env with a service":
                Write(".env", $"DATABASE_URL={url}?service=live\n");
                break;
            case ".env without a user":
                Write(".env", $"DATABASE_URL=postgresql://127.0.0.1:{_server.Port}/shop\n");
                break;
            default:
                Write(".env", $"DATABASE_URL={url}\n");
                break;
        }

        var result = Start(environment, "status", _repository.Root);

        Assert.Equal(3, result.ExitCode);
        Assert.True(_server.Clients > 0, result.Error);
        Assert.Empty(_server.Passwords);
        Assert.DoesNotContain(Secret, result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PGPASSWORD", "--database")]
    [InlineData("PGPASSFILE", "--database")]
    [InlineData(".pgpass", "--database")]
    [InlineData("PGPASSWORD", "DATABASE_URL")]
    [InlineData("PGPASSFILE", "DATABASE_URL")]
    [InlineData(".pgpass", "DATABASE_URL")]
    [InlineData("PGPASSWORD", "PGHOST")]
    [InlineData("PGPASSWORD", "service")]
    [InlineData("PGSERVICE", "service")]
    public void A_host_that_the_person_names_gets_it(string credential, string named)
    {
        var environment = Environment(credential);
        var url = $"postgresql://app@127.0.0.1:{_server.Port}/shop";
        string[] arguments = ["status", _repository.Root];
        switch (named)
        {
            case "--database":
                arguments = [.. arguments, "--database", url];
                break;
            case "DATABASE_URL":
                environment["DATABASE_URL"] = url;
                break;
            case "PGHOST":
                Write(".env", $"DATABASE_URL={url}\n");
                (environment["PGHOST"], environment["PGPORT"]) = ("127.0.0.1", _server.Port.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                Write(".env", "DATABASE_URL=postgresql://app@/shop?service=own\n");
                environment["PGSERVICEFILE"] = _home.Write("own", $"[own]\nhost=127.0.0.1\nport={_server.Port}\n" + (credential == "PGSERVICE" ? $"password={Secret}\n" : "")).PathOf("own");
                environment.Remove("PGSERVICE");
                break;
        }

        Assert.Equal(3, Start(environment, arguments).ExitCode);
        Assert.Equal([Secret], _server.Passwords);
    }

    [Fact]
    public void A_password_that_the_repository_has_goes_to_its_own_host()
    {
        Write(".env", $"DATABASE_URL=postgresql://app:theirs@127.0.0.1:{_server.Port}/shop\n");
        Assert.Equal(3, Start(Environment("PGPASSWORD"), "status", _repository.Root).ExitCode);
        Assert.Equal(["theirs"], _server.Passwords);
    }

    [Fact]
    public void The_person_is_told_why_a_password_is_not_used()
    {
        Write(".env", $"DATABASE_URL=postgresql://app@127.0.0.1:{_server.Port}/shop\n");
        var result = Start(Environment("PGPASSWORD"), "url", _repository.Root);
        Assert.Contains("PGPASSWORD is not used because .env: DATABASE_URL names the host.", string.Join(' ', result.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(0, _server.Clients);
    }

    public void Dispose()
    {
        _server.Dispose();
        _home.Dispose();
        _repository.Dispose();
    }

    private static CommandResult Start(Dictionary<string, string> environment, params string[] arguments) => Command.Run(Plumb.Program, arguments, environment: environment);

    private void Write(string path, string text) => _repository.Write(path, text);

    private Dictionary<string, string> Environment(string credential)
    {
        var environment = new Dictionary<string, string> { ["HOME"] = _home.Root };
        switch (credential)
        {
            case "PGPASSWORD":
                environment["PGPASSWORD"] = Secret;
                break;
            case "PGSERVICE":
                environment["PGSERVICE"] = "live";
                environment["PGSERVICEFILE"] = _home.Write("services", $"[live]\nhost=db.shop.dev\nuser=app\npassword={Secret}\n").PathOf("services");
                break;
            default:
                var name = credential == ".pgpass" ? ".pgpass" : "passwords";
                _home.Write(name, $"*:*:*:*:{Secret}\n");
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(_home.PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }

                if (credential == "PGPASSFILE")
                {
                    environment["PGPASSFILE"] = _home.PathOf(name);
                }

                break;
        }

        return environment;
    }
}
