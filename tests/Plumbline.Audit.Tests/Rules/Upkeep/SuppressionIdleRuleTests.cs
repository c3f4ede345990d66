using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class SuppressionIdleRuleTests
{
    [Fact]
    public void A_rule_that_does_not_exist_is_named() =>
        RuleTest.For<SuppressionIdleRule>()
            .Schema("""
                [|/// plumb-ignore naming/no-such-rule because|]
                model User {
                  id Int @id
                }
                """)
            .Expect("low: A suppression names the rule naming/no-such-rule, which does not exist");

    [Fact]
    public void A_suppression_that_suppresses_nothing_is_found() =>
        RuleTest.For<SuppressionIdleRule>()
            .Schema("""
                [|/// plumb-ignore naming/missing-map because|]
                model User {
                  id Int @id
                }
                """)
            .Expect("low: The suppression of naming/missing-map suppresses nothing");

    [Fact]
    public void A_suppression_without_the_name_of_a_rule_is_one_finding()
    {
        const string schema = "[|/// plumb-ignore|]\nmodel User {\n  id Int @id\n}\n";
        RuleTest.For<SuppressionIdleRule>().Schema(schema).Expect("low: plumb-ignore names no rule");
        RuleTest.For<SuppressionWithoutReasonRule>().Schema(schema.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)).ExpectNothing();
    }
}
