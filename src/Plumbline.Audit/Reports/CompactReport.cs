using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Reports;

/// <summary>Writes one line for each occurrence, as compilers do: editors and scripts can follow it.</summary>
public static class CompactReport
{
    /// <summary>Writes <c>path:line:col: severity rule title</c>; what has no place begins with the program's name.</summary>
    public static void Write(AuditResult result, TextWriter output)
    {
        foreach (var occurrence in result.Findings.SelectMany(finding => finding.Occurrences))
        {
            var place = occurrence.Locations is [var first, ..] ? first.Place.ToString() : "plumb";
            output.Write(InertText.InLine($"{place}: {occurrence.Severity.Name()} {occurrence.Rule} {occurrence.Title}"));
            output.Write('\n');
        }
    }
}
