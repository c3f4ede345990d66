using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class SuppressionWithoutReasonRuleTests
{
    [Fact]
    public void A_suppression_must_say_why() =>
        RuleTest.For<SuppressionWithoutReasonRule>()
            .Schema("""
                [|/// plumb-ignore naming/missing-map|]
                model User {
                  id Int @id
                }
                """)
            .Expect("low: The suppression of naming/missing-map gives no reason");

    [Fact]
    public void With_a_reason_it_is_fine() =>
        RuleTest.For<SuppressionWithoutReasonRule>()
            .Schema("""
                /// plumb-ignore naming/missing-map the warehouse reads this table
                model User {
                  id Int @id
                }
                """)
            .ExpectNothing();
}
