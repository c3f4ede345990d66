using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class UndocumentedModelRuleTests
{
    [Fact]
    public void The_forgotten_models_are_one_finding() =>
        RuleTest.For<UndocumentedModelRule>()
            .Schema("""
                /// A person who can sign in.
                model User {
                  id Int @id
                }

                [|model Grant|] {
                  id Int @id
                }
                """)
            .Expect("info: 1 of 2 models are not documented");

    [Fact]
    public void A_schema_without_comments_has_no_such_convention() =>
        RuleTest.For<UndocumentedModelRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                model Grant {
                  id Int @id
                }
                """)
            .ExpectNothing();

    [Fact]
    public void A_documented_field_is_enough() =>
        RuleTest.For<UndocumentedModelRule>()
            .Schema("""
                /// A person.
                model User {
                  id Int @id
                }

                model Grant {
                  id Int @id /// what it allows
                }
                """)
            .ExpectNothing();
}
