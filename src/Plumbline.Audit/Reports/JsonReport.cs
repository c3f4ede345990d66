using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports.Json;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Reports;

/// <summary>Writes an audit as JSON, in the shape that programs rely on.</summary>
public static class JsonReport
{
    private const int FormatVersion = 1;

    /// <summary>Writes the report as UTF-8; ends in a line feed.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="path">The path that was asked to be audited, as it was given.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(AuditResult result, string path, Stream output) =>
        JsonOutput.Write(ShapeOf(result, path), ReportJsonContext.Default.AuditShape, output);

    private static AuditShape ShapeOf(AuditResult result, string path) => new(
        FormatVersion,
        new ToolShape("plumb", ToolVersion.Text),
        new TargetShape(path, result.Repository.Projects.Select(project => new ProjectShape(project.Name, ShownPath(project.SchemaPath), ShownPath(project.History?.Path)))),
        SummaryOf(result),
        result.Findings.Select(FindingShape.Of),
        result.Verified.Select(FactShape.Of),
        ViewsShape.Of(result.Views));

    private static string? ShownPath(string? path) => path is null ? null : RelativePath.Shown(path);

    private static SummaryShape SummaryOf(AuditResult result) => new(
        result.Readiness.Verdict.Name(),
        result.Readiness.Reasons,
        result.Count(Severity.Critical),
        result.Count(Severity.High),
        result.Count(Severity.Medium),
        result.Count(Severity.Low),
        result.Count(Severity.Info),
        result.Findings.Sum(finding => finding.Occurrences.Length),
        result.Verified.Length,
        result.Suppressed,
        result.Accepted,
        result.Incomplete.Select(incomplete => new IncompleteShape(incomplete.What, incomplete.Why)));
}
