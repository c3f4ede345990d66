using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class AddRequiredColumnRuleTests
{
    [Fact]
    public void Rows_have_no_value_for_it() =>
        RuleTest.For<AddRequiredColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" TEXT NOT NULL|];")
            .Pending("2025_b")
            .Expect("high: The required column t.x is added without a default");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<AddRequiredColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" TEXT NOT NULL|];")
            .Expect("info: The required column t.x is added without a default");

    [Fact]
    public void A_default_or_null_is_a_value() =>
        RuleTest.For<AddRequiredColumnRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" TEXT NOT NULL DEFAULT '', ADD COLUMN \"y\" TEXT;")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<AddRequiredColumnRule>("ALTER TABLE \"t\" [|ADD COLUMN \"x\" INT NOT NULL|]", "high: The required column t.x is added without a default");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<AddRequiredColumnRule>("ALTER TABLE \"n\" ADD COLUMN \"x\" INT NOT NULL");

    [Fact]
    public void IF_NOT_EXISTS_of_a_column_that_exists_adds_nothing() =>
        StatementScene.Pending<AddRequiredColumnRule>("", "ALTER TABLE \"t\" ADD COLUMN IF NOT EXISTS \"a\" TEXT NOT NULL;").ExpectNothing();

    [Fact]
    public void Another_action_of_the_statement_makes_it_required() =>
        StatementScene.Pending<AddRequiredColumnRule>("", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" INT|], ALTER COLUMN \"x\" SET NOT NULL;").Expect("high: The required column t.x is added without a default");
}
