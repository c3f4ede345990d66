using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DataAndSchemaMixedRuleTests
{
    [Fact]
    public void Locks_are_held_while_rows_change() =>
        RuleTest.For<DataAndSchemaMixedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                ALTER TABLE "t" ADD COLUMN "x" INT;
                [|UPDATE "t" SET "x" = 1 WHERE "id" > 0|];
                UPDATE "t" SET "x" = 2 WHERE "id" < 0;
                """)
            .Pending("2025_b")
            .Expect("low: 2025_b changes tables and the rows of t");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<DataAndSchemaMixedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                ALTER TABLE "t" ADD COLUMN "x" INT;
                [|UPDATE "t" SET "x" = 1 WHERE "id" > 0|];
                UPDATE "t" SET "x" = 2 WHERE "id" < 0;
                """)
            .Expect("info: 2025_b changes tables and the rows of t");

    [Fact]
    public void A_new_table_may_be_filled() =>
        RuleTest.For<DataAndSchemaMixedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v" ("a" INT);
                ALTER TABLE "v" ADD COLUMN "b" INT;
                INSERT INTO "v" SELECT 1, 2;
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void A_block_changes_the_tables_or_the_rows() =>
        StatementScene.Pending<DataAndSchemaMixedRule>("", "DO $$ BEGIN ALTER TABLE \"t\" ADD COLUMN \"x\" INT; END $$; DO $$ BEGIN [|UPDATE \"t\" SET \"x\" = 1 WHERE \"id\" > 0|]; END $$;").Expect("low: 2025_b changes tables and the rows of t");

    [Fact]
    public void Rows_of_a_temporary_table_are_no_data() =>
        StatementScene.Pending<DataAndSchemaMixedRule>("", "CREATE TEMP TABLE \"n\" AS SELECT * FROM \"t\"; ALTER TABLE \"t\" ADD COLUMN \"x\" INT; UPDATE \"n\" SET \"c\" = 1;").ExpectNothing();
}
