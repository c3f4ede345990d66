using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class UnknownAppliedRuleTests
{
    [Fact]
    public void A_migration_that_the_repository_does_not_have_is_found() =>
        Assert.Equal(
            "The database has the migration 2024_gone, which the repository does not have",
            Assert.Single(RuleTest.For<UnknownAppliedRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").Applied(row => row with { Name = "2024_gone" }).Run().Findings).Title);

    [Fact]
    public void What_the_repository_has_is_known() =>
        RuleTest.For<UnknownAppliedRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").ExpectNothing();
}
