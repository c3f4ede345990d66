using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class NullabilityRuleTests
{
    [Fact]
    public void An_optional_field_on_a_required_column_makes_creates_fail() =>
        RuleTest.For<NullabilityRule>()
            .Schema("""
                model Job {
                  id  Int     @id
                  [|key String?|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "key" TEXT NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("high: Job.key is optional in the schema but NOT NULL in the migrations");

    [Fact]
    public void Where_a_default_fills_the_column_it_is_medium() =>
        RuleTest.For<NullabilityRule>()
            .Schema("""
                model Job {
                  id  Int     @id
                  [|key String? @default("a")|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "key" TEXT NOT NULL DEFAULT 'a', CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Job.key is optional in the schema but NOT NULL in the migrations");

    [Fact]
    public void A_required_field_on_a_nullable_column_is_medium() =>
        RuleTest.For<NullabilityRule>()
            .Schema("""
                model Job {
                  id  Int    @id
                  [|key String|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "key" TEXT, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Job.key is required in the schema but nullable in the migrations");

    [Fact]
    public void A_list_may_be_nullable_in_the_database() =>
        RuleTest.For<NullabilityRule>()
            .Schema("""
                model Job {
                  id   Int      @id
                  keys String[]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "keys" TEXT[], CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void A_column_that_a_later_migration_makes_required_is_fine() =>
        RuleTest.For<NullabilityRule>()
            .Schema("""
                model Job {
                  id  Int    @id
                  key String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "key" TEXT, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                UPDATE "Job" SET "key" = '' WHERE "key" IS NULL;
                ALTER TABLE "Job" ALTER COLUMN "key" SET NOT NULL;
                """)
            .ExpectNothing();
}
