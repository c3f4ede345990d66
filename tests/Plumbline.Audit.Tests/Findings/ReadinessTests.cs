using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Tests.Reports;

namespace Plumbline.Audit.Tests.Findings;

public sealed class ReadinessTests
{
    private static readonly Incomplete NotAskedFor = new("the database", "no database was named");
    private static readonly Incomplete AskedFor = new("the database", "it was not reached", WasAskedFor: true);

    [Theory]
    [InlineData(Severity.Critical, Verdict.NotReady)]
    [InlineData(Severity.High, Verdict.NotReady)]
    [InlineData(Severity.Medium, Verdict.ReadyWithWarnings)]
    [InlineData(Severity.Low, Verdict.Ready)]
    [InlineData(Severity.Info, Verdict.Ready)]
    public void The_gravest_finding_decides(Severity severity, Verdict verdict) =>
        Assert.Equal(verdict, Readiness.Of([SampleAudit.Finding with { Severity = severity }], [NotAskedFor]).Verdict);

    [Fact]
    public void What_was_asked_for_and_not_reached_leaves_the_verdict_unknown() =>
        Assert.Equal(Verdict.Unknown, Readiness.Of([SampleAudit.Finding with { Severity = Severity.Medium }], [AskedFor]).Verdict);

    [Fact]
    public void A_high_finding_outweighs_what_was_not_reached() =>
        Assert.Equal(Verdict.NotReady, Readiness.Of([SampleAudit.Finding with { Severity = Severity.High }], [AskedFor]).Verdict);

    [Fact]
    public void Reasons_name_the_findings_that_decided() =>
        Assert.Equal(["critical: users.email is in the schema but no migration creates it (drift/missing-column)."], Readiness.Of([SampleAudit.Finding], []).Reasons);

    [Fact]
    public void Many_reasons_are_cut_after_five()
    {
        var reasons = Readiness.Of([.. Enumerable.Repeat(SampleAudit.Finding, 9)], []).Reasons;

        Assert.Equal(6, reasons.Length);
        Assert.Equal("4 more findings of high or critical severity.", reasons[^1]);
    }
}
