using Plumbline.Audit.Rules;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules;

public sealed class RuleCatalogTests
{
    private static readonly string RulesFolder = ProjectRoot.Combine("src", "Plumbline.Audit", "Rules");

    // Folders are plural where the area's name is also the name of a type: Rules/Indexes/UnusedRule.cs is index/unused.
    [Fact]
    public void Every_file_in_an_area_is_a_rule_named_for_it()
    {
        var areas = RuleCatalog.Areas.ToDictionary(area => Directory.GetDirectories(RulesFolder).Single(folder => Kebab(Path.GetFileName(folder)).StartsWith(area, StringComparison.Ordinal)));
        var files = areas
            .SelectMany(area => Directory.GetFiles(area.Key, "*Rule.cs").Select(file => $"{area.Value}/{Kebab(Path.GetFileName(file)[..^"Rule.cs".Length])}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(files, RuleCatalog.Descriptors.Select(d => d.Name));
        Assert.Equal(Directory.GetDirectories(RulesFolder).Length, areas.Count);
    }

    [Fact]
    public void Every_rule_explains_itself()
    {
        foreach (var rule in RuleCatalog.Descriptors)
        {
            Assert.False(rule.Title.EndsWith('.'), rule.Name);
            Assert.NotEmpty(rule.Needs);
            foreach (var text in (string[])[rule.What, rule.Why, rule.Bad, rule.Good, rule.Fix, rule.WhenOff])
                Assert.False(string.IsNullOrWhiteSpace(text), rule.Name);
        }
    }

    [Fact]
    public void Every_rule_has_tests_beside_it()
    {
        var tests = ProjectRoot.Combine("tests", "Plumbline.Audit.Tests", "Rules");
        var missing = Directory.GetDirectories(RulesFolder)
            .SelectMany(area => Directory.GetFiles(area, "*.cs"))
            .Select(f => Path.Combine(tests, Path.GetFileName(Path.GetDirectoryName(f)!), Path.GetFileNameWithoutExtension(f) + "Tests.cs"))
            .Where(f => !File.Exists(f))
            .Select(Path.GetFileName);

        Assert.Equal([], missing);
    }

    private static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
