using System.Text.Json;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Injection;

/// <summary>No byte of the input controls the terminal, the log of CI, or the markup of a report: whatever a thing is called, its name is shown and does nothing.</summary>
public sealed partial class InertOutputTests
{
    private static readonly MarkdownPipeline GitHubLike = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().Build();

    public static TheoryData<string, string> Names => HostileNames.All;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_terminal_shows_it(string label, string name)
    {
        _ = label;
        using var repository = NamedRepository.Configured(name);
        var before = Environment.CurrentDirectory;
        foreach (var isTerminal in (bool[])[true, false])
        {
            var surroundings = new Surroundings(IsTerminal: isTerminal);
            foreach (var arguments in Commands(repository))
            {
                var result = Plumb.Run(surroundings, arguments);
                AssertKnownExit(result, arguments);
                AssertInert(result.Output, isTerminal, arguments);
                AssertInert(result.Error, isTerminal, arguments);
                AssertNoCommand(result.Output, arguments);
                AssertNoCommand(result.Error, arguments);
            }
        }

        Assert.Equal(before, Environment.CurrentDirectory);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GitHub_takes_only_the_commands_that_plumb_gives(string label, string name)
    {
        _ = label;
        using var repository = NamedRepository.Configured(name);
        var summary = repository.PathOf("summary.md");
        var surroundings = new Surroundings(Variables: new Dictionary<string, string> { ["CI"] = "true", ["GITHUB_STEP_SUMMARY"] = summary });
        var result = Plumb.Run(surroundings, "audit", repository.Root, "--format", "github", "--fail-on", "never");

        AssertInert(result.Output, false, ["github"]);
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            var command = GitHubCommand().Match(line);
            Assert.True(command.Success, $"not one command: {line}");
            Assert.DoesNotContain("\n", line, StringComparison.Ordinal);
            Assert.DoesNotContain("##[", line, StringComparison.Ordinal);
            foreach (var property in command.Groups["properties"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
                Assert.Matches("^(file|line|endLine|col|endColumn|title)=[^,:\r\n]*$", property);
        }

        if (File.Exists(summary))
            AssertInert(File.ReadAllText(summary), false, ["summary"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Markdown_has_the_structure_that_it_has_for_any_name(string label, string name)
    {
        _ = label;
        using var repository = NamedRepository.Configured(name);
        using var plain = NamedRepository.Configured(name.Contains(' ', StringComparison.Ordinal) ? "na me" : "name");
        foreach (var command in (string[])["audit", "diff", "inspect"])
        {
            var hostile = Plumb.Run([.. Markdown(command, repository)]).Output;
            AssertInert(hostile, false, [command, "markdown"]);
            var document = Markdig.Markdown.Parse(hostile, GitHubLike);
            Assert.Empty(document.Descendants<HtmlBlock>());
            Assert.Empty(document.Descendants<HtmlInline>());
            Assert.All(document.Descendants<LinkInline>(), link => Assert.False(link.IsImage || (link.Url ?? "").StartsWith("javascript:", StringComparison.OrdinalIgnoreCase), $"{label}: a link to {link.Url}"));
            Assert.Equal(Headings(Markdig.Markdown.Parse(Plumb.Run([.. Markdown(command, plain)]).Output, GitHubLike)), Headings(document));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void JSON_holds_the_name_itself(string label, string name)
    {
        _ = label;
        using var repository = NamedRepository.Configured(name);
        foreach (var arguments in Commands(repository).Where(a => a[^1] == "json"))
        {
            var result = Plumb.Run(arguments);
            AssertInert(result.Output, false, arguments);
            if (result.Output.Length == 0)
                continue;

            using var json = JsonDocument.Parse(result.Output);
            if (arguments[0] == "inspect")
            {
                var tables = json.RootElement.GetProperty("schemas").EnumerateArray().SelectMany(s => s.GetProperty("tables").EnumerateArray()).Select(t => t.GetProperty("name").GetString());
                Assert.Contains(name, tables);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_wrong_configuration_or_argument_is_shown_and_does_nothing(string label, string name)
    {
        _ = label;
        using var repository = NamedRepository.Of(name);
        foreach (string[] arguments in (string[][])[
            ["audit", repository.Root], ["audit", name], ["diff", name, name], ["inspect", name + ".sql"], ["audit", repository.Root, "--format", name], ["audit", "--rule", name], [name], ["explain", name], ["audit", "--" + name]])
        {
            var result = Plumb.Run(arguments);
            Assert.Equal(2, result.ExitCode);
            AssertInert(result.Error, false, arguments);
            AssertNoCommand(result.Error, arguments);
        }
    }

    private static IEnumerable<string[]> Commands(TemporaryRepository repository)
    {
        var (migrations, schema) = (repository.PathOf("prisma/migrations"), repository.PathOf("prisma/schema.prisma"));
        foreach (var format in (string[])["terminal", "compact", "markdown", "json"])
            yield return ["audit", repository.Root, "--verbose", "--fail-on", "never", "--format", format];

        foreach (var format in (string[])["terminal", "markdown", "json", "sql"])
            yield return ["diff", migrations, schema, "--format", format];

        foreach (var format in (string[])["sql", "prisma", "mermaid", "markdown", "json"])
            yield return ["inspect", migrations, "--format", format];

        yield return ["url", repository.Root, "--format", "terminal"];
        yield return ["url", repository.Root, "--format", "json"];
        yield return ["status", repository.Root];
    }

    private static IEnumerable<string> Markdown(string command, TemporaryRepository repository) => command switch
    {
        "audit" => ["audit", repository.Root, "--format", "markdown", "--fail-on", "never"],
        "diff" => ["diff", repository.PathOf("prisma/migrations"), repository.PathOf("prisma/schema.prisma"), "--format", "markdown"],
        _ => ["inspect", repository.PathOf("prisma/migrations"), "--format", "markdown"],
    };

    private static List<int> Headings(MarkdownDocument document) => [.. document.Descendants<HeadingBlock>().Select(heading => heading.Level)];

    private static void AssertKnownExit(CommandResult result, string[] arguments) =>
        Assert.True(result.ExitCode is 0 or 1 or 2 && !result.Error.Contains("bug in plumb", StringComparison.Ordinal), $"{string.Join(' ', arguments)}: {result.ExitCode} {result.Error}");

    // A strict terminal: besides text it knows line feeds, and colors where there may be some.
    private static void AssertInert(string text, bool mayHaveColors, string[] arguments)
    {
        var rest = (mayHaveColors ? Colors().Replace(text, "") : text).Replace("\r\n", "\n", StringComparison.Ordinal);
        var at = rest.AsSpan().IndexOfAny([.. HostileNames.Controls.Where(c => c is not ('\n' or '\t')), '\uDB40', '\0']);
        Assert.True(at < 0, at < 0 ? "" : $"plumb {string.Join(' ', arguments)} writes U+{(int)rest[at]:X4} in: {rest[Math.Max(0, at - 60)..Math.Min(rest.Length, at + 20)]}");
    }

    // GitHub's runner takes a line for a command that begins with :: behind blanks and has a second ::, or has ##[ anywhere.
    private static void AssertNoCommand(string text, string[] arguments)
    {
        Assert.DoesNotContain(
            text.Split('\n'),
            line => line.Contains("##[", StringComparison.Ordinal) || (line.TrimStart() is var rest && rest.StartsWith("::", StringComparison.Ordinal) && (!arguments.Contains("sql") || rest.LastIndexOf("::", StringComparison.Ordinal) > 1)));
    }

    [GeneratedRegex(@"\x1B\[[0-9;]*m")]
    private static partial Regex Colors();

    [GeneratedRegex(@"^::(error|warning|notice) (?<properties>[^:]*)::[^\r\n]*$")]
    private static partial Regex GitHubCommand();
}
