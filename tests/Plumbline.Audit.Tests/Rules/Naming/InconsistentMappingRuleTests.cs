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
            .Expect("low: User.updatedAt has no @map, although 2 other fields of User are mapped to snake_case");

    [Fact]
    public void A_suppressed_field_leaves_the_others() =>
        RuleTest.For<InconsistentMappingRule>()
            .Schema("""
                model User {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  deletedAt DateTime @map("deleted_at")
                  joinedAt DateTime @map("joined_at")
                  /// plumb-ignore naming/inconsistent-mapping the warehouse reads it
                  updatedAt DateTime
                  [|seenAt DateTime|]
                }
                """)
            .Expect("low: User.seenAt has no @map, although 3 other fields of User are mapped to snake_case");

    [Fact]
    public void Where_the_schema_maps_timestamps_alone_the_other_fields_are_no_exception() =>
        RuleTest.For<InconsistentMappingRule>()
            .Schema("""
                model User {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  updatedAt DateTime @map("updated_at")
                  walletId Int
                }
                model Item {
                  id Int @id
                  createdAt DateTime @map("created_at")
                  userId Int
                  parentId Int
                  rootId Int
                }
                """)
            .ExpectNothing();

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
