using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class FunctionTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<Function>().Migration("2025_a", Migration).Live("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';").Run().Findings);

        Assert.Equal("medium: the function f() is in the database but no migration creates it", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<Function>().Migration("2025_a", Migration).Live("CREATE VIEW v AS SELECT id FROM a;").ExpectNothing();
}
