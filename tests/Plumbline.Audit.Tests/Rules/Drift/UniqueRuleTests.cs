using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class UniqueRuleTests
{
    [Fact]
    public void Uniqueness_that_no_migration_creates_is_told_at_the_attribute() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String [|@unique|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("high: User: the unique (email) is in the schema but no migration creates it");

    [Fact]
    public void Uniqueness_that_the_schema_does_not_know_is_told_at_the_statement() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                [|CREATE UNIQUE INDEX "User_email_key" ON "User"("email")|];
                """)
            .Expect("high: User: the migrations make (email) unique, but the schema does not");

    [Fact]
    public void A_second_unique_index_over_the_same_columns_is_medium() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String @unique
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
                [|CREATE UNIQUE INDEX "users_email_key" ON "User"("email")|];
                """)
            .Expect("low: User has two equal unique indexes on (email): User_email_key and users_email_key");

    [Fact]
    public void A_unique_constraint_serves_as_well_as_an_index() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String @unique
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE ("email");
                """)
            .ExpectNothing();

    [Fact]
    public void A_partial_unique_index_is_invisible_to_Prisma() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "one_email" ON "User"("email") WHERE "id" > 0;
                """)
            .ExpectNothing();
}
