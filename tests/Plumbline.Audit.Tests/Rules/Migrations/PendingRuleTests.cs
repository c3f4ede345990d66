using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class PendingRuleTests
{
    [Fact]
    public void A_migration_that_the_database_does_not_have_is_found() =>
        RuleTest.For<PendingRule>().Migration("2025_a", "CREATE TABLE a (id int);").Migration("2025_b", "[||]CREATE TABLE b (id int);").LiveWithout("2025_b")
            .Expect("medium: The migration 2025_b is not applied to the database");

    [Fact]
    public void What_is_applied_is_not_pending() =>
        RuleTest.For<PendingRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").ExpectNothing();
}
