using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DeployOnlyErrorRuleTests
{
    [Fact]
    public void CONCURRENTLY_can_not_run_in_the_transaction_of_a_file() =>
        RuleTest.For<DeployOnlyErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                [|CREATE INDEX CONCURRENTLY "t_id" ON "t"("id")|];
                """)
            .Expect("high: 2025_a fails in prisma migrate deploy: CREATE INDEX CONCURRENTLY cannot run inside a transaction block");

    [Fact]
    public void A_new_enum_value_can_not_be_used_in_it() =>
        RuleTest.For<DeployOnlyErrorRule>()
            .Migration("2025_a", """
                CREATE TYPE "R" AS ENUM ('A');
                CREATE TABLE "t" ("r" "R");
                """)
            .Migration("2025_b", """
                ALTER TYPE "R" ADD VALUE 'B';
                [|ALTER TABLE "t" ALTER COLUMN "r" SET DEFAULT 'B'|];
                """)
            .Expect("high: 2025_b fails in prisma migrate deploy: unsafe use of new value \"B\" of enum type \"R\"");

    [Fact]
    public void Alone_in_its_file_it_succeeds() =>
        RuleTest.For<DeployOnlyErrorRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT);")
            .Migration("2025_b", "CREATE INDEX CONCURRENTLY \"t_id\" ON \"t\"(\"id\");")
            .ExpectNothing();

    [Fact]
    public void What_fails_anyway_is_the_matter_of_another_rule() =>
        RuleTest.For<DeployOnlyErrorRule>()
            .Migration("2025_a", """
                SELECT 1;
                DROP TABLE "t";
                """)
            .ExpectNothing();
}
