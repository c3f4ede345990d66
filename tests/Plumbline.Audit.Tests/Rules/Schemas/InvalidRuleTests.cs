using Plumbline.Audit.Rules.Schemas;

namespace Plumbline.Audit.Tests.Rules.Schemas;

public sealed class InvalidRuleTests
{
    [Fact]
    public void A_type_that_does_not_exist_is_refused_in_Prismas_words() =>
        RuleTest.For<InvalidRule>()
            .Schema("""
                model User {
                  id   Int @id
                  role [|Roll|]
                }
                """)
            .Expect("""critical: Type "Roll" is neither a built-in type, nor refers to another model, composite type, or enum""");

    [Fact]
    public void Two_models_of_one_name_are_refused() =>
        RuleTest.For<InvalidRule>()
            .Schema("""
                model User {
                  id Int @id
                }

                model [|User|] {
                  id Int @id
                }
                """)
            .Expect("""critical: The model "User" cannot be defined because a model with that name already exists""");

    [Fact]
    public void A_schema_that_Prisma_accepts_is_fine() =>
        RuleTest.For<InvalidRule>()
            .Schema("""
                model User {
                  id   Int  @id
                  role Role @default(USER)
                }

                enum Role {
                  USER
                }
                """)
            .ExpectNothing();
}
