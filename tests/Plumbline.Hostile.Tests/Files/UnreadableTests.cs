using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Files;

/// <summary>What can't be read is never READY: it is a finding, the verdict says so, and <c>incomplete</c> lists it.</summary>
[Collection(nameof(LargeInputs))]
public sealed class UnreadableTests
{
    private const string First = "prisma/migrations/20250101120000_init/migration.sql";
    private const string Second = "prisma/migrations/20250102120000_more/migration.sql";
    private const string Outside = "The file is a link that leads outside the repository.";

    // What is done to a file, and the message about it.
    private static readonly Dictionary<string, (Action<TemporaryRepository, string> Do, string Message)> Kinds = new(StringComparer.Ordinal)
    {
        ["NUL"] = ((r, path) => r.Write(path, "SELECT 1;\0"), "The file is not text: it contains NUL bytes."),
        ["NUL behind much text"] = ((r, path) => r.Write(path, $"-- {new string('x', 20_000)}\nSELECT 1;\0"), "The file is not text: it contains NUL bytes."),
        ["bytes that are not UTF-8"] = ((r, path) => r.Write(path, [.. "-- "u8, 0xC3, 0x28, .. "\n"u8]), "The file is not valid UTF-8: byte 0xC3 is not allowed here."),
        ["half a pair of UTF-16"] = ((r, path) => r.Write(path, [0xFF, 0xFE, 0x00, 0xD8, 0x20, 0x00]), "The file is not valid UTF-16."),
        ["a file of 65 MiB"] = (TooLong, "The file is 65 MiB long; files of more than 64 MiB are not read."),
        ["a link that leads outside"] = ((r, path) => Link(r, path, "/etc/passwd"), Outside),
        ["a relative link that leads outside"] = ((r, path) => Link(r, path, string.Concat(Enumerable.Repeat("../", 20)) + "etc/passwd"), Outside),
        ["a link to a link that leads outside"] = ((r, path) => { r.Link("step", "/etc/passwd"); Link(r, path, r.PathOf("step")); }, Outside),
        ["a link to a device"] = ((r, path) => Link(r, path, "/dev/zero"), Outside),
        ["a link to standard input"] = ((r, path) => Link(r, path, "/proc/self/fd/0"), Outside),
        ["a link into git's folder"] = ((r, path) => Link(r, path, r.PathOf(".git/config")), Outside),
        ["a link to nothing"] = ((r, path) => Link(r, path, r.PathOf("nothing")), "The file does not exist."),
        ["a link to itself"] = ((r, path) => Link(r, path, r.PathOf(path)), "The file cannot be read: too many levels of symbolic links."),
        ["a pipe"] = (Pipe, "It is a pipe, a socket or a device, not a regular file."),
        ["a socket"] = (Socket, "It is a pipe, a socket or a device, not a regular file."),
        ["a link to a socket"] = ((r, path) => { Socket(r, "socket"); Link(r, path, r.PathOf("socket")); }, "It is a pipe, a socket or a device, not a regular file."),
        ["a link to a pipe"] = ((r, path) => { Pipe(r, "pipe"); Link(r, path, r.PathOf("pipe")); }, "It is a pipe, a socket or a device, not a regular file."),
    };

    // Git lists no pipes and sockets: such a migration has no file, as Prisma says.
    public static TheoryData<string, bool> Cases => [.. Kinds.Keys.SelectMany(kind => new[] { (kind, true), (kind, false) }).Where(row => row is not ("a pipe" or "a socket", true))];

