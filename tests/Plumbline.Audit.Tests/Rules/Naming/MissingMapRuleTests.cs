using Plumbline.Audit.Rules.Naming;

namespace Plumbline.Audit.Tests.Rules.Naming;

public sealed class MissingMapRuleTests
{
    [Fact]
    public void Models_without_a_map_beside_mapped_ones_are_one_finding() =>
        RuleTest.For<MissingMapRule>()
            .Schema("""
                [|model Person|] {
                  id Int @id
                }
                model Document {
                  id Int @id
                }
                model FoodEntry {
                  id Int @id
                  @@map("food_entries")
                }
                model FoodPhoto {
                  id Int @id
                  @@map("food_photos")
                }
                """)
            .Expect("low: 2 of 4 models have no @@map: their tables are in PascalCase beside 2 in snake_case");

    [Fact]
    public void A_schema_that_maps_nothing_is_of_one_convention() =>
        RuleTest.For<MissingMapRule>()
            .Schema("""
                model Person {
                  id Int @id
                }
                model Document {
                  id Int @id
                }
                """)
            .ExpectNothing();

    [Fact]
    public void A_schema_that_maps_all_is_too() =>
        RuleTest.For<MissingMapRule>()
            .Schema("""
                model FoodEntry {
                  id Int @id
                  @@map("food_entries")
                }
                model FoodPhoto {
                  id Int @id
                  @@map("food_photos")
                }
                """)
            .ExpectNothing();
}
