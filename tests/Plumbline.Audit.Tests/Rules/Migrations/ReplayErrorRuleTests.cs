using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ReplayErrorRuleTests
{
    [Fact]
    public void The_refused_statement_is_named_with_what_falls_because_of_it() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                [|ALTER TABLE "u" ADD COLUMN "a" INT|];
                {|CREATE INDEX "u_a" ON "u"("a")|};
                """)
            .Expect("critical: 2025_a: relation \"u\" does not exist");

    [Fact]
    public void Two_mistakes_are_two_findings() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                [|CREATE TABLE "t" ("id" INT)|];
                [|DROP TYPE "x"|];
                """)
            .Expect("critical: 2025_a: relation \"t\" already exists", "critical: 2025_a: type \"x\" does not exist");

    [Fact]
    public void A_syntax_error_is_refused_too() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "[|CREATE TABEL \"t\" (\"id\" INT)|];")
            .Expect("critical: 2025_a: syntax error at or near \"TABEL\"");

    [Fact]
    public void A_stray_file_is_tried_on_the_end_of_the_history() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" TEXT PRIMARY KEY);")
            .File("prisma/migrations/extra.sql", "[|CREATE TABLE \"v\" (\"t\" UUID REFERENCES \"t\"(\"id\"))|];")
            .Expect("high: extra.sql: foreign key constraint \"v_t_fkey\" cannot be implemented");

    [Fact]
    public void IF_EXISTS_and_IF_NOT_EXISTS_are_not_refused() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                CREATE TABLE IF NOT EXISTS "t" ("id" INT);
                DROP TYPE IF EXISTS "x";
                """)
            .ExpectNothing();

    [Fact]
    public void What_succeeds_in_another_order_is_the_matter_of_another_rule() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "ALTER TABLE \"t\" ADD COLUMN \"a\" INT;")
            .Migration("2025_b", "CREATE TABLE \"t\" (\"id\" INT);")
            .ExpectNothing();
}
