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

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<ChangeColumnTypeRule>("ALTER TABLE \"t\" [|ALTER COLUMN \"c\" TYPE BIGINT|]", "high: The type of t.c is changed to BIGINT");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<ChangeColumnTypeRule>("ALTER TABLE \"n\" ALTER COLUMN \"c\" TYPE BIGINT");

    [Fact]
    public void The_same_type_changes_nothing() =>
        StatementScene.Pending<ChangeColumnTypeRule>("", "ALTER TABLE \"t\" ALTER COLUMN \"c\" TYPE INTEGER, ALTER COLUMN \"a\" TYPE TEXT USING \"a\"::text;").ExpectNothing();

    [Fact]
    public void A_longer_or_more_precise_type_changes_the_catalog_only() =>
        StatementScene.Pending<ChangeColumnTypeRule>("ALTER TABLE \"t\" ADD COLUMN \"v\" VARCHAR(10), ADD COLUMN \"n\" NUMERIC(10, 2), ADD COLUMN \"s\" TIMESTAMP(3);", "ALTER TABLE \"t\" ALTER COLUMN \"v\" TYPE VARCHAR(20), ALTER COLUMN \"n\" TYPE NUMERIC(12, 2), ALTER COLUMN \"s\" TYPE TIMESTAMP(6); ALTER TABLE \"t\" ALTER COLUMN \"v\" TYPE TEXT, ALTER COLUMN \"n\" TYPE NUMERIC, ALTER COLUMN \"s\" TYPE TIMESTAMP;").ExpectNothing();

    [Theory]
    [InlineData("ALTER COLUMN \"v\" TYPE VARCHAR(5)")]
    [InlineData("ALTER COLUMN \"a\" TYPE VARCHAR(5)")]
    [InlineData("ALTER COLUMN \"c\" TYPE TEXT")]
    [InlineData("ALTER COLUMN \"n\" TYPE NUMERIC(12, 3)")]
    [InlineData("ALTER COLUMN \"s\" TYPE TIMESTAMP(0)")]
    [InlineData("ALTER COLUMN \"s\" TYPE TIMESTAMPTZ(3)")]
    [InlineData("ALTER COLUMN \"a\" TYPE TEXT USING upper(\"a\")")]
    public void Values_that_are_stored_otherwise_or_checked_are_rewritten(string action) =>
        StatementScene.Pending<ChangeColumnTypeRule>("ALTER TABLE \"t\" ADD COLUMN \"v\" VARCHAR(10), ADD COLUMN \"n\" NUMERIC(10, 2), ADD COLUMN \"s\" TIMESTAMP(3);", $"ALTER TABLE \"t\" [|{action}|];").Expect();
}
