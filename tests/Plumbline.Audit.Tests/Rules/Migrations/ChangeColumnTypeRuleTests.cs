using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ChangeColumnTypeRuleTests
{
    [Fact]
    public void The_table_is_rewritten() =>
        RuleTest.For<ChangeColumnTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ALTER COLUMN \"c\" SET DATA TYPE BIGINT|];")
            .Pending("2025_b")
            .Expect("high: The type of t.c is changed to BIGINT");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<ChangeColumnTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ALTER COLUMN \"c\" SET DATA TYPE BIGINT|];")
            .Expect("info: The type of t.c is changed to BIGINT");

    [Fact]
    public void Text_takes_any_string_without_a_rewrite() =>
        RuleTest.For<ChangeColumnTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ALTER COLUMN \"a\" SET DATA TYPE TEXT;")
            .Pending("2025_b")
            .ExpectNothing();
}
