using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class BusinessRuleUndocumentedRuleTests
{
    private const string Table = "CREATE TABLE \"Booking\" (\"id\" INTEGER PRIMARY KEY, \"start\" INTEGER NOT NULL, \"end\" INTEGER NOT NULL);\n";
    private const string Constraint = "ALTER TABLE \"Booking\" ADD CONSTRAINT \"ends_after_start\" CHECK (\"end\" > \"start\");";
    private const string Other = "/// A person.\nmodel User {\n  id Int @id\n}\n";

    [Fact]
    public void A_check_without_a_comment_is_found() =>
        RuleTest.For<BusinessRuleUndocumentedRule>()
            .Schema(Other + "[|model Booking|] {\n  id    Int @id\n  start Int\n  end   Int\n}\n")
            .Migration("2025_a", Table + Constraint)
            .Expect("info: The schema does not document the CHECK constraint ends_after_start on Booking");

    [Fact]
    public void So_is_a_partial_unique_index() =>
        RuleTest.For<BusinessRuleUndocumentedRule>()
            .Schema(Other + "[|model Booking|] {\n  id    Int @id\n  start Int\n  end   Int\n}\n")
            .Migration("2025_a", Table + "CREATE UNIQUE INDEX one_open ON \"Booking\" (\"start\") WHERE \"end\" = 0;")
            .Expect("info: The schema does not document the partial unique index one_open on Booking");

    [Theory]
    [InlineData("/// Ends after it starts.\nmodel Booking {\n  id    Int @id\n  start Int\n  end   Int\n}\n")]
    [InlineData("model Booking {\n  id    Int @id\n  start Int\n  /// Later than start.\n  end   Int\n}\n")]
    public void A_comment_at_the_model_or_at_a_field_of_the_rule_is_enough(string model) =>
        RuleTest.For<BusinessRuleUndocumentedRule>().Schema(Other + model).Migration("2025_a", Table + Constraint).ExpectNothing();

    [Fact]
    public void Where_nothing_is_documented_nothing_is_reported() =>
        RuleTest.For<BusinessRuleUndocumentedRule>()
            .Schema("model Booking {\n  id    Int @id\n  start Int\n  end   Int\n}\n")
            .Migration("2025_a", Table + Constraint)
            .ExpectNothing();
}
