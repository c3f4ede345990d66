using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class TypeRuleTests
{
    private const string Migration = "CREATE DOMAIN email AS text; CREATE TABLE a (id int PRIMARY KEY, mail email);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<Audit.Rules.Drift.TypeRule>().Migration("2025_a", Migration).Live("ALTER DOMAIN email ADD CONSTRAINT at CHECK (VALUE LIKE '%@%');").Run().Findings);

        Assert.Equal("medium: the domain email differs in the database: text CONSTRAINT at CHECK ((VALUE ~~ '%@%'::text)), where the migrations say text", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<Audit.Rules.Drift.TypeRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ALTER COLUMN mail SET NOT NULL;").ExpectNothing();
}
