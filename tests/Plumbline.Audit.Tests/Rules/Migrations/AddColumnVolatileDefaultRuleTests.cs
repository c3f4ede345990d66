using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class AddColumnVolatileDefaultRuleTests
{
    [Fact]
    public void Every_row_gets_its_own_value() =>
        RuleTest.For<AddColumnVolatileDefaultRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" UUID DEFAULT gen_random_uuid()|];")
            .Pending("2025_b")
            .Expect("medium: The column t.x is added with a default that is computed for each row");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<AddColumnVolatileDefaultRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" UUID DEFAULT gen_random_uuid()|];")
            .Expect("info: The column t.x is added with a default that is computed for each row");

    [Fact]
    public void A_stable_default_is_computed_once() =>
        RuleTest.For<AddColumnVolatileDefaultRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" TIMESTAMP DEFAULT CURRENT_TIMESTAMP;")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<AddColumnVolatileDefaultRule>("ALTER TABLE \"t\" [|ADD COLUMN \"x\" UUID DEFAULT gen_random_uuid()|]", "medium: The column t.x is added with a default that is computed for each row");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<AddColumnVolatileDefaultRule>("ALTER TABLE \"n\" ADD COLUMN \"x\" UUID DEFAULT gen_random_uuid()");

    [Fact]
    public void IF_NOT_EXISTS_of_a_column_that_exists_adds_nothing() =>
        StatementScene.Pending<AddColumnVolatileDefaultRule>("", "ALTER TABLE \"t\" ADD COLUMN IF NOT EXISTS \"a\" TEXT DEFAULT gen_random_uuid()::text;").ExpectNothing();

    [Fact]
    public void What_calls_a_volatile_function_is_volatile() =>
        StatementScene.Pending<AddColumnVolatileDefaultRule>("", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" TEXT DEFAULT 'x-' || md5(random()::text)|];").Expect("medium: The column t.x is added with a default that is computed for each row");

    [Fact]
    public void A_function_of_the_project_is_volatile_unless_it_says_otherwise() =>
        StatementScene.Pending<AddColumnVolatileDefaultRule>("CREATE FUNCTION new_id() RETURNS TEXT LANGUAGE sql AS 'SELECT ''a'';';", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" TEXT DEFAULT new_id()|];").Expect("medium: The column t.x is added with a default that is computed for each row");

    [Fact]
    public void A_stable_function_has_one_value_for_all_rows() =>
        StatementScene.Pending<AddColumnVolatileDefaultRule>("CREATE FUNCTION one() RETURNS TEXT STABLE LANGUAGE sql AS 'SELECT ''a'';';", "ALTER TABLE \"t\" ADD COLUMN \"x\" TEXT DEFAULT now()::text; ALTER TABLE \"t\" ADD COLUMN \"y\" TEXT DEFAULT one();").ExpectNothing();
}
