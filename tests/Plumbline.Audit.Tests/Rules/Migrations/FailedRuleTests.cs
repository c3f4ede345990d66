using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class FailedRuleTests
{
    [Fact]
    public void A_migration_that_did_not_come_to_its_end_is_found()
    {
        var finding = Assert.Single(RuleTest.For<FailedRule>().Migration("2025_a", "[||]CREATE TABLE a (id int);").Live("")
            .Applied(row => row with { FinishedAt = null, Logs = "relation \"x\" does not exist\nmore" }).Expect("critical: The migration 2025_a failed on the database"));

        Assert.EndsWith("The server reported: relation \"x\" does not exist", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_was_marked_as_rolled_back_has_not_failed() =>
        RuleTest.For<FailedRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").Applied(row => row with { FinishedAt = null, RolledBackAt = row.StartedAt }).ExpectNothing();
}
