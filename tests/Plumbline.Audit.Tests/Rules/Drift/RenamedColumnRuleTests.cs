using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class RenamedColumnRuleTests
{
    [Fact]
    public void A_column_of_like_name_and_type_is_a_probable_rename() =>
        RuleTest.For<RenamedColumnRule>()
            .Schema("""
                model PersonalModel {
                  id      String @id
                  [|version String|]

                  @@map("personal_models")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "personal_models" ("id" TEXT NOT NULL, "model_version" TEXT NOT NULL, CONSTRAINT "personal_models_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("critical: personal_models.version is called model_version in the migrations");

    [Fact]
    public void Columns_of_other_types_are_no_rename() =>
        RuleTest.For<RenamedColumnRule>()
            .Schema("""
                model PersonalModel {
                  id      String @id
                  version Int

                  @@map("personal_models")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "personal_models" ("id" TEXT NOT NULL, "model_version" BYTEA NOT NULL, CONSTRAINT "personal_models_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void A_field_that_still_has_the_name_of_the_column_was_mapped_to_another_one() =>
        RuleTest.For<RenamedColumnRule>().With<MissingColumnRule>().With<PrimaryKeyRule>()
            .Schema("""
                model Room {
                  [|room_id String @id @map("id")|]
                  name    String
                }
                """)
            .Migration("20250101000000_init", """CREATE TABLE "Room" ("room_id" TEXT NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Room_pkey" PRIMARY KEY ("room_id"));""")
            .Expect("critical: Room.id is called room_id in the migrations");
}
