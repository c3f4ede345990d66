using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ExtraTableRuleTests
{
    [Fact]
    public void A_table_without_a_model_is_told_at_its_statement() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                [|CREATE TABLE "legacy" ("id" INTEGER PRIMARY KEY)|];
                """)
            .Expect("medium: The migrations create the table legacy, but the schema has no model for it");

    [Fact]
    public void A_foreign_key_to_a_table_of_the_schema_makes_it_high() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                [|CREATE TABLE "legacy" ("id" INTEGER PRIMARY KEY REFERENCES "User"("id"))|];
                """)
            .Expect("high: The migrations create the table legacy, but the schema has no model for it");

    [Fact]
    public void A_table_that_is_dropped_again_is_fine() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "legacy" ("id" INTEGER PRIMARY KEY);
                """)
            .Migration("20250201000000_next", """
                DROP TABLE "legacy";
                """)
            .ExpectNothing();

    [Fact]
    public void A_table_in_a_schema_that_the_datasource_does_not_list_is_not_seen() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE SCHEMA "audit";
                CREATE TABLE "audit"."events" ("id" INTEGER PRIMARY KEY);
                """)
            .ExpectNothing();
}
