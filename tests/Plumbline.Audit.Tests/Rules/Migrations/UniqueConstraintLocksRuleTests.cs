using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class UniqueConstraintLocksRuleTests
{
    [Fact]
    public void The_index_is_built_under_a_lock() =>
        RuleTest.For<UniqueConstraintLocksRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD CONSTRAINT \"t_a_key\" UNIQUE (\"a\")|];")
            .Pending("2025_b")
            .Expect("medium: A unique constraint on t builds its index under a lock");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<UniqueConstraintLocksRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD CONSTRAINT \"t_a_key\" UNIQUE (\"a\")|];")
            .Expect("info: A unique constraint on t builds its index under a lock");

    [Fact]
    public void An_index_that_is_there_is_taken_over() =>
        RuleTest.For<UniqueConstraintLocksRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD CONSTRAINT \"t_a_key\" UNIQUE USING INDEX \"t_a_key\";")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<UniqueConstraintLocksRule>("ALTER TABLE \"t\" [|ADD CONSTRAINT \"k\" UNIQUE (\"a\")|]", "medium: A unique constraint on t builds its index under a lock");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<UniqueConstraintLocksRule>("ALTER TABLE \"n\" ADD CONSTRAINT \"k\" UNIQUE (\"a\")");
}
