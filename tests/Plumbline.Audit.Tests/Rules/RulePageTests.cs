using Plumbline.Audit.Rules;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules;

/// <summary>Holds <c>docs/rules</c> together with the rules. Run with <c>PLUMB_WRITE_DOCS=1</c> to write the pages anew.</summary>
public sealed class RulePageTests
{
    private static readonly string Folder = ProjectRoot.Combine("docs", "rules");

    [Fact]
    public void Every_rule_has_its_page_and_no_page_is_left_over()
    {
        var expected = RuleCatalog.Descriptors.ToDictionary(r => r.Name + ".md", RulePage.Render, StringComparer.Ordinal);
        expected["README.md"] = RulePage.RenderIndex(RuleCatalog.Descriptors);
        if (System.Environment.GetEnvironmentVariable("PLUMB_WRITE_DOCS") == "1")
            Write(expected);

        var actual = Directory.GetFiles(Folder, "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'));
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        foreach (var (path, text) in expected)
            Assert.Equal(text, File.ReadAllText(Path.Combine(Folder, path)));
    }

    private static void Write(Dictionary<string, string> pages)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);

        foreach (var (path, text) in pages)
        {
            var file = Path.Combine(Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
