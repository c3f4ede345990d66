using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class TriggerRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<TriggerRule>().Migration("2025_a", Migration).Live("CREATE TRIGGER touch BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f();").Run().Findings);

        Assert.Equal("medium: the trigger a.touch is in the database but no migration creates it", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<TriggerRule>().Migration("2025_a", Migration).Live("CREATE INDEX ON a (id);").ExpectNothing();
}
