using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class ReservedWordRuleTests
{
    [Fact]
    public void A_table_called_user_is_found() =>
        RuleTest.For<ReservedWordRule>()
            .Schema("""
                [|model User|] {
                  id Int @id
                  order Int

                  @@map("user")
                }
                """)
            .Expect("low: 2 tables and columns are named with reserved words");

    [Fact]
    public void Mixed_case_is_another_name() =>
        RuleTest.For<ReservedWordRule>()
            .Schema("""
                model User {
                  id Int @id
                  orderId Int
                }
                """)
            .ExpectNothing();
}
