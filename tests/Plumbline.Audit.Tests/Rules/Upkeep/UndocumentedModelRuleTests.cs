using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class UndocumentedModelRuleTests
{
    [Fact]
    public void A_model_without_a_comment_is_found() =>
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
            .Expect("info: The model Grant has no comment");

    [Fact]
    public void A_suppression_suppresses_and_is_no_documentation() =>
        RuleTest.For<UndocumentedModelRule>()
            .With<SuppressionIdleRule>()
            .Schema("""
                /// A person who can sign in.
                model User {
                  id Int @id
                }
                /// plumb-ignore upkeep/undocumented-model obvious
                model Grant {
                  id Int @id
                }
                """)
            .ExpectNothing();

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
