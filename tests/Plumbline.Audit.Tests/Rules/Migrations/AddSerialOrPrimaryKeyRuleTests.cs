using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class AddSerialOrPrimaryKeyRuleTests
{
    [Fact]
    public void The_table_is_rewritten() =>
        RuleTest.For<AddSerialOrPrimaryKeyRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"n\" SERIAL|];")
            .Pending("2025_b")
            .Expect("medium: t gets a serial column or a primary key");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<AddSerialOrPrimaryKeyRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"n\" SERIAL|];")
            .Expect("info: t gets a serial column or a primary key");

    [Fact]
    public void What_the_same_migration_made_may_be_changed() =>
        RuleTest.For<AddSerialOrPrimaryKeyRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v" ("a" INT);
                ALTER TABLE "v" ADD COLUMN "n" SERIAL, ADD PRIMARY KEY ("a");
                """)
            .Pending("2025_b")
            .ExpectNothing();
}
