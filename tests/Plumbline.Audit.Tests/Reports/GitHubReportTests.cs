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

    private static string[] Lines(AuditResult result)
    {
        using var output = new StringWriter();
        GitHubReport.Write(result, output);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
