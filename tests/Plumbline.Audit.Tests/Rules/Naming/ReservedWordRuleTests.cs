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
                  [|order Int|]

                  @@map("user")
                }
                """)
            .Expect("low: 1 table and 1 column have names that PostgreSQL reserves");

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
