using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class IndexNotConcurrentRuleTests
{
    [Fact]
    public void Writes_wait() =>
        RuleTest.For<IndexNotConcurrentRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|CREATE INDEX \"t_a_idx\" ON \"t\"(\"a\")|];")
            .Pending("2025_b")
            .Expect("medium: The index t_a_idx on t is created without CONCURRENTLY");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<IndexNotConcurrentRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|CREATE INDEX \"t_a_idx\" ON \"t\"(\"a\")|];")
            .Expect("info: The index t_a_idx on t is created without CONCURRENTLY");

    [Fact]
    public void A_new_table_has_no_writers() =>
        RuleTest.For<IndexNotConcurrentRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v" ("id" INT);
                CREATE INDEX "v_idx" ON "v"("id");
                CREATE INDEX CONCURRENTLY "t_b_idx" ON "t"("b");
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<IndexNotConcurrentRule>("[|CREATE INDEX \"i\" ON \"t\" (\"a\")|]", "medium: The index i on t is created without CONCURRENTLY");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<IndexNotConcurrentRule>("CREATE INDEX \"i\" ON \"n\" (\"a\")");

    [Fact]
    public void IF_NOT_EXISTS_of_an_index_that_exists_creates_nothing() =>
        StatementScene.Pending<IndexNotConcurrentRule>("CREATE INDEX \"i\" ON \"t\" (\"a\");", "CREATE INDEX IF NOT EXISTS \"i\" ON \"t\" (\"a\");").ExpectNothing();

    [Fact]
    public void A_new_materialized_view_has_no_readers() =>
        StatementScene.Pending<IndexNotConcurrentRule>("", "CREATE MATERIALIZED VIEW \"m\" AS SELECT \"id\" FROM \"t\"; CREATE UNIQUE INDEX \"i\" ON \"m\" (\"id\");").ExpectNothing();
}
