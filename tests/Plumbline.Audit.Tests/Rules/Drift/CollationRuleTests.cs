using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class CollationRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY, name text);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<CollationRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ALTER COLUMN name TYPE text COLLATE \"C\";").Run().Findings);

        Assert.Equal("low: the collation of a.name differs in the database: C, where the migrations say nothing", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<CollationRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ALTER COLUMN name SET NOT NULL;").ExpectNothing();
}
