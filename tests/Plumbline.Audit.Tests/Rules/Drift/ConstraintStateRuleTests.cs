using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ConstraintStateRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int, CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a (id));";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<ConstraintStateRule>().Migration("2025_a", Migration).Live("ALTER TABLE b ALTER CONSTRAINT fk DEFERRABLE;").Run().Findings);

        Assert.Equal("low: the constraint b.fk differs in the database: DEFERRABLE, where the migrations say NOT DEFERRABLE, VALID", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<ConstraintStateRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ADD COLUMN n int;").ExpectNothing();
}
