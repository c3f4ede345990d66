using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class MissingLockTimeoutRuleTests
{
    [Fact]
    public void An_alteration_may_wait_for_ever() =>
        RuleTest.For<MissingLockTimeoutRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|ALTER TABLE \"t\" ADD COLUMN \"x\" TEXT|];")
            .Expect("info: 1 migration alters existing tables without a lock_timeout");

    [Fact]
    public void A_timeout_anywhere_shows_that_they_know() =>
        RuleTest.For<MissingLockTimeoutRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                SET lock_timeout = '5s';
                ALTER TABLE "t" ADD COLUMN "x" TEXT;
                """)
            .ExpectNothing();

    [Fact]
    public void New_tables_are_waited_for_by_nobody() =>
        RuleTest.For<MissingLockTimeoutRule>()
            .Migration("2025_a", """
                CREATE TABLE "v" ("a" INT);
                ALTER TABLE "v" ADD COLUMN "x" TEXT;
                """)
            .ExpectNothing();

    [Fact]
    public void One_more_migration_makes_no_other_finding_of_it()
    {
        var test = RuleTest.For<MissingLockTimeoutRule>().Migration("2025_a", "CREATE TABLE t (id INT PRIMARY KEY);").Migration("2025_b", "ALTER TABLE t ADD COLUMN x TEXT;");
        var before = Assert.Single(test.Run().Findings).Fingerprint;

        Assert.Equal(before, Assert.Single(test.Migration("2025_c", "ALTER TABLE t ADD COLUMN y TEXT;").Run().Findings).Fingerprint);
    }
}
