using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class UncommittedTransactionRuleTests
{
    [Fact]
    public void Nothing_of_it_may_stay() =>
        RuleTest.For<UncommittedTransactionRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                [|BEGIN|];
                DROP TABLE "t";
                """)
            .Pending("2025_b")
            .Expect("high: A transaction is started and never ended");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<UncommittedTransactionRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                [|BEGIN|];
                DROP TABLE "t";
                """)
            .Expect("info: A transaction is started and never ended");

    [Fact]
    public void A_commit_ends_it() =>
        RuleTest.For<UncommittedTransactionRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                BEGIN;
                DROP TABLE "t";
                COMMIT;
                """)
            .Pending("2025_b")
            .ExpectNothing();
}
