using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Reports;

namespace Plumbline.Audit.Tests.Reports;

public sealed class CompactReportTests
{
    [Fact]
    public void Each_occurrence_is_one_line()
    {
        var occurrence = SampleAudit.Finding.Occurrences[0];
        var finding = SampleAudit.Finding with { Occurrences = [occurrence, occurrence with { Rule = "drift/index", Severity = Severity.Low, Title = "two", Locations = [] }] };
        Assert.Equal(
            "app/prisma/schema.prisma:3:5: critical drift/missing-column users.email is in the schema but no migration creates it\nplumb: low drift/index two\n",
            Compact(SampleAudit.Of(finding)));
    }

    [Fact]
    public void A_title_cannot_forge_a_line()
    {
        var occurrence = SampleAudit.Finding.Occurrences[0] with { Title = "a\nb.sql:1:1: critical x\e[2J", Locations = [] };
        Assert.Equal("plumb: critical drift/missing-column a\\nb.sql:1:1: critical x\\u001B[2J\n", Compact(SampleAudit.Of(SampleAudit.Finding with { Occurrences = [occurrence] })));
    }

    private static string Compact(AuditResult result)
    {
        using var output = new StringWriter();
        CompactReport.Write(result, output);
        return output.ToString();
    }
}
