using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ConcurrentInTransactionRuleTests
{
    [Fact]
    public void Behind_a_migration_that_stops_the_deployment_it_is_still_seen() =>
        RuleTest.For<ConcurrentInTransactionRule>()
            .Migration("2025_a", "DROP TABLE \"nowhere\";")
            .Migration("2025_b", """
                CREATE TABLE "t" ("id" INT);
                [|CREATE INDEX CONCURRENTLY "t_id" ON "t"("id")|];
                """)
            .Expect("high: 2025_b uses CONCURRENTLY alongside other statements");

    [Fact]
    public void Several_statements_of_one_migration_are_one_finding() =>
        RuleTest.For<ConcurrentInTransactionRule>()
            .Migration("2025_a", "DROP TABLE \"nowhere\";")
            .Migration("2025_b", """
                CREATE TABLE "t" ("id" INT);
                [|CREATE INDEX CONCURRENTLY "t_id" ON "t"("id")|];
                [|CREATE INDEX CONCURRENTLY "t_id2" ON "t"("id")|];
                """)
            .Expect("high: 2025_b uses CONCURRENTLY in 2 statements of one transaction");

    [Fact]
    public void Where_the_deployment_gets_there_another_rule_says_so() =>
        RuleTest.For<ConcurrentInTransactionRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                CREATE INDEX CONCURRENTLY "t_id" ON "t"("id");
                """)
            .ExpectNothing();

    [Fact]
    public void Alone_in_its_file_it_is_fine() =>
        RuleTest.For<ConcurrentInTransactionRule>()
            .Migration("2025_a", "DROP TABLE \"nowhere\";")
            .Migration("2025_b", "CREATE INDEX CONCURRENTLY \"t_id\" ON \"t\"(\"id\");")
            .ExpectNothing();
}
