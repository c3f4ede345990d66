using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Cli.Tests;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Faults;

/// <summary>What a person wrote wrong, or in an unusual way, is said with file and line; it is no fault of plumb.</summary>
public sealed class UnusualFileTests
{
    public static TheoryData<string, int?> Configurations() => new()
    {
        { "ignore: [\"\\ud800\"]\n", null },
        { "ignore: \"a\0b\"\n", null },
        { "&a ignore: [x]\n", 2 },
        { "ignore: &a [x]\nrules: *a\n", 2 },
        { "ignore: *missing\n", 2 },
        { "<<: {ignore: [x]}\n", 2 },
        { "--- {}\n--- {}\n", 2 },
        { "? [a, b]\n: c\n", 2 },
        { "? a\n", 2 },
        { "\tignore: [x]\n", null },
        { "ignore: {{{\n", 2 },
        { "ignore: [x\n", 2 },
        { "!!binary aGk=\n", 2 },
        { "ignore: !custom x\n", null },
        { "\uFEFFignore: [x]\r\n", 0 },
        { "ignore:\r\n  - x\r\n", 0 },
        { "%YAML 1.2\n---\nignore: [x]\n", null },
        { "%YAML 9.9\n---\nignore: [x]\n", null },
        { "ignore: " + new string('[', 10_000), 2 },
        { string.Concat(Enumerable.Repeat("{a: ", 10_000)), 2 },
        { "- a\n", 2 },
        { "null\n", null },
        { "'\n", 2 },
        { "ignore: |9\n  x\n", null },
        { "? ? ? ? a\n", 2 },
        { "ignore: [x]\nignore: [y]\n", 2 },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_configuration_is_read_or_refused_with_its_line(string text, int? exitCode)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("plumb.yaml", text);
        var result = Plumb.Run("audit", repository.Root, "--fail-on", "never");
        Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.ExitCode, 0, 2);
        if (exitCode is { } expected)
            Assert.Equal(expected, result.ExitCode);

        if (result.ExitCode == 2)
            Assert.Matches(@"plumb\.yaml(:\d+)?", result.Error);
    }

    [Theory]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"scripts\":{\"\\ud800\":\"x\"}}")]
    [InlineData("{\"\\udfff\":1}")]
    [InlineData("{\"dependencies\":{\"a\":\"\\ud800\\ud800\"}}")]
    public void Half_of_a_surrogate_pair_in_a_manifest_is_its_problem(string json) =>
        Assert.NotNull(PackageManifestReader.Read(new WorkspaceFile(new SourceText("package.json", json))).Problem);

    [Theory]
    [InlineData("{\"version\":1,\"\\ud800\":1}", "A string contains an unpaired surrogate.")]
    [InlineData("{\"version\":1,\n\"schemas\":[{\"name\":\"\\ud800\"}]}", "A string contains an unpaired surrogate.")]
    [InlineData("TWICE", "The relation \"public.t\" appears twice.")]
    [InlineData("COLUMN", "The column \"a\" of table \"public.t\" appears twice.")]
    public void A_snapshot_that_is_none_is_refused_with_its_line(string json, string message)
    {
        using var repository = new TemporaryRepository().Write("t.sql", "CREATE TABLE t (a int);");
        var snapshot = Plumb.Run("inspect", repository.PathOf("t.sql"), "--format", "json").Output;
        json = json switch
        {
            "TWICE" => Doubled(snapshot, "\"tables\": ["),
            "COLUMN" => Doubled(snapshot, "\"columns\": ["),
            _ => json,
        };
        repository.Write("a.json", json);
        var result = Plumb.Run("inspect", repository.PathOf("a.json"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Matches(@"a\.json:\d+", result.Error);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void A_deep_snapshot_is_refused(string open)
    {
        using var repository = new TemporaryRepository().Write("a.json", string.Concat(Enumerable.Repeat(open, 1_000_000)));
        var result = Plumb.Run("inspect", repository.PathOf("a.json"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("a.json:1", result.Error, StringComparison.Ordinal);
    }

    // The first object of a list, twice.
    private static string Doubled(string json, string list)
    {
        var start = json.IndexOf('{', json.IndexOf(list, StringComparison.Ordinal));
        var depth = 0;
        for (var i = start; ; i++)
        {
            depth += json[i] == '{' ? 1 : json[i] == '}' ? -1 : 0;
            if (depth == 0)
                return json.Insert(i + 1, "," + json[start..(i + 1)]);
        }
    }
}
