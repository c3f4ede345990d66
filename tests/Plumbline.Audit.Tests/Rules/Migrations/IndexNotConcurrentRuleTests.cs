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
}
