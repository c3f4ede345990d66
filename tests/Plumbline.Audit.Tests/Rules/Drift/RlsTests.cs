using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class RlsTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY); ALTER TABLE a ENABLE ROW LEVEL SECURITY;";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<Rls>().Migration("2025_a", Migration).Live("ALTER TABLE a DISABLE ROW LEVEL SECURITY;").Run().Findings);

        Assert.Equal("high: the row-level security of a differs in the database: DISABLED, where the migrations say ENABLED", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<Rls>().Migration("2025_a", Migration).Live("CREATE POLICY own ON a USING (id > 0);").ExpectNothing();
}
