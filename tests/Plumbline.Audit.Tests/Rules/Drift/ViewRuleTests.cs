using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ViewRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<ViewRule>().Migration("2025_a", Migration).Live("CREATE VIEW v AS SELECT id FROM a;").Run().Findings);

        Assert.Equal("medium: the view v is in the database but no migration creates it", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<ViewRule>().Migration("2025_a", Migration).Live("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';").ExpectNothing();
}
