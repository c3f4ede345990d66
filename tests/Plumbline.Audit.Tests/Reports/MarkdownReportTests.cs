using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports;

namespace Plumbline.Audit.Tests.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void Sections_stand_in_their_order_and_empty_ones_are_left_out() =>
        Assert.Equal(
            [
                "## Executive summary",
                "## Detailed findings",
                "## Refactoring plan",
                "## Recommendations",
                "## Verified",
                "## Not checked",
            ],
            Markdown(SampleAudit.Result).Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)));

    [Fact]
    public void A_finding_shows_the_lines_that_it_points_to() =>
        Assert.Contains("```prisma\nemail String\n```", Markdown(SampleAudit.Of(SampleAudit.Finding with { Cause = null })), StringComparison.Ordinal);

    [Fact]
    public void A_fix_is_shown_as_SQL_with_its_kind() =>
        Assert.Contains("Fix, as migration add_users_email (existing rows need a backfill or cleanup first):\n\n```sql\nALTER TABLE \"users\" ADD COLUMN \"email\" TEXT;\n```\n", Markdown(SampleAudit.Result), StringComparison.Ordinal);

    [Fact]
    public void A_finding_shows_the_lines_of_its_cause() =>
        Assert.Contains("\n`app/prisma/migrations/1_init/migration.sql:1:1` (migration)\n", Markdown(SampleAudit.Result), StringComparison.Ordinal);

    [Fact]
    public void Several_occurrences_are_a_table()
    {
        var occurrence = SampleAudit.Finding.Occurrences[0];
        var other = occurrence with { Subject = occurrence.Subject with { Name = "phone|fax" }, Severity = Severity.Low };

        Assert.Contains(
            "| what | severity | place |\n|---|---|---|\n| users.email | critical | app/prisma/schema.prisma:3:5 |\n| users.phone\\|fax | low | app/prisma/schema.prisma:3:5 |\n",
            Markdown(SampleAudit.Of(SampleAudit.Finding with { Occurrences = [occurrence, other] })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_cannot_break_out_of_its_line_or_cell()
    {
        var finding = SampleAudit.Finding with { Title = "a | b <script>\n# x `c` _d_ e_f" };

        Assert.Contains("### a \\| b \\<script\\> # x \\`c\\` \\_d\\_ e_f\n", Markdown(SampleAudit.Of(finding)), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_with_fences_gets_a_longer_fence()
    {
        var finding = SampleAudit.Finding with { Fix = new FindingFix(FixKind.Safe, "-- ```\nSELECT 1;") };

        Assert.Contains("````sql\n-- ```\nSELECT 1;\n````\n", Markdown(SampleAudit.Of(finding)), StringComparison.Ordinal);
    }

    private static string Markdown(AuditResult result)
    {
        using var output = new StringWriter();
        MarkdownReport.Write(result, ".", output);
        return output.ToString();
    }
}
