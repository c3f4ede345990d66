using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class NestedTransactionRuleTests
{
    [Fact]
    public void The_first_commit_ends_all() =>
        RuleTest.For<NestedTransactionRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                BEGIN;
                [|BEGIN|];
                COMMIT;
                COMMIT;
                """)
            .Pending("2025_b")
            .Expect("medium: A transaction is started inside a transaction");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<NestedTransactionRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                BEGIN;
                [|BEGIN|];
                COMMIT;
                COMMIT;
                """)
            .Expect("info: A transaction is started inside a transaction");

    [Fact]
    public void One_after_the_other_is_fine() =>
        RuleTest.For<NestedTransactionRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                BEGIN;
                COMMIT;
                BEGIN;
                COMMIT;
                """)
            .Pending("2025_b")
            .ExpectNothing();
}
