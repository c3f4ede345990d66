using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class OwnerRuleTests
{
    private const string Migration = "CREATE ROLE alice; CREATE ROLE bob; CREATE TABLE a (id int PRIMARY KEY); ALTER TABLE a OWNER TO bob;";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<OwnerRule>().Migration("2025_a", Migration).Live("ALTER TABLE a OWNER TO alice;").Run().Findings);

        Assert.Equal("low: the owner of a differs in the database: alice, where the migrations say bob", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<OwnerRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ADD COLUMN n int;").ExpectNothing();
}
