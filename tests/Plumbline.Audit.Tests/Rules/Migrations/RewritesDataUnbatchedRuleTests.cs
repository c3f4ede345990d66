using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class RewritesDataUnbatchedRuleTests
{
    [Fact]
    public void Every_row_is_locked() =>
        RuleTest.For<RewritesDataUnbatchedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|UPDATE \"t\" SET \"a\" = 'x'|];")
            .Pending("2025_b")
            .Expect("medium: One statement changes every row of t");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<RewritesDataUnbatchedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|UPDATE \"t\" SET \"a\" = 'x'|];")
            .Expect("info: One statement changes every row of t");

    [Fact]
    public void Some_rows_or_a_new_table_are_fine() =>
        RuleTest.For<RewritesDataUnbatchedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                UPDATE "t" SET "a" = 'x' WHERE "id" < 1000;
                CREATE TABLE "v" ("a" INT);
                DELETE FROM "v";
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<RewritesDataUnbatchedRule>("[|UPDATE \"t\" SET \"c\" = 1|]", "medium: One statement changes every row of t");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<RewritesDataUnbatchedRule>("UPDATE \"n\" SET \"c\" = 1");

    [Fact]
    public void A_block_that_may_change_the_rows_does() =>
        StatementScene.Pending<RewritesDataUnbatchedRule>("INSERT INTO \"t\" (\"id\") VALUES (1);", "DO $$ BEGIN IF EXISTS (SELECT 1 FROM \"t\" WHERE \"c\" = 0) THEN [|UPDATE \"t\" SET \"c\" = 1|]; END IF; END $$;").Expect("medium: One statement changes every row of t");
}
