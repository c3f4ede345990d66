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

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<AddSerialOrPrimaryKeyRule>("ALTER TABLE \"t\" [|ADD COLUMN \"x\" SERIAL|]", "medium: t gets a serial column or a primary key");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<AddSerialOrPrimaryKeyRule>("ALTER TABLE \"n\" ADD COLUMN \"x\" SERIAL");

    [Fact]
    public void The_primary_key_of_a_table_from_a_query_is_built_while_it_is_new() =>
        StatementScene.ExpectNothingOnNewTables<AddSerialOrPrimaryKeyRule>("ALTER TABLE \"n\" ADD PRIMARY KEY (\"id\")");

    [Fact]
    public void IF_NOT_EXISTS_of_a_column_that_exists_adds_nothing() =>
        StatementScene.Pending<AddSerialOrPrimaryKeyRule>("", "ALTER TABLE \"t\" ADD COLUMN IF NOT EXISTS \"id\" SERIAL;").ExpectNothing();
}
