using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class SqlSyntaxRuleTests
{
    [Fact]
    public void The_place_of_the_error_is_marked() =>
        RuleTest.For<SqlSyntaxRule>()
            .File("scripts/report.sql", """
                SELECT 1;
                SELECT 2;
                [|S|]ELCT 3;
                """)
            .Expect("medium: scripts/report.sql: syntax error at or near \"SELCT\"");

    [Fact]
    public void Other_databases_have_other_grammars() =>
        RuleTest.For<SqlSyntaxRule>()
            .File("clickhouse/a.sql", "CREATE TABLE t (a String) ENGINE = MergeTree;")
            .File("b.sql", "CREATE TABLE `t` (`id` INT AUTO_INCREMENT) ENGINE=InnoDB;")
            .ExpectNothing();

    [Fact]
    public void A_file_that_hardly_parses_is_a_template() =>
        RuleTest.For<SqlSyntaxRule>()
            .File("t.sql", """
                SELECT * FROM {{ table }};
                SELECT {{ x }};
                """)
            .ExpectNothing();

    [Fact]
    public void psql_commands_are_no_errors() =>
        RuleTest.For<SqlSyntaxRule>()
            .File("load.sql", """
                \set x 1
                \copy t from a.csv
                SELECT :x;
                """)
            .ExpectNothing();

    [Fact]
    public void Templates_and_files_with_a_section_for_another_database_are_ignored() =>
        RuleTest.For<SqlSyntaxRule>()
            .File("history-template.sql", "SELECT 1; SELECT 2; CREATE TABLE {{tableName}}_history (id INT);")
            .File("data.sql", "-- PostgreSQL\nSELECT 1; SELECT 2;\n-- MySQL\nSELECT `a` FROM `b`;\n")
            .ExpectNothing();
}
