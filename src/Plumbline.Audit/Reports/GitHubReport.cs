using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using static Plumbline.Audit.Reports.MarkdownText;

namespace Plumbline.Audit.Reports;

/// <summary>
/// Writes the findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request. GitHub shows at most ten errors, ten warnings
/// and ten notices of a step; the highest severities come first, and what is left goes into the summary of the job.
/// </summary>
/// <remarks>GitHub documentation, "Workflow commands for GitHub Actions": setting an error, warning or notice message; adding a job summary.</remarks>
public static class GitHubReport
{
    private const int MostOfLevel = 10;
    private static readonly ImmutableArray<string> Levels = ["error", "warning", "notice"];

    /// <summary>Writes one command for each finding, as far as GitHub shows them, and one notice with the verdict.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="output">Takes the commands.</param>
    /// <param name="summary">Takes the findings that have no command, as Markdown; null where there is no job summary.</param>
    public static void Write(AuditResult result, TextWriter output, TextWriter? summary = null)
    {
        var left = new List<Finding>();
        foreach (var level in Levels)
        {
            // The verdict is a notice too.
            var most = level == "notice" ? MostOfLevel - 1 : MostOfLevel;
            var findings = result.Findings.Where(finding => LevelOf(finding) == level).OrderByDescending(finding => finding.Severity).ToList();
            foreach (var finding in findings.Take(most))
                WriteCommand(level, finding, output);

            left.AddRange(findings.Skip(most));
        }

        var verdict = $"{result.Readiness.Verdict.Name()}: {string.Join(" ", result.Readiness.Reasons)}";
        if (left.Count > 0)
            verdict += $" {Plural.Of(left.Count, "more finding has", "more findings have")} no annotation{(summary is null ? "" : "; the job summary lists them")}.";

        output.Write($"::notice title=plumb::{Data(verdict)}\n");
        if (summary is not null && left.Count > 0)
            WriteSummary(left, summary);
    }

    private static string LevelOf(Finding finding) => finding.Severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium or Severity.Low => "warning",
        _ => "notice",
    };

    private static void WriteCommand(string level, Finding finding, TextWriter output)
    {
        output.Write($"::{level} ");
        if (finding.Locations is [var first, ..])
        {
            var place = first.Place;
            output.Write("file=" + Property(place.Path));
            output.Write(string.Create(CultureInfo.InvariantCulture, $",line={place.Line},endLine={place.EndLine}"));

            // GitHub takes columns only where begin and end are in one line.
            if (place.Line == place.EndLine)
                output.Write(string.Create(CultureInfo.InvariantCulture, $",col={place.Column},endColumn={place.EndColumn}"));

            output.Write(',');
        }

        output.Write("title=" + Property($"{finding.Rule}: {finding.Title}"));
        output.Write("::");
        output.Write(Data($"{finding.Message}\n{finding.Impact}\n{finding.Recommendation}"));
        output.Write('\n');
    }

    private static void WriteSummary(List<Finding> findings, TextWriter summary)
    {
        summary.Write("## plumb audit: findings without an annotation\n\n| severity | rule | finding | place |\n|---|---|---|---|\n");
        foreach (var finding in findings)
        {
            var place = finding.Locations is [var first, ..] ? Code(first.Place.ToString()) : "";
            summary.Write($"| {finding.Severity.Name()} | {finding.Rule} | {Escape(finding.Title)} | {place} |\n");
        }
    }

    // As @actions/core escapes them: a percent sign first, since it begins the other escapes.
    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
