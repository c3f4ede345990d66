using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class GrantRuleTests
{
    private const string Migration = "CREATE ROLE reporting; CREATE TABLE a (id int PRIMARY KEY);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<GrantRule>().Migration("2025_a", Migration).Live("GRANT SELECT ON a TO reporting;").Run().Findings);

        Assert.Equal("medium: the grant on a is in the database but no migration creates it", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<GrantRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ADD COLUMN n int;").ExpectNothing();
}