    public static TheoryData<string, bool> AllCases => [.. Kinds.Keys.SelectMany(kind => new[] { (kind, true), (kind, false) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_migration(string kind, bool hasGit)
    {
        using var repository = Repository(hasGit);
        Kinds[kind].Do(repository, Second);
        Check(repository, "migration/unreadable", Second, Kinds[kind].Message);
    }

    [Theory]
    [MemberData(nameof(AllCases))]
    public void A_part_of_a_schema(string kind, bool hasGit)
    {
        using var repository = Repository(hasGit);
        Kinds[kind].Do(repository, "prisma/more.prisma");
        repository.Write("package.json", "{ \"prisma\": { \"schema\": \"prisma\" } }");
        Check(repository, "schema/invalid", "prisma/more.prisma", Kinds[kind].Message);
    }

    [Fact]
    public void The_folders_behind_a_link_that_leads_outside_are_not_listed()
    {
        using var outside = new TemporaryRepository();
        Directory.CreateDirectory(outside.PathOf("20250103120000_secret_name"));
        using var repository = Repository(hasGit: true);
        Directory.Delete(repository.PathOf("prisma/migrations"), recursive: true);
        repository.Link("prisma/migrations", outside.Root);
        var run = Plumb.Run("audit", repository.Root, "--verbose", "--format", "json");
        Assert.DoesNotContain("secret_name", run.Output + run.Error, StringComparison.Ordinal);
    }

    // One cause is told once, and the file behind the link is no link itself.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_of_one_migration_that_is_a_link_outside(bool hasGit)
    {
        using var other = new TemporaryRepository().Write("migration.sql", "CREATE TABLE secret_marker (id int);");
        using var repository = Repository(hasGit);
        repository.Write(Second, "SELECT 1;");
        if (hasGit)
            repository.Git("add", ".");

        var folder = Path.GetDirectoryName(Second)!;
        Directory.Delete(repository.PathOf(folder), recursive: true);
        repository.Link(folder, other.Root);
        var result = Plumb.Run("audit", repository.Root, "--verbose");
        Assert.Equal("", result.Error);
        Assert.StartsWith("Read main: prisma/schema.prisma, 2 migrations in prisma/migrations", result.Output, StringComparison.Ordinal);
        var (_, findings, incomplete) = Audit(repository);
        Assert.Equal(folder, Assert.Single(findings, finding => finding.Rule == "migration/unreadable").Path);
        Assert.Equal([$"{folder}: The folder is a link that leads outside the repository, so its contents are skipped."], incomplete.Where(item => item.Contains("more", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a link that leads outside", "Replace the link with what it leads to.", "prisma/schema.prisma cannot be read")]
    [InlineData("a pipe", "Replace prisma/schema.prisma with a regular file.", "prisma/schema.prisma cannot be read")]
    [InlineData("a file of 65 MiB", "Split the schema.", "prisma/schema.prisma cannot be read")]
    [InlineData("NUL", "Save the file as UTF-8 text.", "prisma/schema.prisma cannot be read")]
    [InlineData("bytes that are not UTF-8", "Save the file as UTF-8.", "prisma/schema.prisma is not UTF-8 text")]
    public void A_schema_that_plumb_does_not_read_is_not_called_refused(string kind, string advice, string title)
    {
        using var repository = Repository(hasGit: false);
        File.Delete(repository.PathOf("prisma/schema.prisma"));
        Kinds[kind].Do(repository, "prisma/schema.prisma");
        using var json = JsonDocument.Parse(Plumb.Run("audit", repository.Root, "--format", "json").Output);
        var finding = json.RootElement.GetProperty("findings").EnumerateArray().First(found => found.GetProperty("title").GetString() == title);
        Assert.Equal(("schema/invalid", advice), (finding.GetProperty("rule").GetString(), finding.GetProperty("recommendation").GetString()));
        Assert.DoesNotContain("refuses", finding.GetRawText(), StringComparison.Ordinal);
    }

    // Its migrations make a table that the unread part may have.
    [Fact]
    public void What_a_part_of_a_schema_may_have_is_not_called_extra()
    {
        using var repository = Repository(hasGit: false).Write("package.json", "{ \"prisma\": { \"schema\": \"prisma\" } }").Write(Second, "CREATE TABLE \"posts\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"posts_pkey\" PRIMARY KEY (\"id\"));\n");
        repository.Write("prisma/more.prisma", "model posts { id Int @id }\0");
        var (_, findings, incomplete) = Audit(repository);
        Assert.DoesNotContain(findings, finding => finding.Rule.StartsWith("drift/", StringComparison.Ordinal));
        Assert.Contains("objects that only the migrations of main create: a file of the schema could not be read and may have them", incomplete);
    }

    // A workflow that is not read may run the command that no other runs, and an environment file may mention the variable.
    [Theory]
    [InlineData(".github/workflows/ci.yml", "migration/no-drift-check-in-ci")]
    [InlineData(".env.example", "environment/env-undocumented")]
    [InlineData("README.md", "environment/env-undocumented")]
    public void What_is_not_read_may_hold_what_is_missing(string path, string rule)
    {
        foreach (var isRead in (bool[])[true, false])
        {
            using var repository = Repository(hasGit: false).Write("prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n  url = env(\"OUR_DATABASE\")\n}\nmodel users {\n  id Int @id\n}\n").Write(path, "# nothing\n");
            if (!isRead)
            {
                File.Delete(repository.PathOf(path));
                repository.Link(path, "/etc/passwd");
            }

            Assert.Equal(isRead, Audit(repository).Findings.Exists(finding => finding.Rule == rule));
        }
    }

    [Fact]
    public void A_migration_that_is_a_pipe_which_git_would_not_list()
    {
        using var repository = Repository(hasGit: true);
        Pipe(repository, Second);
        var (verdict, findings, _) = Audit(repository);
        Assert.Equal("not-ready", verdict);
        Assert.Contains(findings, finding => finding.Rule == "migration/unreadable" && finding.Path == Second);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_of_migrations_that_is_a_link_outside(bool hasGit)
    {
        using var other = new TemporaryRepository().Write("20250101120000_init/migration.sql", "CREATE TABLE secret_marker (id int);");
        using var repository = Repository(hasGit);
        Directory.Delete(repository.PathOf("prisma/migrations"), recursive: true);
        repository.Link("prisma/migrations", other.Root);
        Check(repository, "migration/unreadable", "prisma/migrations", "The folder is a link that leads outside the repository, so its contents are skipped.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_of_migrations_that_is_no_folder(bool hasGit)
    {
        using var repository = Repository(hasGit);
        Directory.Delete(repository.PathOf("prisma/migrations"), recursive: true);
        repository.Link("prisma/migrations", repository.PathOf("nowhere"));
        Check(repository, "migration/unreadable", "prisma/migrations", "The file does not exist.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_inside_is_followed(bool hasGit)
    {
        using var repository = Repository(hasGit);
        Directory.CreateDirectory(repository.PathOf("db"));
        Directory.Move(repository.PathOf("prisma/migrations"), repository.PathOf("db/history"));
        repository.Link("prisma/migrations", "../db/history");
        File.Move(repository.PathOf("prisma/schema.prisma"), repository.PathOf("db/real.txt"));
        repository.Link("prisma/schema.prisma", "../db/real.txt");
        var (verdict, findings, incomplete) = Audit(repository);
        Assert.Equal("ready", verdict);
        Assert.Contains(findings, finding => finding.Path == "db/history/20250101120000_init/migration.sql");
        Assert.DoesNotContain(incomplete, item => item.Contains("db/history", StringComparison.Ordinal) || item.Contains("drift", StringComparison.Ordinal));
        foreach (var arguments in (string[][])[["diff", "prisma/migrations", "prisma/schema.prisma"], ["diff", "db/history", "prisma/schema.prisma"]])
        {
            var result = In(repository, arguments);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
        }
    }

    [Theory]
    [InlineData("A rule that is off", "rules:\n  migration/unreadable: off\n", new string[0])]
    [InlineData("A rule that was not asked for", "", new[] { "--rule", "migration/empty" })]
    public void Without_the_finding_the_verdict_is_unknown(string name, string configuration, string[] arguments)
    {
        Assert.NotEmpty(name);
        using var repository = Repository(hasGit: false);
        repository.Write(Second, "SELECT 1;\0");
        if (configuration.Length > 0)
        {
            repository.Write("plumb.yaml", configuration);
        }

        var (verdict, findings, incomplete) = Audit(repository, arguments);
        Assert.Equal("unknown", verdict);
        Assert.DoesNotContain(findings, finding => finding.Rule == "migration/unreadable");
        Assert.Contains($"{Second}: The file is not text: it contains NUL bytes.", incomplete);
    }

    [Theory]
    [InlineData("schema: nowhere/schema.prisma", "plumb.yaml:2:15: error: \"nowhere/schema.prisma\": This schema does not exist.")]
    [InlineData("migrations: nowhere", "plumb.yaml:2:19: error: \"nowhere\": This folder does not exist.")]
    [InlineData("schema: ../x/schema.prisma", "plumb.yaml:2:15: error: \"../x/schema.prisma\" is outside the repository.\n  Name a path in the repository.\n")]
    [InlineData("migrations: ../ok/prisma/migrations", "plumb.yaml:2:19: error: \"../ok/prisma/migrations\" is outside the repository.\n")]
    [InlineData("migrations: /nowhere/migrations", "plumb.yaml:2:19: error: \"/nowhere/migrations\" is outside the repository.\n")]
    [InlineData("schema: prisma/schema.prisma, migrations: ../m", "plumb.yaml:2:49: error: \"../m\" is outside the repository.\n")]
    public void What_the_configuration_names_must_be_there(string named, string expected)
    {
        using var repository = Repository(hasGit: false).Write("plumb.yaml", $"projects:\n  - {{ {named} }}\n");
        var result = In(repository, "audit", ".");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plumb.yaml")]
    [InlineData("plumb.baseline.json")]
    public void A_file_of_plumb_that_is_a_link_outside_is_an_error(string name)
    {
        using var repository = Repository(hasGit: false).Link(name, "/etc/passwd");
        var result = In(repository, "audit", ".");
        Assert.Equal((2, $"{name}:1:1: error: {Outside}\n"), (result.ExitCode, result.Error));
        Assert.DoesNotContain("root:", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("inspect")]
    [InlineData("status")]
    [InlineData("url")]
    [InlineData("baseline")]
    [InlineData("audit")]
    public void No_command_waits_for_a_pipe_or_reads_outside(string command)
    {
        using var repository = Repository(hasGit: true).Link("prisma/migrations/20250103120000_out/migration.sql", "/etc/passwd").Link(".env.local", "/etc/passwd");
        foreach (var name in (string[])[".env", "package.json", "plumb.yaml", "docker-compose.yml", ".gitignore", "prisma.config.ts", "package-lock.json", "prisma/schema.prisma.sql", ".github/workflows/ci.yml"])
        {
            Pipe(repository, name);
        }

        File.Delete(repository.PathOf("plumb.yaml"));
        string[] arguments = command switch
        {
            "diff" => ["diff", repository.PathOf("prisma/migrations"), repository.PathOf("prisma/schema.prisma")],
            "inspect" => ["inspect", repository.PathOf("prisma/migrations")],
            "status" => ["status", repository.Root, "--database", "postgresql://u:p@127.0.0.1:1/x"],
            _ => [command, repository.Root],
        };
        var result = Command.Run(Plumb.Program, arguments, folder: repository.Root, timeout: TimeSpan.FromSeconds(20));
        Assert.InRange(result.ExitCode, 0, 3);
        Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/bin/", result.Output + result.Error, StringComparison.Ordinal);
    }

    // Git itself would wait for whoever writes into the pipe.
    [Theory]
    [InlineData("apps/shop/.gitignore")]
    [InlineData(".config/.gitignore")]
    public void A_file_of_ignored_paths_in_a_subfolder_that_is_a_pipe(string path)
    {
        using var repository = Repository(hasGit: true).Write("apps/shop/a.sql", "SELECT 1;").Write(".config/a.sql", "SELECT 1;");
        Pipe(repository, path);
        var clock = Stopwatch.StartNew();
        var result = Plumb.Run("audit", repository.Root);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void What_is_named_on_the_command_line_may_lie_anywhere()
    {
        using var other = new TemporaryRepository().Write("a.sql", "CREATE TABLE a (id int);").Link("b.sql", "a.sql");
        using var repository = Repository(hasGit: true);
        foreach (var source in (string[])["a.sql", "b.sql"])
        {
            var result = In(repository, "inspect", other.PathOf(source));
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.Contains("CREATE TABLE", result.Output, StringComparison.Ordinal);
        }
    }

    private static void Check(TemporaryRepository repository, string rule, string path, string message)
    {
        var (verdict, findings, incomplete) = Audit(repository);
        Assert.Equal("not-ready", verdict);
        Assert.Contains(findings, finding => finding.Rule == rule && finding.Path == path && finding.Text.Contains(message.TrimEnd('.'), StringComparison.Ordinal));
        Assert.Contains(incomplete, item => item.Contains(path, StringComparison.Ordinal) && item.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.Text.Contains("secret_marker", StringComparison.Ordinal));
    }

    private static (string Verdict, List<(string Rule, string Path, string Text)> Findings, List<string> Incomplete) Audit(TemporaryRepository repository, params string[] arguments)
    {
        var result = Plumb.Run(["audit", repository.Root, "--format", "json", .. arguments]);
        using var json = JsonDocument.Parse(result.Output);
        var summary = json.RootElement.GetProperty("summary");
        List<(string, string, string)> findings = [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => (
            finding.GetProperty("rule").GetString()!,
            finding.GetProperty("locations").EnumerateArray().Select(location => location.GetProperty("path").GetString()!).FirstOrDefault() ?? "",
            finding.GetProperty("title").GetString() + " " + finding.GetProperty("message").GetString()))];
        List<string> incomplete = [.. summary.GetProperty("incomplete").EnumerateArray().Select(item => $"{item.GetProperty("what").GetString()}: {item.GetProperty("why").GetString()}")];
        return (summary.GetProperty("verdict").GetString()!, findings, incomplete);
    }

    private static CommandResult In(TemporaryRepository repository, params string[] arguments) => Command.Run(Plumb.Program, arguments, folder: repository.Root, timeout: TimeSpan.FromSeconds(20));

    private static TemporaryRepository Repository(bool hasGit)
    {
        var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n")
            .Write(First, "CREATE TABLE \"users\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n")
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");
        return hasGit ? repository.Git("init", "-q").Git("add", ".") : repository;
    }

    private static void Link(TemporaryRepository repository, string path, string target) => repository.Link(path, target);

    private static void Pipe(TemporaryRepository repository, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(repository.PathOf(path))!);
        Command.Run("mkfifo", [repository.PathOf(path)]).EnsureSuccess();
    }

    private static void Socket(TemporaryRepository repository, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(repository.PathOf(path))!);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(repository.PathOf(path)));

        // The framework removes the file of a socket that is closed.
        File.Move(repository.PathOf(path), repository.PathOf(path) + "~");
        socket.Close();
        File.Move(repository.PathOf(path) + "~", repository.PathOf(path));
    }

    // The file is sparse: it takes no room.
    private static void TooLong(TemporaryRepository repository, string path)
    {
        repository.Write(path, "");
        using var file = File.OpenWrite(repository.PathOf(path));
        file.SetLength(65L << 20);
    }
}
