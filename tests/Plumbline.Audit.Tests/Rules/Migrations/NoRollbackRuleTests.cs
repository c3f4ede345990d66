using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class NoRollbackRuleTests
{
    [Fact]
    public void A_history_without_a_way_back_is_noted() =>
        RuleTest.For<NoRollbackRule>()
            .Migration("2025_a", "[||]SELECT 1;")
            .Expect("info: None of the 1 migrations has a down.sql");

    [Fact]
    public void A_down_script_beside_a_migration_is_a_way_back() =>
        RuleTest.For<NoRollbackRule>()
            .Migration("2025_a", "SELECT 1;")
            .File("prisma/migrations/2025_a/down.sql", "SELECT 1;")
            .ExpectNothing();

    [Fact]
    public void One_more_migration_makes_no_other_finding_of_it()
    {
        var test = RuleTest.For<NoRollbackRule>().Migration("2025_a", "CREATE TABLE t (id INT PRIMARY KEY);").Migration("2025_b", "SELECT 1;");
        var before = Assert.Single(test.Run().Findings).Fingerprint;

        Assert.Equal(before, Assert.Single(test.Migration("2025_c", "SELECT 2;").Run().Findings).Fingerprint);
    }
}
