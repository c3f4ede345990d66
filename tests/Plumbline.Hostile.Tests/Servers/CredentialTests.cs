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

    [Theory]
    [InlineData("sslrootcert=PIPE&sslmode=verify-full")]
    [InlineData("sslcert=PIPE&sslkey=PIPE")]
    [InlineData("sslcert=FILE&sslkey=PIPE&sslmode=require")]
    public void Files_that_the_repository_names_are_not_opened(string parameters)
    {
        Command.Run("mkfifo", [_home.PathOf("pipe")]).EnsureSuccess();
        _home.Write("file", "-----BEGIN CERTIFICATE-----\n");
        parameters = parameters.Replace("PIPE", _home.PathOf("pipe"), StringComparison.Ordinal).Replace("FILE", _home.PathOf("file"), StringComparison.Ordinal);
        Write(".env", $"DATABASE_URL=postgresql://app:theirs@127.0.0.1:{_server.Port}/shop?{parameters}\n");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(3, Start(Environment("PGPASSWORD"), "status", _repository.Root).ExitCode);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 15);
        Assert.Contains("not read because .env: DATABASE_URL names them.", OneLine(Start(Environment("PGPASSWORD"), "url", _repository.Root).Output), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            var trace = Git.Trace.OfPlumb(_repository.Root, Environment("PGPASSWORD"), "status", _repository.Root);
            Assert.DoesNotContain(trace.Calls, call => call.Contains(_home.PathOf("pipe"), StringComparison.Ordinal) || call.Contains(_home.PathOf("file"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_pipe_that_the_person_names_is_refused_at_once()
    {
        Command.Run("mkfifo", [_home.PathOf("pipe")]).EnsureSuccess();
        var result = Start(Environment("PGPASSWORD"), "status", _repository.Root, "--database", $"postgresql://app@127.0.0.1:{_server.Port}/shop?sslrootcert={_home.PathOf("pipe")}&sslmode=verify-full");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("The file that sslrootcert names in the URL is not a certificate or a key.", OneLine(result.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:1:*:*:k7Vq2mXw9TzL", false)]
    [InlineData("*:1:*:*:k7Vq2mXw9TzL", false)]
    [InlineData("127.0.0.1:1:*:*:other\n127.0.0.1:PORT:*:*:k7Vq2mXw9TzL", true)]
    [InlineData("*:PORT:*:*:k7Vq2mXw9TzL", true)]
    [InlineData("\\*:PORT:*:*:k7Vq2mXw9TzL", false)]
    [InlineData("127.0.0.1:PORT:\\*:*:k7Vq2mXw9TzL", false)]
    [InlineData("127.0.0.1:PORT:shop:app:k7Vq2mXw9TzL", true)]
    public void Each_host_gets_the_password_of_its_own_line(string lines, bool isSent)
    {
        var environment = Environment("PGPASSFILE");
        File.WriteAllText(_home.PathOf("passwords"), lines.Replace("PORT", _server.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + "\n");
        foreach (var hosts in (string[])["127.0.0.1:1,127.0.0.1:" + _server.Port, "127.0.0.1:" + _server.Port])
        {
            environment["DATABASE_URL"] = $"postgresql://app@{hosts}/shop";
            Assert.Equal(3, Start(environment, "status", _repository.Root).ExitCode);
        }

        Assert.Equal(isSent ? [Secret, Secret] : [], _server.Passwords.Where(password => password.Length > 0));
        Assert.DoesNotContain("other", _server.Passwords);
    }

    [Theory]
    [InlineData("sslmode=verify-full", "sslmode=disable", "verify-full")]
    [InlineData("sslmode=verify-full\nsslrootcert=own", "sslmode=disable&sslrootcert=/theirs", "verify-full")]
    [InlineData("", "sslmode=disable", "prefer")]
    [InlineData("sslmode=require", "sslmode=require&sslaccept=strict", "verify-full")]
    [InlineData("sslmode=allow", "sslmode=verify-ca", "verify-ca")]
    [InlineData("sslmode=require", "sslmode=prefer&gssencmode=require&sslcert=/theirs&sslkey=/theirs", "require")]
    public void A_url_of_the_repository_does_not_weaken_a_service(string service, string parameters, string expected)
    {
        Write(".env", $"DATABASE_URL=postgresql:///shop?service=prod&{parameters}\n");
        var url = Resolved(new() { ["PGSERVICEFILE"] = _home.Write("services", $"[prod]\nhost=127.0.0.1\nuser=app\npassword={Secret}\n{service}\n").PathOf("services") });
        Assert.Equal(expected, url.Parameter("sslmode") ?? "prefer");
        Assert.Equal(Secret, url.Password);
        Assert.DoesNotContain(url.Parameters, parameter => parameter.Value == "/theirs" || parameter.Name is "gssencmode" or "sslaccept");
    }

    [Theory]
    [InlineData(null, "sslmode=disable", "prefer")]
    [InlineData("verify-full", "sslmode=disable", "verify-full")]
    [InlineData("require", "sslmode=verify-full", "verify-full")]
    public void A_url_of_the_repository_does_not_weaken_a_connection_with_the_persons_password(string? own, string parameters, string expected)
    {
        Write(".env", $"DATABASE_URL=postgresql://app@127.0.0.1/shop?{parameters}\n");
        var environment = new Dictionary<string, string> { ["PGHOST"] = "127.0.0.1", ["PGPASSWORD"] = Secret };
        if (own is not null)
        {
            environment["PGSSLMODE"] = own;
        }

        Assert.Equal((expected, Secret), (Resolved(environment).Parameter("sslmode"), Resolved(environment).Password));
    }

    [Theory]
    [InlineData("host=a,b", "a:5432 b:5432")]
    [InlineData("host=a, b\nport=1", "a:1 b:1")]
    [InlineData("host=a,b\nport=1,2", "a:1 b:2")]
    [InlineData("port=7", "localhost:7")]
    [InlineData("host=a\nport=x", null)]
    [InlineData("host=a\nport=1,2", null)]
    [InlineData("host=a\nport=70000", null)]
    public void A_service_has_the_hosts_that_libpq_takes(string service, string? expected)
    {
        Write(".env", "DATABASE_URL=postgresql:///shop?service=prod\n");
        var url = Resolved(new() { ["PGSERVICEFILE"] = _home.Write("services", $"[prod]\nuser=app\n{service}\n").PathOf("services") });
        Assert.Equal(expected ?? "", string.Join(' ', url.Hosts));
        Assert.Equal(expected is null ? null : "app", url.User);
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

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private PostgreSql.Catalog.DatabaseUrl Resolved(Dictionary<string, string> environment)
    {
        var repository = Audit.Workspace.Repository.Open(_repository.Root, Audit.Configuration.AuditConfiguration.Empty);
        return Assert.Single(Audit.Connections.ConnectionResolver.Resolve(repository, Audit.Configuration.AuditConfiguration.Empty, new(name => environment.GetValueOrDefault(name)))).Chosen!.Url;
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
