using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class IndexRuleTests
{
    [Fact]
    public void An_index_that_no_migration_creates_is_told_at_the_attribute() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String

                  [|@@index([email])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: User: the index on (email) is in the schema but no migration creates it");

    [Fact]
    public void An_index_that_the_schema_does_not_have_is_told_at_the_statement() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                [|CREATE INDEX "by_email" ON "User"("email")|];
                """)
            .Expect("medium: User: the migrations create the index by_email, but the schema does not have it");

    [Fact]
    public void Another_name_alone_is_low() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String

                  [|@@index([email])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "by_email" ON "User"("email");
                """)
            .Expect("low: User: the index by_email has another name than the schema expects: User_email_idx");

    [Fact]
    public void Indexes_with_an_expression_or_a_predicate_are_invisible_to_Prisma() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String

                  @@index([email])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "User_email_idx" ON "User"("email");
                CREATE INDEX "lower_email" ON "User"(lower("email"));
                CREATE INDEX "some_email" ON "User"("email") WHERE "id" > 0;
                """)
            .ExpectNothing();

    [Fact]
    public void A_name_that_PostgreSQL_cuts_is_the_same_on_both_sides() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id                                          Int    @id
                  aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn String
                  anotherVeryLongColumnNameThatGoesOnAndOn     String

                  @@index([aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn, anotherVeryLongColumnNameThatGoesOnAndOn])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn" TEXT NOT NULL, "anotherVeryLongColumnNameThatGoesOnAndOn" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "User_aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn_anotherVe_idx" ON "User"("aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn", "anotherVeryLongColumnNameThatGoesOnAndOn");
                """)
            .ExpectNothing();
}
