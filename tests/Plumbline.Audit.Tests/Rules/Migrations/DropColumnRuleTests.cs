using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DropColumnRuleTests
{
    [Fact]
    public void A_pending_drop_loses_data() =>
        RuleTest.For<DropColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|DROP COLUMN \"a\"|];")
            .Pending("2025_b")
            .Expect("high: The column t.a is dropped");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<DropColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|DROP COLUMN \"a\"|];")
            .Expect("info: The column t.a is dropped");

    [Fact]
    public void What_the_same_migration_made_may_be_changed() =>
        RuleTest.For<DropColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                ALTER TABLE "t" ADD COLUMN "x" INT;
                ALTER TABLE "t" DROP COLUMN "x";
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void A_column_that_a_DO_block_drops_is_dropped() =>
        Assert.Equal("The column t.a is dropped", RuleTest.For<DropColumnRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT, \"a\" INT);")
            .Migration("2025_b", "DO $$ BEGIN ALTER TABLE \"t\" DROP COLUMN \"a\"; END $$;")
            .Pending("2025_b")
            .Run().Findings.Single().Title);

    [Fact]
    public void IF_EXISTS_of_a_column_that_is_not_there_drops_nothing() =>
        RuleTest.For<DropColumnRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT);")
            .Migration("2025_b", "ALTER TABLE \"t\" DROP COLUMN IF EXISTS \"a\";")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void A_table_that_the_same_pending_set_creates_has_no_data() =>
        RuleTest.For<DropColumnRule>()
            .Migration("2025_a", "SELECT 1 AS \"id\", 2 AS \"a\" INTO \"t\";")
            .Migration("2025_b", "ALTER TABLE \"t\" DROP COLUMN \"a\";")
            .Pending("2025_a")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<DropColumnRule>("ALTER TABLE \"t\" [|DROP COLUMN \"a\"|]", "high: The column t.a is dropped");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<DropColumnRule>("ALTER TABLE \"n\" DROP COLUMN \"a\"");

    [Fact]
    public void A_column_goes_with_its_type() =>
        StatementScene.Pending<DropColumnRule>("CREATE TYPE \"E\" AS ENUM ('x'); ALTER TABLE \"t\" ADD COLUMN \"e\" \"E\";", "[|DROP TYPE \"E\" CASCADE|];").Expect("high: The column t.e is dropped");

    [Fact]
    public void An_attribute_of_a_composite_type_is_no_column() =>
        StatementScene.Pending<DropColumnRule>("CREATE TYPE \"P\" AS (\"x\" INT, \"y\" INT);", "ALTER TYPE \"P\" DROP ATTRIBUTE \"y\";").ExpectNothing();

    [Fact]
    public void A_column_of_another_pending_migration_has_no_data() =>
        RuleTest.For<DropColumnRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT);")
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" INT; ALTER TABLE \"t\" RENAME COLUMN \"x\" TO \"y\";")
            .Migration("2025_c", "ALTER TABLE \"t\" DROP COLUMN \"y\";")
            .Pending("2025_b")
            .Pending("2025_c")
            .ExpectNothing();
}
