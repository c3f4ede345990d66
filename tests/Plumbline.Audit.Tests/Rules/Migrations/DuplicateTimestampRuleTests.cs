using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DuplicateTimestampRuleTests
{
    [Fact]
    public void An_order_that_matters_is_one_finding_for_each_timestamp() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("20250101120000_add_users", "[||]CREATE TABLE \"users\" (\"id\" INT);")
            .Migration("20250101120000_b_column", "ALTER TABLE \"users\" ADD COLUMN \"a\" INT;")
            .Migration("20250101120001_later", "SELECT 3;")
            .Expect("medium: 20250101120000_add_users and 20250101120000_b_column share a timestamp, and their order matters");

    [Fact]
    public void An_order_that_changes_nothing_weighs_little() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("20250101120000_add_users", "[||]CREATE TABLE \"users\" (\"id\" INT);")
            .Migration("20250101120000_b_posts", "CREATE TABLE \"posts\" (\"id\" INT);")
            .Expect("low: 20250101120000_add_users and 20250101120000_b_posts share a timestamp");

    [Fact]
    public void Only_the_pair_whose_order_matters_is_named() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("20250101120000_a", "[||]CREATE TABLE \"a\" (\"id\" INT);")
            .Migration("20250101120000_b", "CREATE TABLE \"b\" (\"id\" INT);")
            .Migration("20250201120000_c", "[||]CREATE VIEW \"v\" AS SELECT 1 AS \"x\";")
            .Migration("20250201120000_d", "DROP VIEW \"v\";")
            .Expect(
                "medium: 20250201120000_c and 20250201120000_d share a timestamp, and their order matters",
                "low: 20250101120000_a and 20250101120000_b share a timestamp");

    [Fact]
    public void Folders_without_a_timestamp_are_not_compared() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("init", "SELECT 1;")
            .Migration("second", "SELECT 2;")
            .ExpectNothing();

    [Fact]
    public void Numbers_at_the_end_give_the_order() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("20250101120000_index_01", "SELECT 1;")
            .Migration("20250101120000_index_02", "SELECT 2;")
            .ExpectNothing();
}
