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

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<DropTableRule>("DROP TABLE [|\"t\"|]", "high: The table t is dropped");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<DropTableRule>("DROP TABLE \"n\"");

    [Fact]
    public void A_table_goes_with_its_schema() =>
        StatementScene.Pending<DropTableRule>("CREATE SCHEMA \"s\"; CREATE TABLE \"s\".\"x\" (\"id\" INT);", "[|DROP SCHEMA \"s\" CASCADE|];").Expect("high: The table x is dropped");

    [Fact]
    public void IF_EXISTS_of_a_table_that_does_not_exist_drops_nothing() =>
        StatementScene.Pending<DropTableRule>("", "DROP TABLE IF EXISTS \"n\"; DO $$ BEGIN DROP TABLE IF EXISTS \"n\"; END $$;").ExpectNothing();

    [Fact]
    public void A_table_of_the_same_name_that_was_created_since_is_another() =>
        StatementScene.Pending<DropTableRule>("", "DROP TABLE [|\"t\"|]; CREATE TABLE \"t\" (\"id\" INT); DROP TABLE \"t\";").Expect("high: The table t is dropped");
}
