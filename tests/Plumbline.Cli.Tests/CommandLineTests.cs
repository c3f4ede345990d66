using System.Text.Json;
using Plumbline.Cli.Commands;

namespace Plumbline.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("adit", "There is no command \"adit\". Did you mean \"audit\"?")]
    [InlineData("--verson", "plumb has no option \"--verson\". Did you mean \"--version\"?")]
    [InlineData("audit --fail-onn high", "plumb audit has no option \"--fail-onn\". Did you mean \"--fail-on\"?")]
    [InlineData("audit --verbos=1", "plumb audit has no option \"--verbos\". Did you mean \"--verbose\"?")]
    [InlineData("audit --fail-on hihg", "There is no severity \"hihg\". Did you mean \"high\"? Known: critical, high, medium, low, info, never.")]
    [InlineData("audit --rule drift/mising-column", "There is no rule \"drift/mising-column\". Did you mean \"drift/missing-column\"?")]
    [InlineData("audit --rule drfit/*", "No rule matches \"drfit/*\". Areas: ")]
    [InlineData("audit --rule drift/index,x", "There is no rule \"x\".")]
    [InlineData("help", "There is no command \"help\". Use \"plumb --help\", or \"plumb COMMAND --help\".")]
    [InlineData("audit --area drift,x", "There is no area \"x\". Known: ")]
    [InlineData("rules --area drift,x", "There is no area \"x\". Known: ")]
    [InlineData("diff a b --ignore grant,x", "There is no kind \"x\". Known: ")]
    [InlineData("audit --area drfit", "There is no area \"drfit\". Did you mean \"drift\"?")]
    [InlineData("audit --format xml", "There is no format \"xml\". Known: terminal, compact, markdown, json, github.")]
    [InlineData("audit --format", "The option \"--format\" needs a value")]
    [InlineData("audit --format json --format json", "The option \"--format\" can be given only once.")]
    [InlineData("audit a b", "plumb audit does not accept \"b\": it takes PATH.")]
    [InlineData("diff a", "plumb diff needs FROM and TO.")]
    [InlineData("diff a b --ignore grants", "There is no kind \"grants\". Did you mean \"grant\"?")]
    [InlineData("explain", "plumb explain needs RULE.")]
    [InlineData("explain drift/missing-colum", "There is no rule or area \"drift/missing-colum\". Did you mean \"drift/missing-column\"?")]
    [InlineData("audit @file", "@file does not exist.")]
    public void What_is_wrong_with_a_call_is_reported_in_one_line(string call, string expected)
    {
        var result = Plumb.Run(call.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("plumb: error: " + expected, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("diff")]
    [InlineData("inspect")]
    [InlineData("rules")]
    [InlineData("explain")]
    public void Help_shows_examples_of_the_command(string command)
    {
        var result = Plumb.Run(command, "--help");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"\n  plumb {command} ", result.Output.Split("Examples:")[1], StringComparison.Ordinal);
        Assert.Contains("Exit codes:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_without_a_command_prints_the_help()
    {
        var result = Plumb.Run();
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(Plumb.Run("--help").Output, result.Output);
    }

    [Fact]
    public void An_area_lists_its_rules()
    {
        var result = Plumb.Run("explain", "drift");
        Assert.StartsWith("drift\n  drift/", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  migration/", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drift/missing-column", "drift/missing-column")]
    [InlineData("drift/missing-column,drift/index", "drift/index drift/missing-column")]
    [InlineData("drift/missing-c*", "drift/missing-column")]
    public void Rules_are_selected_by_names_and_patterns(string value, string expected) => Assert.Equal(expected.Split(' '), RuleSelection.Of([value]));

    [Fact]
    public void Areas_are_selected_by_a_list() =>
        Assert.Equal(Plumb.Run("rules", "--area", "drift", "index").Output, Plumb.Run("rules", "--area", "drift,index").Output);

    [Fact]
    public void The_version_is_one_line() => Assert.Matches(@"^plumb \d+\.\d+\.\d+\n$", Plumb.Run("--version").Output);

    [Fact]
    public void Rules_are_listed_for_programs()
    {
        var rules = JsonDocument.Parse(Plumb.Run("rules", "--area", "drift", "--format", "json").Output).RootElement.EnumerateArray().ToList();
        var rule = rules.Single(rule => rule.GetProperty("rule").GetString() == "drift/missing-column");
        Assert.Equal(["rule", "area", "severity", "title", "needs", "fix"], rule.EnumerateObject().Select(property => property.Name));
        Assert.Equal("critical", rule.GetProperty("severity").GetString());
        Assert.All(rules, other => Assert.Equal("drift", other.GetProperty("area").GetString()));
    }

    [Theory]
    [InlineData("drift/missing-column")]
    [InlineData("missing-column")]
    public void A_rule_explains_itself(string name)
    {
        var result = Plumb.Run("explain", name);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("drift/missing-column  critical\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("How to fix", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, "NO_COLOR", false)]
    [InlineData(true, "CI", false)]
    public void Colors_are_for_people_who_want_them(bool isTerminal, string? variable, bool expected)
    {
        var result = Plumb.Run(new Surroundings(isTerminal, variable), "explain", "drift/missing-column");
        Assert.Equal(expected, result.Output.Contains('\e'));
    }

    [Fact]
    public void No_color_switches_colors_off() => Assert.DoesNotContain('\e', Plumb.Run(new Surroundings(IsTerminal: true), "explain", "drift/missing-column", "--no-color").Output);
}
