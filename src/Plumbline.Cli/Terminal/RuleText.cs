using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Cli.Terminal;

/// <summary>The page of a rule, for a terminal.</summary>
internal static class RuleText
{
    /// <summary>Writes the page of a rule.</summary>
    public static void Write(RuleDescriptor rule, TerminalPage page)
    {
        page.Write(rule.Name, Styles.Strong).Write("  ").WriteLine(rule.Severity.Name(), Styles.Of(rule.Severity));
        page.WriteProse(rule.Title + ".", "", "");
        WriteSection(page, "What it does", rule.What);
        WriteSection(page, "Why this matters", rule.Why);
        WriteSection(page, "Example", rule.Bad);
        WriteSection(page, "Correct", rule.Good);
        WriteSection(page, "How to fix", rule.Fix);
        WriteSection(page, "When to disable", rule.WhenOff);
    }

    private static void WriteSection(TerminalPage page, string heading, string markdown)
    {
        page.WriteLine().WriteLine(heading, Styles.Strong);
        var paragraph = new List<string>();
        var isCode = false;
        foreach (var line in markdown.ReplaceLineEndings("\n").Trim().Split('\n'))
        {
            var isFence = line.StartsWith("```", StringComparison.Ordinal);
            if (isFence || isCode || line.Length == 0 || line.StartsWith("- ", StringComparison.Ordinal))
            {
                WriteParagraph(page, paragraph);
            }

            if (isFence)
            {
                isCode = !isCode;
            }
            else if (isCode)
            {
                page.WriteLine("      " + line, Styles.Path);
            }
            else if (line.Length == 0)
            {
                page.WriteLine();
            }
            else
            {
                paragraph.Add(line);
            }
        }

        WriteParagraph(page, paragraph);
    }

    private static void WriteParagraph(TerminalPage page, List<string> lines)
    {
        if (lines.Count > 0)
        {
            page.WriteProse(string.Join(' ', lines), "  ", lines[0].StartsWith("- ", StringComparison.Ordinal) ? "    " : "  ");
            lines.Clear();
        }
    }
}
