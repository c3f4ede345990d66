using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class SetNotNullUnvalidatedRuleTests
{
    [Fact]
    public void The_table_is_read_under_a_lock() =>
        RuleTest.For<SetNotNullUnvalidatedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ALTER COLUMN \"a\" SET NOT NULL|];")
            .Pending("2025_b")
            .Expect("medium: t.a is made required");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<SetNotNullUnvalidatedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ALTER COLUMN \"a\" SET NOT NULL|];")
            .Expect("info: t.a is made required");

    [Fact]
    public void A_check_is_proof() =>
        RuleTest.For<SetNotNullUnvalidatedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                ALTER TABLE "t" ADD CONSTRAINT "t_a" CHECK ("a" IS NOT NULL) NOT VALID;
                ALTER TABLE "t" VALIDATE CONSTRAINT "t_a";
                ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL;
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void A_check_that_comes_later_proves_nothing() =>
        RuleTest.For<SetNotNullUnvalidatedRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT PRIMARY KEY, \"a\" TEXT);")
            .Migration("2025_b", """
                ALTER TABLE "t" [|ALTER COLUMN "a" SET NOT NULL|];
                ALTER TABLE "t" ADD CONSTRAINT "t_a" CHECK ("a" IS NOT NULL);
                """)
            .Pending("2025_b")
            .Expect("medium: t.a is made required");
}
