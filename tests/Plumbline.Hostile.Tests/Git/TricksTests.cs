using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>Whatever a repository's own git folder says, only git itself is started, by its absolute path, and nothing that the repository points to is opened.</summary>
/// <param name="runs">The runs over the repositories.</param>
public sealed class TricksTests(TricksTests.Clones runs) : IClassFixture<TricksTests.Clones>
{
    internal static readonly string Program = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "git")).First(File.Exists);

    public static TheoryData<string> Names => [.. Tricks.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_clone_is_audited(string name) => runs.All.Check(name);

    // Without this the runs would show nothing: git is started in them, and the trace sees it.
    [Fact]
    public void Git_is_seen_in_the_trace() => Assert.Contains(Program, runs.All.TraceOf("hooks").Started);

    // Everything that can be in one repository at once, and the program itself as people run it.
    [Theory]
    [InlineData("audit", ".", "--since", "HEAD")]
    [InlineData("diff", "HEAD:prisma/schema.prisma", "prisma/migrations")]
    public void The_program_itself_starts_only_git(params string[] arguments)
    {
        using var repository = new TrickRepository();
        var variables = new Dictionary<string, string>();
        foreach (var name in (string[])[
            "core.fsmonitor", "hooks", "filter.clean", "filter.process", "diff.external", "diff.textconv", "core.pager", "alias", "a repository inside", "a submodule",
            .. Tricks.All.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal) || name is "HOME" or "XDG_CONFIG_HOME").Where(name => name is not "GIT_SSH_COMMAND")])
        {
            foreach (var (variable, value) in Tricks.All[name].Play(repository) ?? variables)
            {
                variables[variable] = value;
            }
        }

        repository.Reset();
        var trace = Trace.OfPlumb(repository.Repository.Root, variables, arguments);
        Assert.Empty(trace.Touching(repository.Marker));
        Assert.Empty(repository.Sprung);
        Assert.NotEmpty(trace.Programs);
        Assert.All(trace.Programs, program => Assert.Equal(Program, program));
        Assert.Equal((0, ""), (trace.Result.ExitCode, trace.Result.Error));
    }

    [Theory]
    [InlineData(".:{0}")]
    [InlineData(":{0}")]
    [InlineData("bin:{0}")]
    [InlineData("{1}:{0}")]
    [InlineData("{1}/bin:{0}")]
    [InlineData("{1}/prisma/../bin/:{0}")]
    public void Git_is_never_a_program_of_the_repository(string path)
    {
        using var repository = new TrickRepository();
        foreach (var place in (string[])["git", "bin/git"])
        {
            repository.Write(place, File.ReadAllText(repository.Trap()));
            Command.Run("chmod", ["+x", repository.Repository.PathOf(place)]).EnsureSuccess();
        }

        var variables = new Dictionary<string, string> { ["PATH"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Environment.GetEnvironmentVariable("PATH"), repository.Repository.Root) };
        Command.Run("sh", ["-c", "git status"], folder: repository.Repository.Root, environment: variables);
        Assert.NotEmpty(repository.Sprung);
        repository.Reset();
        var trace = Trace.OfPlumb(repository.Repository.Root, variables, "audit", ".", "--since", "HEAD");
        Assert.Empty(repository.Sprung);
        Assert.Equal([Program], trace.Programs.Distinct());
    }

    // {0}: PATH itself, {1}: the repository, {2}: a link to it, {3}: the folder around all.
    [Theory]
    [InlineData("{2}/node_modules/.bin:{0}", "{1}", "{1}")]
    [InlineData("{2}/node_modules/.bin:{0}", "{2}", "/")]
    [InlineData("{1}/node_modules/.bin:{0}", "{2}", "/")]
    [InlineData("{1}/node_modules/.bin:{0}", "{1}/inner", "{1}")]
    [InlineData("{1}/node_modules/.bin:{0}", "{1}/inner", "/")]
    [InlineData("{2}/node_modules/.bin:{0}", "{2}/inner", "{3}")]
    [InlineData("{3}/linked-bin:{0}", "{1}", "/")]
    [InlineData("{3}/linked-program:{0}", "{1}", "/")]
    [InlineData("{3}/detour:{0}", "{1}", "/")]
    [InlineData("{3}/unpacked/node_modules/.bin:{0}", "inner", "{3}/unpacked")]
    public void Links_and_repositories_around_lead_to_no_program_of_the_repository(string path, string audited, string current)
    {
        using var repository = new TrickRepository();
        var around = Path.GetDirectoryName(repository.Outside)!;
        var root = repository.Repository.Root;
        var trap = File.ReadAllText(repository.Trap());
        foreach (var place in (string[])[Path.Combine(root, "node_modules/.bin"), Path.Combine(around, "unpacked/node_modules/.bin"), Path.Combine(around, "elsewhere")])
        {
            Directory.CreateDirectory(place);
            File.WriteAllText(Path.Combine(place, "git"), trap);
            Command.Run("chmod", ["+x", Path.Combine(place, "git")]).EnsureSuccess();
        }

        Command.Run("git", ["clone", "-q", root, Path.Combine(around, "unpacked/inner")]).EnsureSuccess();
        Command.Run("git", ["clone", "-q", root, Path.Combine(root, "inner")]).EnsureSuccess();
        var link = Path.Combine(around, "link");
        Directory.CreateSymbolicLink(link, root);
        Directory.CreateSymbolicLink(Path.Combine(around, "linked-bin"), Path.Combine(link, "node_modules/.bin"));
        Directory.CreateDirectory(Path.Combine(around, "linked-program"));
        File.CreateSymbolicLink(Path.Combine(around, "linked-program/git"), Path.Combine(link, "node_modules/.bin/git"));

        // The repository says where the way goes on.
        Directory.CreateSymbolicLink(Path.Combine(root, "detour"), Path.Combine(around, "elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(around, "detour"), Path.Combine(root, "detour"));

        string Filled(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Environment.GetEnvironmentVariable("PATH"), root, link, around);
        var variables = new Dictionary<string, string> { ["PATH"] = Filled(path), ["HOME"] = Path.Combine(around, "home") };
        Command.Run("sh", ["-c", "git status"], folder: Filled(current), environment: variables);
        Assert.NotEmpty(repository.Sprung);
        repository.Reset();
        var trace = Trace.OfPlumb(Filled(current), variables, "audit", Filled(audited), "--since", "HEAD");
        Assert.Empty(repository.Sprung);
        Assert.NotEmpty(trace.Programs);
        Assert.All(trace.Programs, program => Assert.Equal(Program, program));
    }

    // Git itself would look whether there is a repository.
    [Theory]
    [InlineData("inner/.git", "audit", ".")]
    [InlineData("inner/.git", "audit", ".", "--since", "HEAD")]
    [InlineData("a/b/.git", "audit", ".")]
    [InlineData("a/b/.git", "diff", "HEAD:prisma/schema.prisma", "prisma/migrations")]
    [InlineData("prisma/migrations/.git", "audit", ".")]
    public void Of_a_folder_outside_that_a_file_inside_names_nothing_is_opened(string path, params string[] call)
    {
        using var repository = new TrickRepository();
        foreach (var name in (string[])["HEAD", "config", "index", "packed-refs", "objects/x", "refs/heads/x", "info/exclude"])
        {
            repository.File("moved/" + name, name == "HEAD" ? "ref: refs/heads/marked\n" : name == "config" ? $"[core]\n\tfsmonitor = {repository.Trap()}\n" : "");
        }

        repository.Write(path, $"gitdir: {Path.Combine(repository.Outside, "moved")}\n").Write(Path.GetDirectoryName(path) + "/x.sql", "CREATE TABLE x (a int);\n");
        var trace = Trace.OfPlumb(repository.Repository.Root, null, call);
        Assert.Empty(trace.Touching(repository.Marker));
        Assert.Empty(repository.Sprung);
        Assert.All(trace.Programs, program => Assert.Equal(Program, program));
        Assert.DoesNotContain("marked", trace.Result.Output + trace.Result.Error, StringComparison.Ordinal);
        Assert.InRange(trace.Result.ExitCode, 0, 1);
    }

    [Fact]
    public void A_program_of_the_home_folder_is_run_where_the_home_folder_is_a_repository()
    {
        using var repository = new TrickRepository();
        var home = Path.GetDirectoryName(repository.Outside)!;
        Directory.CreateDirectory(Path.Combine(home, "bin"));
        File.CreateSymbolicLink(Path.Combine(home, "bin/git"), Program);
        Command.Run("git", ["init", "-q", home]).EnsureSuccess();
        Command.Run("git", ["clone", "-q", repository.Repository.Root, Path.Combine(home, "work")]).EnsureSuccess();
        var variables = new Dictionary<string, string> { ["PATH"] = Path.Combine(home, "bin"), ["HOME"] = home };
        foreach (var current in (string[])[home, Path.Combine(home, "work")])
        {
            var trace = Trace.OfPlumb(current, variables, "audit", Path.Combine(home, "work"), "--since", "HEAD");
            Assert.NotEmpty(trace.Programs);
            Assert.All(trace.Programs, program => Assert.Equal(Path.Combine(home, "bin/git"), program));
        }
    }

    [Fact]
    public void Without_git_a_repository_is_read_all_the_same()
    {
        using var repository = new TrickRepository();
        var trace = Trace.OfPlumb(repository.Repository.Root, new Dictionary<string, string> { ["PATH"] = "/nowhere" }, "audit", ".");
        Assert.Empty(trace.Programs);
        Assert.Equal((0, ""), (trace.Result.ExitCode, trace.Result.Error));
    }

    /// <summary>The runs over clones.</summary>
    public sealed class Clones : IDisposable
    {
        internal TrickRuns All { get; } = new(Tricks.All.Keys, isArchive: false, "audit", ".", "--since", "HEAD");

        /// <inheritdoc/>
        public void Dispose() => All.Dispose();
    }
}
