using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class MissingTableRuleTests
{
    [Fact]
    public void A_model_that_no_migration_creates_is_told_at_the_model() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }

                [|model Invoice|] {
                  id    Int    @id
                  title String @unique
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("critical: Invoice is in the schema but no migration creates it");

    [Fact]
    public void A_table_that_a_later_migration_drops_is_told_with_that_statement() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                [|model User|] {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                {|DROP TABLE "User"|};
                """)
            .Expect("critical: User is in the schema but 20250201000000_next drops it");

    [Fact]
    public void The_join_table_of_an_implicit_relation_is_missed_too() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id   Int   @id
                  tags Tag[]
                }

                model Tag {
                  id    Int    @id
                  [|users User[]|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "Tag" ("id" INTEGER NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("critical: _TagToUser is in the schema but no migration creates it");

    [Fact]
    public void A_table_that_is_created_and_renamed_is_fine() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id Int @id

                  @@map("users")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                ALTER TABLE "User" RENAME TO "users";
                ALTER TABLE "users" RENAME CONSTRAINT "User_pkey" TO "users_pkey";
                """)
            .ExpectNothing();

    [Fact]
    public void A_project_without_migrations_lacks_no_tables() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .ExpectNothing();
}
