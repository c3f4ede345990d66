using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class RenameTableRuleTests
{
    [Fact]
    public void Running_clients_know_the_old_name() =>
        RuleTest.For<RenameTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|ALTER TABLE \"t\" RENAME TO \"x\"|];")
            .Pending("2025_b")
            .Expect("high: The table t is renamed to x");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<RenameTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|ALTER TABLE \"t\" RENAME TO \"x\"|];")
            .Expect("info: The table t is renamed to x");

    [Fact]
    public void What_the_same_migration_made_may_be_changed() =>
        RuleTest.For<RenameTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v_new" ("id" INT);
                ALTER TABLE "v_new" RENAME TO "v";
                """)
            .Pending("2025_b")
            .ExpectNothing();
}
