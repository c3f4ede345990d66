using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class VacuumOrClusterRuleTests
{
    [Fact]
    public void The_table_can_not_be_used() =>
        RuleTest.For<VacuumOrClusterRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|VACUUM FULL \"t\"|];")
            .Pending("2025_b")
            .Expect("medium: VACUUM runs on t");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<VacuumOrClusterRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|VACUUM FULL \"t\"|];")
            .Expect("info: VACUUM runs on t");

    [Fact]
    public void ANALYZE_locks_nobody_out() =>
        RuleTest.For<VacuumOrClusterRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ANALYZE \"t\";")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<VacuumOrClusterRule>("CLUSTER \"n\" USING \"i\"", "CREATE INDEX \"i\" ON \"n\" (\"id\");");
}
