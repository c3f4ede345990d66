using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class EditedAfterApplyRuleTests
{
    [Fact]
    public void Another_script_than_the_one_that_was_applied_is_found() =>
        RuleTest.For<EditedAfterApplyRule>().Migration("2025_a", "[||]CREATE TABLE a (id int);").Live("").Applied(row => row with { Checksum = new string('0', 64) })
            .Expect("high: The migration 2025_a was edited after it was applied");

    [Fact]
    public void What_the_edit_changed_is_told_here_and_is_no_drift_of_its_own()
    {
        var test = RuleTest.For<EditedAfterApplyRule>().Migration("2025_a", "CREATE TABLE a (id int, b text);").Live("ALTER TABLE a DROP COLUMN b;").Applied(row => row with { Checksum = new string('0', 64) });

        Assert.Contains("a.b is created by the migrations but the database does not have it", Assert.Single(test.Run().Findings).Message, StringComparison.Ordinal);
        RuleTest.For<Audit.Rules.Drift.MissingColumnRule>().Migration("2025_a", "CREATE TABLE a (id int, b text);").Live("ALTER TABLE a DROP COLUMN b;").Applied(row => row with { Checksum = new string('0', 64) }).ExpectNothing();
    }

    [Fact]
    public void The_script_that_was_applied_is_no_edit() =>
        RuleTest.For<EditedAfterApplyRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").ExpectNothing();
}
