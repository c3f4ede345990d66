using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class IndexNameRuleTests
{
    [Fact]
    public void One_index_with_a_custom_name_is_found() =>
        RuleTest.For<IndexNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  a Int
                  b Int
                  c Int
                  d Int
                  @@index([a])
                  @@index([b])
                  @@index([c])
                  [|@@index([d], map: "idx_d")|]
                }
                """)
            .Expect("info: The index idx_d on User does not have the name that Prisma generates");

    [Fact]
    public void A_map_that_repeats_the_default_is_fine() =>
        RuleTest.For<IndexNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  a Int
                  @@index([a], map: "User_a_idx")
                }
                """)
            .ExpectNothing();

    [Fact]
    public void Another_pattern_is_fine() =>
        RuleTest.For<IndexNameRule>()
            .Schema("""
                model User {
                  id Int @id
                  a Int
                  b Int
                  @@index([a], map: "ix_user_a")
                  @@index([b], map: "ix_user_b")
                }
                """)
            .ExpectNothing();
}
