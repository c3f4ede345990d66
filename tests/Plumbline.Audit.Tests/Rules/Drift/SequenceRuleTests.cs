using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class SequenceRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY); CREATE SEQUENCE s;";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<SequenceRule>().Migration("2025_a", Migration).Live("ALTER SEQUENCE s INCREMENT BY 10;").Run().Findings);

        Assert.Equal("low: the sequence s differs in the database: s AS bigint START 1 INCREMENT 10 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1, where the migrations say s AS bigint START 1 INCREMENT 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<SequenceRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ADD COLUMN n int;").ExpectNothing();
}
