using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DropTableRuleTests
{
    [Fact]
    public void A_pending_drop_loses_data() =>
        RuleTest.For<DropTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "DROP TABLE [|\"u\"|];")
            .Pending("2025_b")
            .Expect("high: The table u is dropped");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<DropTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "DROP TABLE [|\"u\"|];")
            .Expect("info: The table u is dropped");

    [Fact]
    public void What_the_same_migration_made_may_be_changed() =>
        RuleTest.For<DropTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v" ("id" INT);
                DROP TABLE "v";
                """)
            .Pending("2025_b")
            .ExpectNothing();
}
