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
}
