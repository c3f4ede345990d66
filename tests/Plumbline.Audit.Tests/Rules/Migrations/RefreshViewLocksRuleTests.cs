using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class RefreshViewLocksRuleTests
{
    [Fact]
    public void Readers_wait() =>
        RuleTest.For<RefreshViewLocksRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|REFRESH MATERIALIZED VIEW \"m\"|];")
            .Pending("2025_b")
            .Expect("medium: m is refreshed without CONCURRENTLY");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<RefreshViewLocksRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|REFRESH MATERIALIZED VIEW \"m\"|];")
            .Expect("info: m is refreshed without CONCURRENTLY");

    [Fact]
    public void CONCURRENTLY_lets_them_read() =>
        RuleTest.For<RefreshViewLocksRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "REFRESH MATERIALIZED VIEW CONCURRENTLY \"m\";")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<RefreshViewLocksRule>("[|REFRESH MATERIALIZED VIEW \"m\"|]", "medium: m is refreshed without CONCURRENTLY", "CREATE MATERIALIZED VIEW \"m\" AS SELECT \"id\" FROM \"t\";");

    [Fact]
    public void A_new_view_has_no_readers() =>
        StatementScene.Pending<RefreshViewLocksRule>("", "CREATE MATERIALIZED VIEW \"m\" AS SELECT \"id\" FROM \"t\" WITH NO DATA; REFRESH MATERIALIZED VIEW \"m\";").ExpectNothing();
}
