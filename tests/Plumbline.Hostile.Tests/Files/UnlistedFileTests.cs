using System.Text.Json;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Files;

/// <summary>Prisma takes every folder of migrations and every file of a schema's folder; so does the audit, whatever git says about them and whether there is git or not.</summary>
public sealed class UnlistedFileTests
{
    private const string Drop = "DROP TABLE \"users\";\n";

    // How the repository is read.
    private static readonly Dictionary<string, Action<TemporaryRepository>> Ways = new(StringComparer.Ordinal)
    {
        ["git"] = _ => { },
        ["the index, since the configuration includes a file outside"] = r => r.Git("config", "include.path", "/etc/hosts"),
        ["the index, since the configuration includes a file outside on a condition"] = r => r.Git("config", "includeIf.gitdir:/.path", "/etc/hosts"),
        ["the index, since .gitignore has 3 GiB"] = r => Lengthen(r, ".gitignore"),
        ["no git"] = r => Directory.Delete(r.PathOf(".git"), recursive: true),
        ["no git, but a file of its name"] = r => { Directory.Delete(r.PathOf(".git"), recursive: true); r.Write(".git", ""); },
    };

    public static TheoryData<string, string> Folders =>
    [
        .. from name in (string[])["node_modules", "build", "dist", "coverage", ".next", ".nuxt", ".turbo", ".cache", ".svelte-kit", ".output", "ordinary"] from way in (string[])["git", "no git"] select (name, way),
        .. from way in Ways.Keys.Where(way => way is not ("git" or "no git")) select ("node_modules", way),
    ];

