using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class EnumNameRuleTests
{
    [Fact]
    public void One_enum_in_snake_case_stands_out() =>
        RuleTest.For<EnumNameRule>()
            .Schema("""
                enum Role {
                  A
                }
                enum Plan {
                  A
                }
                [|enum order_state|] {
                  A
                }
                """)
            .Expect("low: The enum order_state is not named in PascalCase");

    [Fact]
    public void A_mapped_type_is_not_a_name_in_the_schema() =>
        RuleTest.For<EnumNameRule>()
            .Schema("""
                enum Role {
                  A
                }
                enum Plan {
                  A
                }
                enum OrderState {
                  A

                  @@map("order_state")
                }
                """)
            .ExpectNothing();
}
