using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class TruncateCascadeRuleTests
{
    [Fact]
    public void Other_tables_are_emptied_too() =>
        RuleTest.For<TruncateCascadeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|TRUNCATE \"t\" CASCADE|];")
            .Pending("2025_b")
            .Expect("high: t and every table that references it are emptied");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<TruncateCascadeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "[|TRUNCATE \"t\" CASCADE|];")
            .Expect("info: t and every table that references it are emptied");

    [Fact]
    public void Without_CASCADE_PostgreSQL_refuses_where_others_refer() =>
        RuleTest.For<TruncateCascadeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "TRUNCATE \"t\";")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<TruncateCascadeRule>("[|TRUNCATE \"t\" CASCADE|]", "high: t and every table that references it are emptied");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<TruncateCascadeRule>("TRUNCATE \"n\" CASCADE");
}
