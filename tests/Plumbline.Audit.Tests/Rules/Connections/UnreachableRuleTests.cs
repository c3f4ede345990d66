using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.Audit.Rules.Connections;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class UnreachableRuleTests
{
    [Theory]
    [InlineData(CatalogFailure.Refused, "P1001")]
    [InlineData(CatalogFailure.NameNotFound, "P1001")]
    [InlineData(CatalogFailure.Login, "P1000")]
    [InlineData(CatalogFailure.NoSuchDatabase, "P1003")]
    [InlineData(CatalogFailure.Denied, "P1010")]
    [InlineData(CatalogFailure.Tls, "P1011")]
    public void A_database_that_was_asked_for_and_not_reached_is_found_with_prismas_code(CatalogFailure failure, string code)
    {
        var result = Test(failure).Run();
        var finding = Assert.Single(result.Findings);

        Assert.Equal($"The database at db.example.org:5433 could not be reached ({code})", finding.Title);
        Assert.Equal("No way to it. The attempt took 3.0 seconds.", finding.Message);
        Assert.DoesNotContain("secret", finding.Title + finding.Message + finding.Impact + finding.Recommendation + finding.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_database_holds_is_unknown_then_and_never_fine()
    {
        var result = Test(CatalogFailure.TimedOut).Run();

        Assert.Equal(Verdict.Unknown, result.Readiness.Verdict);
        Assert.Contains(result.Incomplete, item => item is { WasAskedFor: true, What: "the database postgresql://app:***@db.example.org:5433/app" });
    }

    [Theory]
    [InlineData(LiveReading.Catalog, "The database at db.example.org:5433 could not be read", "Fix the problem that the message names.")]
    [InlineData(LiveReading.History, "The migration history of the database at db.example.org:5433 could not be read", "Let the role read it, with GRANT SELECT ON _prisma_migrations, or connect as another role.")]
    public void A_database_that_was_reached_and_not_read_is_reported_as_that(LiveReading failedAt, string title, string recommendation)
    {
        var finding = Assert.Single(Test(CatalogFailure.Denied, failedAt).Run().Findings);

        Assert.Equal((title, "No way to it.", recommendation), (finding.Title, finding.Message, finding.Recommendation));
    }

    [Fact]
    public void A_database_that_was_reached_is_no_finding() =>
        RuleTest.For<UnreachableRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").ExpectNothing();

    [Fact]
    public void A_database_that_nobody_asked_for_is_no_finding() =>
        RuleTest.For<UnreachableRule>().Migration("2025_a", "CREATE TABLE a (id int);").ExpectNothing();

    private static RuleTest Test(CatalogFailure failure, LiveReading failedAt = LiveReading.Connection)
    {
        Assert.True(DatabaseUrl.TryParse("postgresql://app:secret@db.example.org:5433/app", out var url, out _));
        var database = new LiveDatabase(url) { Failure = new CatalogException(failure, "No way to it.", failure == CatalogFailure.Denied ? "42501" : null), FailedAt = failedAt, Waited = TimeSpan.FromSeconds(3) };
        return RuleTest.For<UnreachableRule>().Migration("2025_a", "CREATE TABLE a (id int);").Options(AuditOptions.Default with { Databases = AuditOptions.Default.Databases.Add("app", database) });
    }
}
