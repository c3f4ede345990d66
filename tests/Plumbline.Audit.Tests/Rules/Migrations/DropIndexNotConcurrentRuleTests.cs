using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DropIndexNotConcurrentRuleTests
{
    [Fact]
    public void All_use_of_the_table_waits() =>
        RuleTest.For<DropIndexNotConcurrentRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "DROP INDEX [|\"t_a_idx\"|];")
            .Pending("2025_b")
            .Expect("low: The index t_a_idx is dropped without CONCURRENTLY");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<DropIndexNotConcurrentRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "DROP INDEX [|\"t_a_idx\"|];")
            .Expect("info: The index t_a_idx is dropped without CONCURRENTLY");

    [Fact]
    public void What_the_same_migration_made_may_be_changed() =>
        RuleTest.For<DropIndexNotConcurrentRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE INDEX "x" ON "t"("a");
                DROP INDEX "x";
                DROP INDEX CONCURRENTLY "y";
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<DropIndexNotConcurrentRule>("DROP INDEX [|\"i\"|]", "low: The index i is dropped without CONCURRENTLY", "CREATE INDEX \"i\" ON \"t\" (\"a\");");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<DropIndexNotConcurrentRule>("DROP INDEX \"i\"", "CREATE INDEX \"i\" ON \"n\" (\"a\");");

    [Fact]
    public void IF_EXISTS_of_an_index_that_does_not_exist_drops_nothing() =>
        StatementScene.Pending<DropIndexNotConcurrentRule>("", "DROP INDEX IF EXISTS \"i\";").ExpectNothing();
}
