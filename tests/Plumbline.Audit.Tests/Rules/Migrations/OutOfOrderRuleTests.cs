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
    public void What_no_order_mends_is_the_matter_of_another_rule() =>
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
