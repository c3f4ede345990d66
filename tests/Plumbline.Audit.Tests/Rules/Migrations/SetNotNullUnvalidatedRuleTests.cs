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

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<SetNotNullUnvalidatedRule>("ALTER TABLE \"t\" [|ALTER COLUMN \"a\" SET NOT NULL|]", "medium: t.a is made required");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<SetNotNullUnvalidatedRule>("ALTER TABLE \"n\" ALTER COLUMN \"a\" SET NOT NULL");

    [Fact]
    public void What_is_required_already_stays_so() =>
        StatementScene.Pending<SetNotNullUnvalidatedRule>("", "ALTER TABLE \"t\" ALTER COLUMN \"id\" SET NOT NULL;").ExpectNothing();

    [Fact]
    public void A_check_that_is_not_validated_is_no_proof() =>
        StatementScene.Pending<SetNotNullUnvalidatedRule>("ALTER TABLE \"t\" ADD CONSTRAINT \"t_a\" CHECK (\"a\" IS NOT NULL) NOT VALID;", "ALTER TABLE \"t\" [|ALTER COLUMN \"a\" SET NOT NULL|];").Expect("medium: t.a is made required");

    [Fact]
    public void A_check_that_is_dropped_is_no_proof() =>
        StatementScene.Pending<SetNotNullUnvalidatedRule>("ALTER TABLE \"t\" ADD CONSTRAINT \"t_a\" CHECK (\"a\" IS NOT NULL); ALTER TABLE \"t\" DROP CONSTRAINT \"t_a\";", "ALTER TABLE \"t\" [|ALTER COLUMN \"a\" SET NOT NULL|];").Expect("medium: t.a is made required");

    [Fact]
    public void A_check_that_a_block_adds_is_proof() =>
        StatementScene.Pending<SetNotNullUnvalidatedRule>("", "DO $$ BEGIN EXECUTE 'ALTER TABLE \"t\" ADD CONSTRAINT \"t_a\" CHECK (\"a\" IS NOT NULL)'; ALTER TABLE \"t\" ALTER COLUMN \"a\" SET NOT NULL; END $$;").ExpectNothing();

    [Fact]
    public void A_check_of_something_else_as_well_is_no_proof() =>
        StatementScene.Pending<SetNotNullUnvalidatedRule>("ALTER TABLE \"t\" ADD CONSTRAINT \"t_a\" CHECK (\"a\" = 'x' OR \"a\" IS NOT NULL);", "ALTER TABLE \"t\" [|ALTER COLUMN \"a\" SET NOT NULL|];").Expect("medium: t.a is made required");

    [Fact]
    public void The_rows_of_the_table_are_read_for_a_column_of_another_pending_migration_too() =>
        RuleTest.For<SetNotNullUnvalidatedRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT);")
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" INT;")
            .Migration("2025_c", "ALTER TABLE \"t\" [|ALTER COLUMN \"x\" SET NOT NULL|];")
            .Pending("2025_b")
            .Pending("2025_c")
            .Expect("medium: t.x is made required");
}
