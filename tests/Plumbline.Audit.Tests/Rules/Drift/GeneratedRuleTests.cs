using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class GeneratedRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY, n int, d int GENERATED ALWAYS AS (n * 2) STORED);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<GeneratedRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ALTER COLUMN d DROP EXPRESSION;").Run().Findings);

        Assert.Equal("medium: the expression of a.d differs in the database: nothing, where the migrations say GENERATED ALWAYS AS ((n * 2)) STORED", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<GeneratedRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ALTER COLUMN n SET DEFAULT 1;").ExpectNothing();
}
