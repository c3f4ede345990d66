using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Plumbline.Audit.Reports;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Injection;

/// <summary>A report mentions nobody, refers to nothing and begins no block because of a name or a comment: what GitHub would make something of is code, whose text is the name.</summary>
public sealed partial class GitHubMarkupTests
{
    private static readonly MarkdownPipeline GitHubLike = new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseAutoLinks().UseTaskLists().UseMathematics().UseEmojiAndSmiley(enableSmileys: false).Build();

    [Theory]
    [InlineData("@octocat has", "`@octocat` has")]
    [InlineData("see (@acme/team), and", "see (`@acme/team`), and")]
    [InlineData("correct @default.", "correct `@default`.")]
    [InlineData("a@example.org", "`a@example.org`")]
    [InlineData("table #1", "table `#1`")]
    [InlineData("acme/shop#12: gh-3", "`acme/shop#12`: `gh-3`")]
    [InlineData("www.example.org", "`www.example.org`")]
    [InlineData("1_www.example.org", "`1_www.example.org`")]
    [InlineData("\"https://example.org/a|b\"", "\"`https://example.org/a\\|b`\"")]
    [InlineData("$\\color{red}{x}$", "`$\\color{red}{x}$`")]
    [InlineData("a $x y$ b", "a `$x` `y$` b")]
    [InlineData(":smile: x", "`:smile`: x")]
    [InlineData("`@a`b", "\\```@a`b``")]
    [InlineData("'x'::text and a.sql:3:5", "'x'::text and a.sql:3:5")]
    [InlineData("# x", "\\# x")]
    [InlineData("### x", "\\### x")]
    [InlineData("---", "\\---")]
    [InlineData("=====", "\\=====")]
    [InlineData("- a", "\\- a")]
    [InlineData("+ a", "\\+ a")]
    [InlineData("* a", "\\* a")]
    [InlineData("1. a", "1\\. a")]
    [InlineData("12) a", "12\\) a")]
    [InlineData("> a", "\\> a")]
    [InlineData("    a", "a")]
    [InlineData("\ta", "a")]
    [InlineData("a\n# b", "a # b")]
    [InlineData("a #", "a \\#")]
    [InlineData("a - 1. b", "a - 1. b")]
    [InlineData("1.5 of a", "1.5 of a")]
    [InlineData("-5", "-5")]
    [InlineData("#", "\\#")]
    [InlineData("- - -", "\\- - -")]
    [InlineData("", "")]
    public void What_would_act_is_code_or_escaped(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    public static TheoryData<string> Texts => new(
    [
        "### x", "# x", "---", "***", "___", "=====", "- a", "+ a", "* a", "1. a", "1) a", "> a", "\tcode", "    code", "```", "~~~", "[a]: /b", "| a |\n|---|", "<b>", "- [ ] a", "> [!NOTE]\n> a",
        "@octocat", "#1", "www.evil.com", "https://evil.example.org", "$\\color{red}{x}$", "$$x$$", ":smile:", "a@b.example.org", "![a](b)", "<https://evil.example.org>", "a  \n# b", "\u00a0# x", "x\n---", "x\n===",
    ]);

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_comment_is_one_paragraph(string comment)
    {
        using var repository = new TemporaryRepository().Write("a.sql", $"CREATE TABLE t (id int);\nCOMMENT ON TABLE t IS '{comment.Replace("'", "''", StringComparison.Ordinal)}';\n");
        var document = Markdig.Markdown.Parse(Plumb.Run("inspect", repository.PathOf("a.sql"), "--format", "markdown").Output, GitHubLike);

        Assert.Equal(["HeadingBlock", "HeadingBlock", "ParagraphBlock", "Table"], document.Select(block => block.GetType().Name));
        Assert.Empty(Acting((ParagraphBlock)document[2]));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_name_is_text_in_a_report(string name)
    {
        using var repository = NamedRepository.Configured(name.ReplaceLineEndings(" "));
        foreach (string[] arguments in (string[][])[
            ["audit", repository.Root, "--format", "markdown", "--fail-on", "never"], ["inspect", repository.PathOf("prisma/migrations"), "--format", "markdown"],
            ["diff", repository.PathOf("prisma/migrations"), repository.PathOf("prisma/schema.prisma"), "--format", "markdown"]])
        {
            var document = Markdig.Markdown.Parse(Plumb.Run(arguments).Output, GitHubLike);
            Assert.NotEmpty(document);
            Assert.Empty(Acting(document));
        }
    }

    [Theory]
    [InlineData("%%{init: {\"theme\": \"dark\"}}%%")]
    [InlineData("a [b] (c)")]
    [InlineData("#quot; %{x}")]
    public void A_diagram_has_only_labels_of_them(string name)
    {
        using var repository = new TemporaryRepository().Write("a.sql", $"CREATE TABLE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" (id int PRIMARY KEY);\n");
        var output = Plumb.Run("inspect", repository.PathOf("a.sql"), "--format", "mermaid").Output;

        Assert.DoesNotContain("%%", output, StringComparison.Ordinal);
        Assert.DoesNotContain("%{", output, StringComparison.Ordinal);
        Assert.DoesNotContain("#quot;", output, StringComparison.Ordinal);
        Assert.Matches("^erDiagram\n  [A-Za-z_][A-Za-z0-9_-]*\\[\"[^\"\n]*\"\\] \\{\n", output);
    }

    // GitHub looks for mentions, references and addresses in all text that is no code; the rest Markdig knows.
    private static List<string> Acting(MarkdownObject document) =>
    [
        .. document.Descendants().Where(node => node is HtmlBlock or HtmlInline or LinkInline or AutolinkInline or QuoteBlock or ThematicBreakBlock || node.GetType().Name is "MathInline" or "MathBlock" or "EmojiInline").Select(node => node.GetType().Name),
        .. document.Descendants().OfType<LeafBlock>().Where(block => block.Inline is not null)
            .Select(block => string.Concat(block.Inline!.Descendants().Select(inline => inline is LiteralInline literal ? literal.Content.ToString() : " ")))
            .Where(text => ActiveText().IsMatch(text)),
    ];

    [GeneratedRegex(@"@\w|#\d|(?<![A-Za-z0-9])www\.|://|\$")]
    private static partial Regex ActiveText();
}
