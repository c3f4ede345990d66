using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class InconsistentMappingRuleTests
{
    [Fact]
    public void A_forgotten_map_is_found() =>
        RuleTest.For<InconsistentMappingRule>()
            .Schema("""
                model User {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  deletedAt DateTime @map("deleted_at")
                  [|updatedAt DateTime|]
                }
                """)
            .Expect("medium: User.updatedAt has no @map, though the other fields of its model have one");

    [Fact]
    public void A_single_mapped_column_among_many_is_an_exception_on_purpose() =>
        RuleTest.For<InconsistentMappingRule>()
            .Schema("""
                model User {
                  id Int @id
                  legacyId Int @map("legacy_id")
                  createdAt DateTime
                  updatedAt DateTime
                }
                """)
            .ExpectNothing();

    [Fact]
    public void Single_words_need_no_map() =>
        RuleTest.For<InconsistentMappingRule>()
            .Schema("""
                model User {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  email String
                }
                """)
            .ExpectNothing();
}
