using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class BanCharTypeRuleTests
{
    [Fact]
    public void Values_are_padded() =>
        RuleTest.For<BanCharTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN [|\"x\" CHAR(2)|];")
            .Pending("2025_b")
            .Expect("low: t.x is of type char(n)");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<BanCharTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN [|\"x\" CHAR(2)|];")
            .Expect("info: t.x is of type char(n)");

    [Fact]
    public void Varchar_is_not_padded() =>
        RuleTest.For<BanCharTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" VARCHAR(2);")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<BanCharTypeRule>("CREATE TABLE \"n\" ([|\"x\" CHAR(2)|])", "low: n.x is of type char(n)");

    [Fact]
    public void A_table_from_a_query_has_the_types_of_the_query() =>
        StatementScene.Pending<BanCharTypeRule>("", "[|CREATE TABLE \"n\" AS SELECT 'a'::char(2) AS \"x\"|];").Expect("low: n.x is of type char(n)");

    [Fact]
    public void SELECT_INTO_creates_a_table() =>
        StatementScene.Pending<BanCharTypeRule>("", "[|SELECT 'a'::char(2) AS \"x\" INTO \"n\"|];").Expect("low: n.x is of type char(n)");

    [Fact]
    public void IF_NOT_EXISTS_of_a_table_that_exists_creates_nothing() =>
        StatementScene.Pending<BanCharTypeRule>("", "CREATE TABLE IF NOT EXISTS \"t\" (\"x\" CHAR(2)); ALTER TABLE \"t\" ADD COLUMN IF NOT EXISTS \"a\" CHAR(2);").ExpectNothing();

    [Fact]
    public void A_temporary_table_is_gone_soon() =>
        StatementScene.Pending<BanCharTypeRule>("", "CREATE TEMP TABLE \"n\" (\"x\" CHAR(2)); ALTER TABLE \"n\" ADD COLUMN \"y\" CHAR(2); SELECT 'a'::char(2) AS \"x\" INTO TEMP \"m\";").ExpectNothing();
}
