using System.Text.Json;
using Plumbline.Hostile.Tests.Batches;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Files;

/// <summary>What may not be read is reported. The super-user may read everything, so there the program runs as somebody else.</summary>
/// <param name="runs">What the program left, run for each case.</param>
public sealed class PermissionTests(PermissionTests.Runs runs) : IClassFixture<PermissionTests.Runs>
{
    private const string Somebody = "12345";
    private const string Script = "prisma/migrations/20250102120000_more/migration.sql";
    private const string Notes = "^([^\n]+:1:1: (warning|error): [^\n]+\n)*$";

    private static readonly string[] Audit = ["audit", ".", "--format", "json"];

    // A path, what may be done with it, whether there is git, and what runs.
    private static readonly List<(string Path, int Mode, bool HasGit, string[] Arguments)> Cases =
    [
        .. from path in (string[])[Script, "prisma/migrations/20250102120000_more", "prisma/migrations", "prisma/schema.prisma"] from hasGit in (bool[])[true, false] select (path, 0, hasGit, Audit),
        ("prisma/migrations/20250102120000_more", 0x100, false, Audit),
        .. from path in (string[])[".git", ".git/index", ".git/config", ".git/HEAD", ".git/objects", ".git/refs", ".gitignore", ".env", "package.json", "closed", ""]
           from arguments in (string[][])[["audit", ".", "--since", "HEAD"], ["audit", "."], ["diff", "HEAD:prisma/schema.prisma", "prisma/migrations"], ["url", "."]]
           select (path, path.Length == 0 ? 0x140 : 0, true, arguments),
        ("plumb.yaml", 0, false, Audit), ("plumb.baseline.json", 0, false, Audit), ("", 0x140, false, ["rules", "--output", "out"]),
    ];

    public static TheoryData<int, string> Needed => [.. Cases.Index().Where(row => row.Item.Path.StartsWith("prisma/", StringComparison.Ordinal)).Select(row => (row.Index, row.Item.Path))];

    public static TheoryData<int, string> Others => [.. Cases.Index().Where(row => !row.Item.Path.StartsWith("prisma/", StringComparison.Ordinal) && row.Item.HasGit).Select(row => (row.Index, $"{row.Item.Path}: {string.Join(' ', row.Item.Arguments)}"))];

    [Theory]
    [MemberData(nameof(Needed))]
    public void A_migration_or_schema_that_may_not_be_read_is_never_ready(int number, string path)
    {
        var result = runs.Done[number];
        using var json = JsonDocument.Parse(result.Output);
        var summary = json.RootElement.GetProperty("summary");
        Assert.NotEqual("ready", summary.GetProperty("verdict").GetString());
        Assert.Contains(path, summary.GetProperty("incomplete").GetRawText(), StringComparison.Ordinal);
        Assert.Matches(Notes, result.Error);
    }

    // Nothing depends on these: they are reported, or read without git.
    [Theory]
    [MemberData(nameof(Others))]
    public void Other_files_that_may_not_be_read_do_no_harm(int number, string label)
    {
        _ = label;
        var result = runs.Done[number];
        Assert.InRange(result.ExitCode, 0, 2);
        Assert.Matches(result.ExitCode == 2 ? "^plumb: error: [^\n]+\n$" : Notes, result.Error);
    }

    [Theory]
    [InlineData("plumb.yaml")]
    [InlineData("plumb.baseline.json")]
    public void A_file_of_plumb_that_may_not_be_read_is_an_error(string path)
    {
        var result = runs.Done[Cases.FindIndex(row => row.Path == path)];
        Assert.Equal((2, $"{path}:1:1: error: The file cannot be read: permission denied.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_to()
    {
        var result = runs.Done[^1];
        Assert.Equal((2, "plumb: error: --output out: permission denied.\n"), (result.ExitCode, result.Error));
    }

    /// <summary>All cases, run in one process.</summary>
    public sealed class Runs
    {
        /// <summary>Makes the repositories and runs the program.</summary>
        public Runs()
        {
            var repositories = new List<(TemporaryRepository Repository, UnixFileMode Before)>();
            foreach (var (path, mode, hasGit, _) in Cases)
            {
                var repository = Repository(hasGit);
                if (path.StartsWith("plumb.", StringComparison.Ordinal))
                {
                    repository.Write(path, "");
                }

                if (Environment.IsPrivilegedProcess)
                {
                    Command.Run("chown", ["-R", Somebody + ":" + Somebody, repository.Root]).EnsureSuccess();
                }

                repositories.Add((repository, File.GetUnixFileMode(repository.PathOf(path))));
                File.SetUnixFileMode(repository.PathOf(path), (UnixFileMode)mode);
            }

            List<BatchRun> batch = [.. Cases.Zip(repositories, (row, made) => new BatchRun(made.Repository.Root, new Dictionary<string, string>(), row.Arguments))];
            Done = Batch.Run(batch, (program, environment, arguments) =>
                _ = Environment.IsPrivilegedProcess
                    ? Command.Run("setpriv", ["--reuid=" + Somebody, "--regid=" + Somebody, "--clear-groups", "--inh-caps=-all", "--", program, .. arguments], environment: environment).EnsureSuccess()
                    : Command.Run(program, arguments, environment: environment).EnsureSuccess());
            foreach (var ((repository, before), row) in repositories.Zip(Cases))
            {
                File.SetUnixFileMode(repository.PathOf(row.Path), before);
                repository.Dispose();
            }
        }

        /// <summary>What each case left.</summary>
        internal IReadOnlyList<BatchRun> Done { get; }

        private static TemporaryRepository Repository(bool hasGit)
        {
            var repository = new TemporaryRepository()
                .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id Int @id\n}\n")
                .Write("prisma/migrations/20250101120000_init/migration.sql", "CREATE TABLE \"users\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n")
                .Write(Script, "SELECT 1;\n").Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
                .Write(".gitignore", "node_modules\n").Write(".env", "A=1\n").Write("package.json", "{}\n").Write("closed/a.sql", "SELECT 1;\n");
            return hasGit ? repository.Git("init", "-q").Git("add", ".").Git("commit", "-q", "-m", "a") : repository;
        }
    }
}