    public static TheoryData<string> AllWays => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_of_any_name_is_a_migration(string name, string way)
    {
        using var repository = Repository($"prisma/migrations/{name}/migration.sql", Drop, way);
        Assert.Equal("not-ready", Audit(repository).Verdict);
        Assert.Equal(1, In(repository, "diff", "prisma/migrations", "prisma/schema.prisma").ExitCode);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_file_in_a_folder_of_any_name_is_a_part_of_the_schema(string name, string way)
    {
        using var repository = Repository($"prisma/parts/{name}/more.prisma", "model more {\n  id Int @id\n}\n", way, "prisma/parts");
        Assert.Equal("not-ready", Audit(repository).Verdict);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public void A_migration_that_git_tracks_and_a_pattern_excludes(string way)
    {
        using var repository = Repository("prisma/migrations/20250102120000_more/migration.sql", Drop, way, patterns: "prisma/migrations/2025*_more\n");
        Assert.Equal("not-ready", Audit(repository).Verdict);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public void Migrations_that_git_tracks_and_a_pattern_excludes_as_a_whole(string way)
    {
        using var repository = Repository("prisma/migrations/20250102120000_more/migration.sql", Drop, way, patterns: "prisma/migrations\n");
        Assert.Equal("not-ready", Audit(repository).Verdict);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public void A_part_of_a_schema_that_git_tracks_and_a_pattern_excludes(string way)
    {
        using var repository = Repository("prisma/parts/more.prisma", "model more {\n  id Int @id\n}\n", way, "prisma/parts", patterns: "more.prisma\n");
        Assert.Equal("not-ready", Audit(repository).Verdict);
    }

    [Theory]
    [MemberData(nameof(AllWays))]
    public void A_schema_that_git_tracks_and_a_pattern_excludes(string way)
    {
        using var repository = Repository("prisma/migrations/20250102120000_more/migration.sql", Drop, way, patterns: "*.prisma\n");
        var (verdict, findings, incomplete) = Audit(repository);
        Assert.Equal("not-ready", verdict);
        Assert.Contains(findings, finding => finding.Rule.StartsWith("drift/", StringComparison.Ordinal));
        Assert.DoesNotContain(incomplete, item => item.Contains("there is no Prisma schema", StringComparison.Ordinal));
    }

    // A client that was generated holds a copy of the schema.
    [Fact]
    public void What_nothing_names_and_a_pattern_excludes_is_no_part_of_a_schema()
    {
        using var repository = Repository("prisma/generated/client/schema.prisma", TemporaryRepository.PostgreSql + "model other {\n  id Int @id\n}\n", "no git", patterns: "generated\n")
            .Write("prisma/models/more.prisma", "enum more {\n  a\n}\n").Write("prisma/migrations/20250102120000_more/migration.sql", "CREATE TYPE \"more\" AS ENUM ('a');\n");
        Assert.Equal("ready", Audit(repository).Verdict);
    }

    [Fact]
    public void A_migration_that_git_ignores_and_does_not_track_is_not_read()
    {
        using var repository = Repository("ordinary", "", "git").Write(".gitignore", "prisma/migrations/2025*_more\n").Write("prisma/migrations/20250102120000_more/migration.sql", Drop);
        Assert.Equal("ready", Audit(repository).Verdict);
    }

    [Theory]
    [InlineData("prisma/migrations/old/**")]
    [InlineData("**/old/*.sql")]
    public void What_the_configuration_excludes_is_not_read(string pattern)
    {
        using var repository = Repository("prisma/migrations/old/migration.sql", Drop, "no git", patterns: "old\n").Write("plumb.yaml", $"ignore: [\"{pattern}\"]\n");
        Assert.Equal("ready", Audit(repository).Verdict);
    }

    [Theory]
    [InlineData("git")]
    [InlineData("the index, since the configuration includes a file outside")]
    [InlineData("no git")]
    public void Packages_that_are_installed_are_not_read(string way)
    {
        using var repository = Repository("node_modules/x/schema.prisma", TemporaryRepository.PostgreSql + "model other {\n  id Int @id\n}\n", way);
        repository.Write("node_modules/y/prisma/migrations/1_a/migration.sql", "CREATE TABLE x (a int);\n").Write("apps/shop/package.json", "{}").Write("apps/shop/node_modules/z/schema.prisma", TemporaryRepository.PostgreSql);
        Assert.Equal("ready", Audit(repository).Verdict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_migration_whose_name_is_not_UTF_8(bool hasGit)
    {
        using var repository = Repository("ordinary", "", hasGit ? "git" : "no git");
        Shell(repository, "d=prisma/migrations/$(printf '\\377')2025; mkdir \"$d\"; echo 'DROP TABLE users;' > \"$d/migration.sql\"" + (hasGit ? "; git add ." : ""));
        var (verdict, findings, _) = Audit(repository);
        var diff = In(repository, "diff", "prisma/migrations", "prisma/schema.prisma");
        Remove(repository);
        Assert.Equal("not-ready", verdict);
        Assert.Contains(findings, finding => finding.Rule == "migration/unreadable");
        Assert.Contains("Its name is not valid UTF-8, so it cannot be opened.", diff.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_of_a_schema_whose_name_is_not_UTF_8(bool hasGit)
    {
        using var repository = Repository("ordinary", "", hasGit ? "git" : "no git", "prisma/parts");
        Shell(repository, "echo 'model more { id Int @id }' > prisma/parts/$(printf '\\377').prisma" + (hasGit ? "; git add ." : ""));
        var (verdict, findings, _) = Audit(repository);
        Remove(repository);
        Assert.Equal("not-ready", verdict);
        Assert.Contains(findings, finding => finding.Rule == "schema/invalid" && finding.Text.Contains("not valid UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_was_deleted_is_nothing_whatever_its_name()
    {
        using var repository = Repository("ordinary", "", "git");
        Shell(repository, "d=prisma/migrations/$(printf '\\377')2025; mkdir \"$d\"; echo 'DROP TABLE users;' > \"$d/migration.sql\"; git add .; rm -r \"$d\"");
        Assert.Equal("ready", Audit(repository).Verdict);
    }

    [Theory]
    [InlineData("touch .git", false)]
    [InlineData("mkdir .git", false)]
    [InlineData("git init -q", false)]
    [InlineData("touch .git", true)]
    [InlineData("mkdir .git", true)]
    [InlineData("git init -q", true)]
    [InlineData("git init -q && git add . && git -c user.name=a -c user.email=a@example.org commit -qm a", true)]
    public void A_migration_is_no_repository_of_its_own(string script, bool hasGit)
    {
        const string folder = "prisma/migrations/20250102120000_more";
        using var repository = Repository("ordinary", "", hasGit ? "git" : "no git").Write(folder + "/migration.sql", Drop);
        Shell(repository, $"cd {folder} && {script}");
        Assert.Equal("not-ready", Audit(repository).Verdict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Migrations_are_no_repository_of_their_own(bool hasGit)
    {
        using var repository = Repository("ordinary", "", hasGit ? "git" : "no git").Write("prisma/migrations/20250102120000_more/migration.sql", Drop);
        Shell(repository, "cd prisma/migrations && git init -q");
        Assert.Equal("not-ready", Audit(repository).Verdict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_migration_sql_that_is_an_empty_folder(bool hasGit)
    {
        using var repository = Repository("ordinary", "", hasGit ? "git" : "no git").Folder("prisma/migrations/20250102120000_more/migration.sql");
        var (verdict, findings, _) = Audit(repository);
        Assert.Equal("not-ready", verdict);
        Assert.Contains(findings, finding => finding.Rule is "migration/missing-file" or "migration/unreadable");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_among_the_migrations_that_leads_back_to_itself(bool hasGit)
    {
        using var repository = Repository("ordinary", "", hasGit ? "git" : "no git");
        repository.Link("prisma/migrations/20250102120000_a", "20250102120000_b").Link("prisma/migrations/20250102120000_b", "20250102120000_a");
        var (verdict, findings, incomplete) = Audit(repository);
        Assert.Equal("not-ready", verdict);
        Assert.Contains(findings, finding => finding.Rule == "migration/unreadable");
        Assert.Contains(incomplete, item => item.Contains("prisma/migrations/20250102120000_b", StringComparison.Ordinal) && item.Contains("It is a link that leads back to itself.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plumb.yaml")]
    [InlineData("plumb.baseline.json")]
    public void A_file_of_plumb_that_is_a_folder_is_an_error(string name)
    {
        using var repository = Repository("ordinary", "", "git").Folder(name);
        var result = In(repository, "audit", ".");
        Assert.Equal((2, $"{name}:1:1: error: It is a folder where a file was expected.\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("audit .")]
    [InlineData("url .")]
    [InlineData("status")]
    [InlineData("inspect a.sql")]
    public void A_current_directory_that_is_gone_is_named(string arguments)
    {
        using var folder = new TemporaryRepository();
        var result = Command.Run("sh", ["-c", $"mkdir gone && cd gone && rmdir ../gone && exec \"$0\" {arguments}", Plumb.Program], folder: folder.Root);
        Assert.Equal((2, "plumb: error: The current directory does not exist.\n"), (result.ExitCode, result.Error));
    }

    private static (string Verdict, List<(string Rule, string Path, string Text)> Findings, List<string> Incomplete) Audit(TemporaryRepository repository)
    {
        var result = Plumb.Run("audit", repository.Root, "--format", "json");
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

    private static void Shell(TemporaryRepository repository, string script) => Command.Run("sh", ["-c", script], folder: repository.Root).EnsureSuccess();

    // The framework cannot delete what it cannot name.
    private static void Remove(TemporaryRepository repository) => Shell(repository, "rm -r prisma");

    // The file is sparse: it takes no room.
    private static void Lengthen(TemporaryRepository repository, string path)
    {
        using var file = File.OpenWrite(repository.PathOf(path));
        file.SetLength(3L << 30);
    }

    // Without the one file, the repository is ready.
    private static TemporaryRepository Repository(string path, string text, string way, string? schema = null, string patterns = "")
    {
        var repository = new TemporaryRepository()
            .Write(schema is null ? "prisma/schema.prisma" : schema + "/main.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n")
            .Write("package.json", schema is null ? "{}" : $"{{ \"prisma\": {{ \"schema\": \"{schema}\" }} }}")
            .Write("prisma/migrations/20250101120000_init/migration.sql", "CREATE TABLE \"users\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n")
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n").Write(".gitignore", patterns).Write(path, text)
            .Git("init", "-q").Git("add", "-f", ".");
        Ways[way](repository);
        return repository;
    }
}
