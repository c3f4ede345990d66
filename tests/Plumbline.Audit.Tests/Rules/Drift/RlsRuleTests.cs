using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class RlsRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY); ALTER TABLE a ENABLE ROW LEVEL SECURITY;";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<RlsRule>().Migration("2025_a", Migration).Live("ALTER TABLE a DISABLE ROW LEVEL SECURITY;").Run().Findings);

        Assert.Equal("high: the row-level security of a differs in the database: DISABLED, where the migrations say ENABLED", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<RlsRule>().Migration("2025_a", Migration).Live("CREATE POLICY own ON a USING (id > 0);").ExpectNothing();
}
