using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ExtraColumnRuleTests
{
    [Fact]
    public void A_required_column_that_nothing_fills_makes_creates_fail() =>
        RuleTest.For<ExtraColumnRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                [|CREATE TABLE "User" ("id" INTEGER NOT NULL, "tenant" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"))|];
                """)
            .Expect("high: The migrations create the column User.tenant, but the schema has no field for it");

    [Fact]
    public void A_nullable_column_is_medium() =>
        RuleTest.For<ExtraColumnRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                [|ALTER TABLE "User" ADD COLUMN "note" TEXT|];
                """)
            .Expect("medium: The migrations create the column User.note, but the schema has no field for it");

    [Fact]
    public void A_required_column_with_a_default_is_medium() =>
        RuleTest.For<ExtraColumnRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                [|ALTER TABLE "User" ADD COLUMN "note" TEXT NOT NULL DEFAULT ''|];
                """)
            .Expect("medium: The migrations create the column User.note, but the schema has no field for it");

    [Fact]
    public void A_column_that_is_dropped_again_is_fine() =>
        RuleTest.For<ExtraColumnRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "note" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                ALTER TABLE "User" DROP COLUMN "note";
                """)
            .ExpectNothing();
}
