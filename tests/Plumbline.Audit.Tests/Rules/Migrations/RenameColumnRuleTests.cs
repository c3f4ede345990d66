using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class RenameColumnRuleTests
{
    [Fact]
    public void Running_clients_know_the_old_name() =>
        RuleTest.For<RenameColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"x\"|];")
            .Pending("2025_b")
            .Expect("high: The column t.a is renamed to x");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<RenameColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"x\"|];")
            .Expect("info: The column t.a is renamed to x");

    [Fact]
    public void What_the_same_migration_made_may_be_changed() =>
        RuleTest.For<RenameColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v" ("id" INT);
                ALTER TABLE "v" RENAME COLUMN "id" TO "key";
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<RenameColumnRule>("[|ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"z\"|]", "high: The column t.a is renamed to z");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<RenameColumnRule>("ALTER TABLE \"n\" RENAME COLUMN \"a\" TO \"z\"");

    [Fact]
    public void IF_EXISTS_of_a_table_that_does_not_exist_renames_nothing() =>
        StatementScene.Pending<RenameColumnRule>("", "ALTER TABLE IF EXISTS \"n\" RENAME COLUMN \"a\" TO \"z\";").ExpectNothing();
}
