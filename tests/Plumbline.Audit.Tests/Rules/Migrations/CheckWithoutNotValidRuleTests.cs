using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class CheckWithoutNotValidRuleTests
{
    [Fact]
    public void Every_row_is_checked_under_a_lock() =>
        RuleTest.For<CheckWithoutNotValidRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD CONSTRAINT \"t_c\" CHECK (\"c\" > 0)|];")
            .Pending("2025_b")
            .Expect("medium: A check on t is added without NOT VALID");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<CheckWithoutNotValidRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD CONSTRAINT \"t_c\" CHECK (\"c\" > 0)|];")
            .Expect("info: A check on t is added without NOT VALID");

    [Fact]
    public void NOT_VALID_checks_nothing_yet() =>
        RuleTest.For<CheckWithoutNotValidRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD CONSTRAINT \"t_c\" CHECK (\"c\" > 0) NOT VALID;")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<CheckWithoutNotValidRule>("ALTER TABLE \"t\" [|ADD CONSTRAINT \"k\" CHECK (\"c\" > 0)|]", "medium: A check on t is added without NOT VALID");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<CheckWithoutNotValidRule>("ALTER TABLE \"n\" ADD CONSTRAINT \"k\" CHECK (\"c\" > 0)");
}
