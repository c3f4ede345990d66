using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class PreferTimestamptzRuleTests
{
    [Fact]
    public void The_time_zone_is_lost() =>
        RuleTest.For<PreferTimestamptzRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN [|\"x\" TIMESTAMP(3)|];")
            .Pending("2025_b")
            .Expect("info: t.x is a timestamp without time zone");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<PreferTimestamptzRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN [|\"x\" TIMESTAMP(3)|];")
            .Expect("info: t.x is a timestamp without time zone");

    [Fact]
    public void Timestamptz_keeps_the_moment() =>
        RuleTest.For<PreferTimestamptzRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" TIMESTAMPTZ(3), ADD COLUMN \"y\" DATE;")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<PreferTimestamptzRule>("CREATE TABLE \"n\" ([|\"x\" TIMESTAMP(3)|])", "info: n.x is a timestamp without time zone");

    [Fact]
    public void A_table_from_a_query_has_the_types_of_the_query() =>
        StatementScene.Pending<PreferTimestamptzRule>("", "[|CREATE TABLE \"n\" AS SELECT now()::timestamp AS \"x\"|];").Expect("info: n.x is a timestamp without time zone");

    [Fact]
    public void IF_NOT_EXISTS_of_a_table_that_exists_creates_nothing() =>
        StatementScene.Pending<PreferTimestamptzRule>("", "CREATE TABLE IF NOT EXISTS \"t\" (\"x\" TIMESTAMP); ALTER TABLE \"t\" ADD COLUMN IF NOT EXISTS \"a\" TIMESTAMP;").ExpectNothing();

    [Fact]
    public void A_temporary_table_is_gone_soon() =>
        StatementScene.Pending<PreferTimestamptzRule>("", "CREATE TEMP TABLE \"n\" (\"x\" TIMESTAMP); ALTER TABLE \"n\" ADD COLUMN \"y\" TIMESTAMP;").ExpectNothing();
}
