using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class OutOfOrderRuleTests
{
    [Fact]
    public void Both_places_are_named() =>
        RuleTest.For<OutOfOrderRule>()
            .Migration("2025_a", "[|ALTER TABLE \"t\" ADD COLUMN \"a\" INT|];")
            .Migration("2025_b_init", "{|CREATE TABLE \"t\" (\"id\" INT)|};")
            .Expect("critical: 2025_a needs 2025_b_init, which runs after it");

    [Fact]
    public void The_advice_is_the_working_order_with_folder_names_that_were_tried()
    {
        var finding = Assert.Single(RuleTest.For<OutOfOrderRule>()
            .Migration("20250101000000_a", "[|ALTER TABLE \"t\" ADD COLUMN \"a\" INT|];")
            .Migration("20250301000000_init", "CREATE TABLE \"t\" (\"id\" INT);")
            .Expect());
        Assert.StartsWith("Rename 20250301000000_init to 20241231235959_init. A replay with this name succeeds.", finding.Recommendation, StringComparison.Ordinal);
        Assert.Equal("20250301000000_init, 20250101000000_a", finding.Expected);
    }

    [Fact]
    public void Every_migration_that_fails_is_named_in_one_finding()
    {
        var finding = Assert.Single(RuleTest.For<OutOfOrderRule>()
            .Migration("20250101000000_a", "[|ALTER TABLE \"t\" ADD COLUMN \"a\" INT|];")
            .Migration("20250201000000_b", "[|CREATE INDEX \"i\" ON \"u\"(\"id\")|];")
            .Migration("20250301000000_c", "CREATE TABLE \"t\" (\"id\" INT); CREATE TABLE \"u\" (\"id\" INT);")
            .Expect("critical: 2 migrations depend on later migrations: 20250101000000_a, 20250201000000_b"));
        Assert.StartsWith("Rename 20250301000000_c to 20241231235959_c.", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_init_migration_that_is_not_the_first_is_part_of_it()
    {
        var findings = RuleTest.For<OutOfOrderRule>().With<InitNotFirstRule>()
            .Migration("20250101000000_a", "ALTER TABLE \"t\" ADD COLUMN \"a\" INT;")
            .Migration("20250301000000_init", "CREATE TABLE \"t\" (\"id\" INT);")
            .Run().Findings;
        var finding = Assert.Single(findings);
        Assert.Equal("The migration 20250101000000_a depends on a later migration", finding.Title);
        Assert.Equal(["migration/out-of-order", "migration/init-not-first"], finding.Occurrences.Select(o => o.Rule));
    }

    [Fact]
    public void Names_without_timestamps_leave_the_choice_open()
    {
        var finding = Assert.Single(RuleTest.For<OutOfOrderRule>()
            .Migration("a", "[|ALTER TABLE \"t\" ADD COLUMN \"a\" INT|];")
            .Migration("b", "CREATE TABLE \"t\" (\"id\" INT);")
            .Expect());
        Assert.StartsWith("Rename the folders so that they sort in the working order", finding.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_in_every_order_is_the_matter_of_another_rule() =>
        RuleTest.For<OutOfOrderRule>()
            .Migration("2025_a", "ALTER TABLE \"nowhere\" ADD COLUMN \"a\" INT;")
            .Migration("2025_b", "CREATE TABLE \"t\" (\"id\" INT);")
            .ExpectNothing();

    [Fact]
    public void A_history_in_order_is_fine() =>
        RuleTest.For<OutOfOrderRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT);")
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"a\" INT;")
            .ExpectNothing();
}
