using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ExtensionRuleTests
{
    private const string Migration = "CREATE EXTENSION pg_trgm; CREATE TABLE a (id int PRIMARY KEY);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<ExtensionRule>().Migration("2025_a", Migration).Live("DROP EXTENSION pg_trgm;").Run().Findings);

        Assert.Equal("medium: the extension pg_trgm is created by the migrations but the database does not have it", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<ExtensionRule>().Migration("2025_a", Migration).Live("CREATE VIEW v AS SELECT id FROM a;").ExpectNothing();
}
