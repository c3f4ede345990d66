using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Reports;

/// <summary>Writes the findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.</summary>
/// <remarks>GitHub documentation, "Workflow commands for GitHub Actions": setting an error, warning or notice message.</remarks>
public static class GitHubReport
{
    /// <summary>Writes one command for each finding, and one notice with the verdict.</summary>
    public static void Write(AuditResult result, TextWriter output)
    {
        foreach (var finding in result.Findings)
        {
            var command = finding.Severity switch
            {
                Severity.Critical or Severity.High => "error",
                Severity.Medium or Severity.Low => "warning",
                _ => "notice",
            };
            output.Write("::");
            output.Write(command);
            output.Write(' ');
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

        output.Write("::notice title=plumb::" + Data($"{result.Readiness.Verdict.Name()}: {string.Join(" ", result.Readiness.Reasons)}") + "\n");
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
