using System.Collections.Immutable;
using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Rules;

/// <summary>The documentation of a rule as a page of Markdown: <c>plumb explain</c> prints it, and <c>docs/rules</c> has one page per rule.</summary>
public static class RulePage
{
    /// <summary>The page of a rule; ends in a line feed.</summary>
    public static string Render(RuleDescriptor rule)
    {
        var page = new StringBuilder();
        page.Append("# ").Append(rule.Name).Append("\n\n");
        page.Append(rule.Title).Append(".\n\n");
        page.Append("| severity | reads | fix |\n|---|---|---|\n");
        page.Append("| ").Append(rule.Severity.Name()).Append(" | ").Append(Needs(rule)).Append(" | ").Append(rule.HasFix ? "yes" : "no").Append(" |\n");
        Section(page, "What it does", rule.What);
        Section(page, "Why this matters", rule.Why);
        Section(page, "Example", rule.Bad);
        Section(page, "Correct", rule.Good);
        Section(page, "How to fix", rule.Fix);
        Section(page, "When to disable", rule.WhenOff);
        return page.ToString();
    }

    /// <summary>The table of all rules; ends in a line feed.</summary>
    public static string RenderIndex(ImmutableArray<RuleDescriptor> rules)
    {
        var page = new StringBuilder("# Rules\n\n");
        page.Append("Severities are defaults; evidence can raise or lower the severity of a finding.\n");
        foreach (var area in rules.GroupBy(r => r.Area, StringComparer.Ordinal))
        {
            page.Append("\n## ").Append(area.Key).Append("\n\n| rule | severity | fix | what it finds |\n|---|---|---|---|\n");
            foreach (var rule in area)
            {
                page.Append("| [").Append(rule.Name).Append("](").Append(rule.Name).Append(".md) | ").Append(rule.Severity.Name()).Append(" | ")
                    .Append(rule.HasFix ? "yes" : "").Append(" | ").Append(rule.Title).Append(" |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>What a rule reads, as reports name it.</summary>
    public static string Name(this RuleNeed need) => need switch
    {
        RuleNeed.Schema => "schema",
        RuleNeed.Migrations => "migrations",
        RuleNeed.Repository => "repository",
        RuleNeed.Database => "database",
        _ => "code",
    };

    private static string Needs(RuleDescriptor rule) => string.Join(", ", rule.Needs.Select(n => n.Name()));

    private static void Section(StringBuilder page, string heading, string text) =>
        page.Append("\n## ").Append(heading).Append("\n\n").Append(text.ReplaceLineEndings("\n").Trim()).Append('\n');
}
