using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class PartitionRuleTests
{
    private const string Migration = "CREATE TABLE a (id int) PARTITION BY RANGE (id); CREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (9);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<PartitionRule>().Migration("2025_a", Migration).Live("ALTER TABLE a DETACH PARTITION a1; ALTER TABLE a ATTACH PARTITION a1 FOR VALUES FROM (1) TO (8);").Run().Findings);

        Assert.Equal("medium: the partition a1 differs in the database: PARTITION OF a FOR VALUES FROM (1) TO (8), where the migrations say PARTITION OF a FOR VALUES FROM (1) TO (9)", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<PartitionRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ADD COLUMN n int;").ExpectNothing();
}
