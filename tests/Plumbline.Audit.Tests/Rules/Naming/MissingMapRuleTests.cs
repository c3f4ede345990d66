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
                [|model Document|] {
                  id Int @id
                }
                model User {
                  id Int @id
                  @@map("users")
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
            .Expect("low: 2 models have no @@map, so their tables are not named in snake_case");

    [Fact]
    public void Where_most_tables_are_in_PascalCase_the_mapped_ones_break_the_convention() =>
        RuleTest.For<MissingMapRule>()
            .With<TableNameRule>()
            .Schema("""
                model Person {
                  id Int @id
                }
                model Document {
                  id Int @id
                }
                model Team {
                  id Int @id
                }
                [|model FoodEntry|] {
                  id Int @id
                  @@map("food_entries")
                }
                [|model FoodPhoto|] {
                  id Int @id
                  @@map("food_photos")
                }
                """)
            .Expect("low: 2 tables are not named in PascalCase");

    [Fact]
    public void Without_a_majority_nothing_is_reported() =>
        RuleTest.For<MissingMapRule>()
            .With<TableNameRule>()
            .Schema("""
                model Person {
                  id Int @id
                }
                model Document {
                  id Int @id
                }
                model Team {
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
                model FoodItem {
                  id Int @id
                  @@map("food_items")
                }
                """)
            .ExpectNothing();

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
