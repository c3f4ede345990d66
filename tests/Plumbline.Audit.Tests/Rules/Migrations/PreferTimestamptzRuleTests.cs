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
}
