using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class DefaultRuleTests
{
    [Fact]
    public void Two_defaults_are_told_with_both_values() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id    Int @id
                  [|tries Int @default(3)|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "tries" INTEGER NOT NULL DEFAULT 5, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Job.tries has the default 3 in the schema and 5 in the migrations");

    [Fact]
    public void A_default_that_only_the_schema_has_is_medium() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id    Int @id
                  [|tries Int @default(3)|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "tries" INTEGER NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Job.tries has the default 3 in the schema but none in the migrations");

    [Fact]
    public void A_default_that_only_the_database_has_is_low() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id    Int @id
                  [|tries Int|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "tries" INTEGER NOT NULL DEFAULT 3, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("low: Job.tries has the default 3 in the migrations but none in the schema");

    [Fact]
    public void Spellings_of_one_default_are_the_same() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id     Int      @id
                  at     DateTime @default(now())
                  kind   String   @default("a")
                  keys   String[] @default([])
                  active Boolean  @default(true)
                  ratio  Float    @default(1)
                  data   Json     @default("{}")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "at" TIMESTAMP(3) NOT NULL DEFAULT now(), "kind" TEXT NOT NULL DEFAULT 'a'::text, "keys" TEXT[] DEFAULT '{}', "active" BOOL NOT NULL DEFAULT 't', "ratio" FLOAT8 NOT NULL DEFAULT 1.0, "data" JSONB NOT NULL DEFAULT '{}'::jsonb, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void What_the_client_fills_in_needs_no_default_in_the_database() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id        String   @id @default(cuid())
                  key       String   @default(uuid())
                  updatedAt DateTime @updatedAt
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" TEXT NOT NULL, "key" TEXT NOT NULL, "updatedAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void An_expression_of_dbgenerated_is_compared_as_PostgreSQL_prints_it() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id Int      @id
                  at DateTime @default(dbgenerated("now() + interval '1 day'"))
                  no String   @default(dbgenerated("gen_random_uuid()")) @db.Uuid
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "at" TIMESTAMP(3) NOT NULL DEFAULT (NOW() + INTERVAL '1 day'), "no" UUID NOT NULL DEFAULT gen_random_uuid(), CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void A_default_beside_the_one_of_the_client_is_kept_by_dbgenerated()
    {
        var findings = RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  [|id String @id @default(uuid()) @db.Uuid|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" UUID NOT NULL DEFAULT gen_random_uuid(), CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("low: Job.id has the default gen_random_uuid() in the migrations, but the schema leaves the value to Prisma Client (@default(uuid()))");
        Assert.Contains("@default(dbgenerated(\"gen_random_uuid()\"))", Assert.Single(findings).Recommendation);
    }

    [Fact]
    public void Defaults_beside_those_of_the_client_are_one_finding() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  [|id        String   @id @default(uuid()) @db.Uuid|]
                  [|updatedAt DateTime @updatedAt|]
                }

                model Task {
                  [|id String @id @default(uuid()) @db.Uuid|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" UUID NOT NULL DEFAULT gen_random_uuid(), "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "Task" ("id" UUID NOT NULL DEFAULT gen_random_uuid(), CONSTRAINT "Task_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("low: 3 columns have a default in the migrations, but the schema leaves their values to Prisma Client");

    [Fact]
    public void Dbgenerated_without_an_expression_agrees_with_any_default() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id  Int    @id
                  ref String @default(dbgenerated()) @db.Uuid
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "ref" UUID NOT NULL DEFAULT gen_random_uuid(), CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void Of_an_enum_Prisma_takes_dbgenerated_without_an_expression_for_no_default() =>
        RuleTest.For<DefaultRule>()
            .Schema("""
                model Job {
                  id   Int @id
                  a    Int @default(dbgenerated())
                  [|kind E   @default(dbgenerated())|]
                }

                enum E {
                  X
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TYPE "E" AS ENUM ('X');
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "a" INTEGER NOT NULL DEFAULT 3, "kind" "E" NOT NULL DEFAULT 'X', CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("low: Job.kind has the default 'X'::\"E\" in the migrations but none in the schema");
}
