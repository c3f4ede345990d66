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
}
