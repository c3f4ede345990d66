using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class OtherObjectTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<OtherObject>().Migration("2025_a", Migration).Live("CREATE RULE quiet AS ON DELETE TO a DO INSTEAD NOTHING;").Run().Findings);

        Assert.Equal("low: the rule a.quiet is in the database but no migration creates it", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<OtherObject>().Migration("2025_a", Migration).Live("ALTER TABLE a ADD COLUMN n int;").ExpectNothing();
}
