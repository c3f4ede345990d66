using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class ColumnNameRuleTests
{
    [Fact]
    public void A_table_in_another_convention_is_found() =>
        RuleTest.For<ColumnNameRule>()
            .Schema("""
                model A {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model B {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model C {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                [|model D|] {
                  id Int @id
                  createdAt DateTime
                  updatedAt DateTime
                }
                """)
            .Expect("low: The columns of D are named in camelCase, not in snake_case");

    [Fact]
    public void A_table_with_a_mixture_is_left_to_another_rule() =>
        RuleTest.For<ColumnNameRule>()
            .Schema("""
                model A {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model B {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model C {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                }
                model D {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime
                }
                """)
            .ExpectNothing();
}
