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

    [Theory]
    [InlineData(true, "The database does not have it either: 2025_a was edited after it was applied.")]
    [InlineData(false, "The database does not have it either, although it records the migration that creates it as applied.")]
    public void What_only_the_edited_script_has_is_not_in_the_database(bool isEdited, string known)
    {
        var test = RuleTest.For<Audit.Rules.Drift.ExtraColumnRule>().With<EditedAfterApplyRule>().Schema("model A {\n  id Int @id\n\n  @@map(\"a\")\n}")
            .Migration("2025_a", "CREATE TABLE a (id int PRIMARY KEY, q int);").Live("ALTER TABLE a DROP COLUMN q;");
        var findings = (isEdited ? test.Applied(row => row with { Checksum = new string('0', 64) }) : test).Run().Findings;

        Assert.EndsWith(known, findings.Single(f => f.Rule == "drift/extra-column").Message, StringComparison.Ordinal);
        if (isEdited)
            Assert.Contains("a.q is created by the migrations but the database does not have it", findings.Single(f => f.Rule == "migration/edited-after-apply").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_that_was_applied_is_no_edit() =>
        RuleTest.For<EditedAfterApplyRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").ExpectNothing();
}
