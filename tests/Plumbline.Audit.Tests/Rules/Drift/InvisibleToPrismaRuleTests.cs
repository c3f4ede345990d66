using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class InvisibleToPrismaRuleTests
{
    [Fact]
    public void Every_kind_is_one_line() =>
        RuleTest.For<InvisibleToPrismaRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                [|ALTER TABLE "User" ADD CONSTRAINT "email_is_one" CHECK ("email" LIKE '%@%')|];
                ALTER TABLE "User" ADD CONSTRAINT "id_counts" CHECK ("id" > 0);
                [|CREATE INDEX "lower_email" ON "User"(lower("email"))|];
                """)
            .Expect(
                "info: 2 CHECK constraints are invisible to Prisma",
                "info: 1 expression index is invisible to Prisma");

    [Fact]
    public void What_Prisma_can_say_is_not_listed() =>
        RuleTest.For<InvisibleToPrismaRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String @unique
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
                """)
            .ExpectNothing();
}
