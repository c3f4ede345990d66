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

    [Theory]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; ALTER TABLE \"t\" [|ALTER COLUMN \"x\" SET NOT NULL|];")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT;\n-- First set a value for t.x in existing rows.\nALTER TABLE \"t\" [|ALTER COLUMN \"x\" SET NOT NULL|];")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; ALTER TABLE \"t\" ALTER COLUMN \"x\" SET DEFAULT 1, [|ALTER COLUMN \"x\" SET NOT NULL|];")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; UPDATE \"u\" SET \"id\" = 1; INSERT INTO \"u\" VALUES (1); CREATE INDEX i ON \"t\"(\"x\"); ALTER TABLE \"t\" [|ALTER COLUMN \"x\" SET NOT NULL|];")]
    public void A_later_statement_makes_it_required(string sql) =>
        StatementScene.Pending<AddRequiredColumnRule>("", sql).Expect("high: The new column t.x is made required without a value in existing rows");

    [Fact]
    public void A_later_migration_makes_it_required() =>
        RuleTest.For<AddRequiredColumnRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT PRIMARY KEY);")
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" INT;")
            .Migration("2025_c", "ALTER TABLE \"t\" [|ALTER COLUMN \"x\" SET NOT NULL|];")
            .Pending("2025_b").Pending("2025_c")
            .Expect("high: The new column t.x is made required without a value in existing rows");

    [Fact]
    public void Where_it_is_there_already_somebody_may_have_filled_it() =>
        RuleTest.For<AddRequiredColumnRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT PRIMARY KEY);")
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" INT;")
            .Migration("2025_c", "ALTER TABLE \"t\" ALTER COLUMN \"x\" SET NOT NULL;")
            .Pending("2025_c")
            .ExpectNothing();

    [Theory]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; UPDATE \"t\" SET \"x\" = 1;")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; UPDATE public.\"t\" SET \"x\" = 1 WHERE \"x\" IS NULL;")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT DEFAULT 1;")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" SERIAL;")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; DELETE FROM \"t\";")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; TRUNCATE \"t\";")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" TEXT; ALTER TABLE \"t\" ALTER COLUMN \"x\" TYPE INT USING 1;")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; DO $$ BEGIN UPDATE \"t\" SET \"x\" = 1; END $$;")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; WITH n AS (UPDATE \"t\" SET \"x\" = 1 RETURNING 1) INSERT INTO \"u\" SELECT * FROM n;")]
    [InlineData("ALTER TABLE \"t\" ADD COLUMN \"x\" INT; INSERT INTO \"t\" (\"id\") VALUES (1) ON CONFLICT (\"id\") DO UPDATE SET \"x\" = 1;")]
    public void A_value_in_between_is_one(string sql) =>
        StatementScene.Pending<AddRequiredColumnRule>("", sql + " ALTER TABLE \"t\" ALTER COLUMN \"x\" SET NOT NULL;").ExpectNothing();

    [Fact]
    public void A_table_without_rows_has_no_row_without_a_value() =>
        StatementScene.ExpectNothingOnNewTables<AddRequiredColumnRule>("ALTER TABLE \"n\" ADD COLUMN \"x\" INT; ALTER TABLE \"n\" ALTER COLUMN \"x\" SET NOT NULL");

    [Fact]
    public void Another_action_of_the_statement_makes_it_required() =>
        StatementScene.Pending<AddRequiredColumnRule>("", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" INT|], ALTER COLUMN \"x\" SET NOT NULL;").Expect("high: The required column t.x is added without a default");
}
