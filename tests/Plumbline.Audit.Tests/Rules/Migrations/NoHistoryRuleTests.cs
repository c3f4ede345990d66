using Plumbline.Audit.Live;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class NoHistoryRuleTests
{
    private const string Title = "high: The database has tables of the project but no migration history";

    [Fact]
    public void Tables_without_a_history_are_one_finding_and_nothing_is_pending_beside_it()
    {
        var finding = Assert.Single(Scene().With<PendingRule>().Live("", WithoutHistory).Run().Findings);

        Assert.Equal("migration/no-history", finding.Rule);
        Assert.Equal("There is no table _prisma_migrations, and prisma/migrations has 2 migrations. The database has every table that they create (2).", finding.Message);
        Assert.Contains("P3005", finding.Impact, StringComparison.Ordinal);
        Assert.Contains("prisma migrate resolve --applied", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_has_some_of_the_tables_is_compared_with_all_migrations()
    {
        var findings = Scene(RuleTest.For<MissingTableRule>()).With<NoHistoryRule>().Live("DROP TABLE b;", WithoutHistory).Run().Findings;

        Assert.Equal(["drift/missing-table", "migration/no-history"], findings.Select(f => f.Rule).Order(StringComparer.Ordinal));
        Assert.Contains("1 of the 2 tables", findings.Single(f => f.Rule == "migration/no-history").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_has_none_of_the_tables_may_be_another_one()
    {
        var findings = Scene().With<PendingRule>().With<MissingTableRule>().Live("DROP TABLE a; DROP TABLE b; CREATE TABLE other (id int);", WithoutHistory).Run().Findings;

        var finding = Assert.Single(findings);
        Assert.Equal("The database is not empty but has no migration history", finding.Title);
        Assert.StartsWith("Check whether the URL names the database", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void In_an_empty_database_everything_is_pending_and_nothing_else() =>
        Assert.Equal(
            "2 migrations are not applied to the database",
            Assert.Single(Scene().With<PendingRule>().With<MissingTableRule>().Live("DROP TABLE a; DROP TABLE b;", live => live with { History = live.History! with { Rows = null, IsEmpty = true } }).Run().Findings).Title);

    [Fact]
    public void A_database_with_a_history_has_one() => Scene().Live("").ExpectNothing();

    [Fact]
    public void Where_the_own_runner_runs_the_migrations_no_history_of_Prisma_is_expected() =>
        RuleTest.For<NoHistoryRule>()
            .Migration("2025_a", "CREATE TABLE a (id int);\n-- NEXT_STATEMENT\nCREATE TABLE u (id int);")
            .File("src/migrations.ts", "for (const part of migration.split('NEXT_STATEMENT')) await tx.$executeRawUnsafe(part);")
            .Live("", WithoutHistory)
            .ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => Scene().ExpectNothing();

    [Fact]
    public void One_finding_has_no_place_in_the_repository() => Scene().Live("", WithoutHistory).ExpectNowhere(Title);

    private static RuleTest Scene(RuleTest? test = null) => (test ?? RuleTest.For<NoHistoryRule>()).Migration("2025_a", "CREATE TABLE a (id int);").Migration("2025_b", "CREATE TABLE b (id int);");

    private static LiveDatabase WithoutHistory(LiveDatabase live) => live with { History = live.History! with { Rows = null } };
}
