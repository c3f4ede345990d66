using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class ModelNameRuleTests
{
    [Fact]
    public void One_model_in_snake_case_stands_out() =>
        RuleTest.For<ModelNameRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                model Team {
                  id Int @id
                }
                model Invoice {
                  id Int @id
                }
                [|model blog_post|] {
                  id Int @id
                }
                """)
            .Expect("low: The model blog_post is not named in PascalCase");

    [Fact]
    public void Abbreviations_are_PascalCase_too() =>
        RuleTest.For<ModelNameRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                model Team {
                  id Int @id
                }
                model Invoice {
                  id Int @id
                }
                model API {
                  id Int @id
                }
                """)
            .ExpectNothing();

    [Fact]
    public void A_schema_in_another_convention_throughout_is_left_alone() =>
        RuleTest.For<ModelNameRule>()
            .Schema("""
                model user_account {
                  id Int @id
                }
                model team_member {
                  id Int @id
                }
                model invoice_line {
                  id Int @id
                }
                model blog_post {
                  id Int @id
                }
                """)
            .ExpectNothing();
}
