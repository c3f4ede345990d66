using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class RenameTableRuleTests
{
    [Fact]
    public void Running_clients_know_the_old_name() =>
        RuleTest.For<RenameTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|ALTER TABLE \"t\" RENAME TO \"x\"|];")
            .Pending("2025_b")
            .Expect("high: The table t is renamed to x");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<RenameTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|ALTER TABLE \"t\" RENAME TO \"x\"|];")
            .Expect("info: The table t is renamed to x");

    [Fact]
    public void What_the_same_migration_made_may_be_changed() =>
        RuleTest.For<RenameTableRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v_new" ("id" INT);
                ALTER TABLE "v_new" RENAME TO "v";
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<RenameTableRule>("[|ALTER TABLE \"t\" RENAME TO \"z\"|]", "high: The table t is renamed to z");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<RenameTableRule>("ALTER TABLE \"n\" RENAME TO \"z\"");

    [Fact]
    public void IF_EXISTS_of_a_table_that_does_not_exist_renames_nothing() =>
        StatementScene.Pending<RenameTableRule>("", "ALTER TABLE IF EXISTS \"n\" RENAME TO \"z\";").ExpectNothing();

    [Fact]
    public void A_view_is_no_table() =>
        StatementScene.Pending<RenameTableRule>("CREATE VIEW \"v\" AS SELECT \"id\" FROM \"t\";", "ALTER TABLE \"v\" RENAME TO \"z\";").ExpectNothing();
}
