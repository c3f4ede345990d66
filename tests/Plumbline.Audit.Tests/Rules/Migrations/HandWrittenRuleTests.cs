using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class HandWrittenRuleTests
{
    [Fact]
    public void They_are_counted_by_kind() =>
        RuleTest.For<HandWrittenRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                [|DO $$ BEGIN END $$|];
                ALTER TABLE "t" ENABLE ROW LEVEL SECURITY;
                DELETE FROM "t";
                """)
            .Expect("info: 3 statements in 1 migration were written by hand");

    [Fact]
    public void What_Prisma_writes_is_not() =>
        RuleTest.For<HandWrittenRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                ALTER TABLE "t" DROP COLUMN "a", ADD COLUMN "x" TEXT;
                CREATE INDEX "t_x_idx" ON "t"("x");
                """)
            .ExpectNothing();
}
