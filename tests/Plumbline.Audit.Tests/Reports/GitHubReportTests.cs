using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports;

namespace Plumbline.Audit.Tests.Reports;

public sealed class GitHubReportTests
{
    [Fact]
    public void A_finding_becomes_one_command_with_its_first_place() =>
        Assert.Equal(
            "::error file=app/prisma/schema.prisma,line=3,endLine=3,col=5,endColumn=17,title=drift/missing-column%3A users.email is in the schema but no migration creates it" +
            "::100 %25 of it: \"email\",%0Asee there.%0AQueries fail.%0AAdd it.",
            Lines(SampleAudit.Result)[0]);

    [Fact]
    public void Commas_and_colons_of_a_path_do_not_end_the_property()
    {
        var place = SampleAudit.Finding.Locations[0].Place with { Path = "a,b:c.prisma" };
        var finding = SampleAudit.Finding with { Locations = [new FindingLocation(LocationRole.Schema, place)] };

        Assert.StartsWith("::error file=a%2Cb%3Ac.prisma,line=3", Lines(SampleAudit.Of(finding))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("critical", "error")]
    [InlineData("high", "error")]
    [InlineData("medium", "warning")]
    [InlineData("low", "warning")]
    [InlineData("info", "notice")]
    public void The_severity_chooses_the_command(string severity, string command)
    {
        Assert.True(SeverityNames.TryParse(severity, out var value));

        Assert.StartsWith($"::{command} ", Lines(SampleAudit.Of(SampleAudit.Finding with { Severity = value }))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_of_several_lines_names_no_columns()
    {
        var finding = SampleAudit.Finding with { Locations = [SampleAudit.Finding.Locations[1]] };

        Assert.Contains(",line=1,endLine=4,title=", Lines(SampleAudit.Of(finding))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_stands_at_the_end() =>
        Assert.StartsWith("::notice title=plumb::not-ready: critical: users.email", Lines(SampleAudit.Result)[^1], StringComparison.Ordinal);

    [Fact]
    public void Ten_of_a_level_are_shown_the_most_severe_first_and_the_job_summary_has_the_rest()
    {
        var findings = Enumerable.Range(1, 12).Select(i => SampleAudit.Finding with { Title = $"high {i}", Severity = Severity.High }).Append(SampleAudit.Finding).ToImmutableArray();
        using var output = new StringWriter();
        using var summary = new StringWriter();
        GitHubReport.Write(SampleAudit.Of(findings), output, summary);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Count(line => line.StartsWith("::error ", StringComparison.Ordinal)));
        Assert.Contains("users.email is in the schema", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("3 more findings have no annotation; the job summary lists them.", lines[^1], StringComparison.Ordinal);
        Assert.Equal(
            "## plumb audit: findings without an annotation\n\n| severity | rule | finding | place |\n|---|---|---|---|\n" +
            string.Concat(Enumerable.Range(10, 3).Select(i => $"| high | drift/missing-column | high {i} | `app/prisma/schema.prisma:3:5` |\n")),
            summary.ToString());
    }

    [Fact]
    public void The_verdict_is_one_of_the_ten_notices()
    {
        var findings = Enumerable.Range(1, 12).Select(i => SampleAudit.Finding with { Title = $"info {i}", Severity = Severity.Info }).ToImmutableArray();
        Assert.Equal(10, Lines(SampleAudit.Of(findings)).Length);
    }

    private static string[] Lines(AuditResult result)
    {
        using var output = new StringWriter();
        GitHubReport.Write(result, output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
