using Plumbline.Audit.Configuration;
using Plumbline.Audit.Sources;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Sources;

public sealed class MarkdownFencesTests
{
    [Theory]
    [InlineData("```sql\nSELECT a[1];\n```\n", "\nSELECT a[1];\n\n")]
    [InlineData("[a]: http://x\n[b]: http://y\n```sql\nSELECT 1;\n```\n", "\n\n\nSELECT 1;\n\n")]
    [InlineData("a <!-- b\n===\n- x\n  ~~~ SQL [title]\n  SELECT 1;\n  ~~~\n", "\n\n\n\n  SELECT 1;\n\n")]
    [InlineData("> ```postgres\n> SELECT 1;\n> ```\n```sql\nSELECT 2;\n", "\n  SELECT 1;\n\n\nSELECT 2;\n")]
    [InlineData("<!--\n```sql\nSELECT 1;\n```\n-->\n", null)]
    [InlineData("```prisma\nmodel A {\n}\n```\n", null)]
    public void The_code_of_a_document_stays_in_its_place(string document, string? code) =>
        Assert.Equal(code, Lines(MarkdownFences.Of(new SourceText("a.md", document)).Extract(MarkdownFences.Sql)?.Text));

    [Fact]
    public void A_document_that_is_too_long_is_refused_with_the_limit()
    {
        var exception = Assert.Throws<InputException>(() => MarkdownFences.Of(new SourceText("a.md", new string('a', ReadingBudget.DocumentLength + 1))));
        Assert.Equal("a.md:1:1: error: The document is longer than 1 MiB, the limit for Markdown.", exception.Diagnostic!.ToString());
    }

    private static string? Lines(string? text) => text is null ? null : string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
