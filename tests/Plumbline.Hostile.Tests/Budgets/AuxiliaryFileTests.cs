using Plumbline.Audit.Connections.Dotenv;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Text;
using Plumbline.Testing;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>The readers of a repository's other files end after a number of steps, whatever is written in them.</summary>
public sealed class AuxiliaryFileTests
{
    [Fact]
    public void Variables_that_double_stay_short()
    {
        var source = string.Join('\n', Enumerable.Range(0, 2_000).Select(i => i == 0 ? "A0=\"xxxxxxxx\"" : $"A{i}=\"${{A{i - 1}}}${{A{i - 1}}}\""));
        var expanded = DotenvExpansion.Expand(DotenvReader.Read(new SourceText(".env", source)), _ => null, new ExpansionBudget());
        Assert.Equal(new string('x', 16), expanded["A1"]);
        Assert.True(expanded.Values.Sum(value => (long)value.Length) < 256 << 20);
    }

    [Fact]
    public void A_replacement_that_repeats_what_precedes_it_stays_short()
    {
        var source = $"A='{string.Concat(Enumerable.Repeat("$`", 30_000))}'\nB=\"{new string('x', 60_000)}${{A}}\"";
        Assert.All(DotenvExpansion.Expand(DotenvReader.Read(new SourceText(".env", source)), _ => null, new ExpansionBudget()).Values, value => Assert.True(value.Length < 1 << 20));
    }

    [Fact]
    public void Constants_that_double_are_read_for_a_number_of_tokens()
    {
        var constants = string.Concat(Enumerable.Range(1, 9).Select(i => $"const a{i} = [{string.Concat(Enumerable.Repeat($"a{i - 1} + ", 100))}''];\n"));
        var config = PrismaConfigFile.Read(new SourceText("prisma.config.ts", $"const a0 = 'x';\n{constants}export default {{ schema: a9 }};\n"));
        Assert.InRange(config.Schema.Length, 1, 500_000);
    }

    [Theory]
    [InlineData("const folder = 'db';\nexport default { schema: folder + '/schema.prisma', migrations: { path: 'db/migrations' }, datasource: { url: env<Env>('DB') } };")]
    [InlineData("export default { other: { schema: 'no', deeper: { schema: 'no' } }, schema: path.join('db', 'schema.prisma'), migrations: { path: 'db/migrations' }, datasource: { url: process.env.DB } };")]
    public void An_ordinary_configuration_is_read(string text)
    {
        var config = PrismaConfigFile.Read(new SourceText("prisma.config.ts", text));
        Assert.Contains("schema.prisma", string.Join('/', config.Schema), StringComparison.Ordinal);
        Assert.Equal(["db/migrations"], config.Migrations);
        Assert.Equal(["DB"], config.Url.Select(reference => reference.Variable));
    }

    [Fact]
    public void Continued_lines_are_one_instruction()
    {
        var text = $"FROM node AS a\nRUN x \\\n{string.Concat(Enumerable.Repeat("  && y \\\n", 100_000))}  && z\nCOPY --from=a /x /y\n";
        var stage = Assert.Single(DockerStages.Read(new SourceText("Dockerfile", text)));
        Assert.StartsWith("x && y && y", Assert.Single(stage.Runs), StringComparison.Ordinal);
        Assert.EndsWith("&& y && z", stage.Runs[0], StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(stage.Copies).From);
    }

    [Fact]
    public void Places_in_a_manifest_are_right_behind_characters_of_several_bytes()
    {
        var text = new SourceText("package.json", "{\n  \"name\": \"é😀\",\n  \"scripts\": { \"ü\": \"😀 a\", \"b\": \"c\" },\n  \"dependencies\": { \"x\": \"1\" }\n}");
        var manifest = PackageManifestReader.Read(new WorkspaceFile(text));
        Assert.Equal([(3, 21), (3, 34)], manifest.Scripts.Select(script => (script.Location.Line, script.Location.Column)));
        Assert.Equal((4, 26), (manifest.Dependencies[0].Location.Line, manifest.Dependencies[0].Location.Column));
    }

    [Fact]
    public void Patterns_of_gitignore_are_tried_a_number_of_times()
    {
        using var repository = new TemporaryRepository();
        for (var i = 0; i < 300; i++)
            repository.Write($"{new string('a', 200)}{i}", "");

        repository.Write(".gitignore", string.Join('\n', Enumerable.Repeat("*a*a*a*a*a*a*a*b", 20_000)));
        var listing = DiskFiles.Instance.List(repository.Root, null, TestContext.Current.CancellationToken);
        Assert.Equal("budget-exceeded", Assert.Single(listing.Diagnostics).Code);
        Assert.Equal(301, listing.Paths.Length);
    }

    [Fact]
    public void A_gitignore_that_is_too_long_is_named()
    {
        using var repository = new TemporaryRepository().Write("a/b.log", "").Write("a/.gitignore", "*.log\n" + new string('#', 1 << 20));
        var listing = DiskFiles.Instance.List(repository.Root, null, TestContext.Current.CancellationToken);
        var problem = Assert.Single(listing.Diagnostics);
        Assert.Equal(("budget-exceeded", "a/.gitignore is longer than 1 MiB", "Its patterns are not read."), (problem.Code, problem.Title, problem.Message));
        Assert.Contains("a/b.log", listing.Paths);
    }

    [Theory]
    [InlineData("*.log", "a/b.log", true)]
    [InlineData("*.log", "b.log", true)]
    [InlineData("*.log", "b.log/c", false)]
    [InlineData("build", "a/build", true)]
    [InlineData("/build", "a/build", false)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("*a*a*a*b", "aaaaaaaaaab", true)]
    [InlineData("*a*a*a*b", "aaaaaaaaaa", false)]
    [InlineData("[a-c]x", "d/bx", true)]
    public void A_pattern_matches_as_git_says(string pattern, string path, bool matches) => Assert.Equal(matches, GitIgnorePattern.Parse(pattern)!.Matches(path));
}
