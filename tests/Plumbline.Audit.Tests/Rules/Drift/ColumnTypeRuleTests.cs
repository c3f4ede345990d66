using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ColumnTypeRuleTests
{
    [Fact]
    public void Text_in_the_schema_and_uuid_in_the_migrations_are_both_strings_to_the_client() =>
        RuleTest.For<ColumnTypeRule>()
            .Schema("""
                model Job {
                  id  Int    @id
                  [|key String|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "key" UUID NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Job.key is text in the schema and uuid in the migrations");

    [Fact]
    public void A_length_that_only_one_side_has_is_medium() =>
        RuleTest.For<ColumnTypeRule>()
            .Schema("""
                model Job {
                  id  Int    @id
                  [|key String|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "key" VARCHAR(20) NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Job.key is text in the schema and character varying(20) in the migrations");

    [Fact]
    public void A_time_zone_that_only_one_side_has_is_medium() =>
        RuleTest.For<ColumnTypeRule>()
            .Schema("""
                model Job {
                  id Int      @id
                  [|at DateTime|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "at" TIMESTAMPTZ(3) NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Job.at is timestamp(3) without time zone in the schema and timestamp(3) with time zone in the migrations");

    [Fact]
    public void Two_spellings_of_one_type_are_the_same() =>
        RuleTest.For<ColumnTypeRule>()
            .Schema("""
                model Job {
                  id    Int     @id
                  a     String  @db.VarChar(20)
                  b     BigInt
                  c     Decimal
                  d     Float
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "a" CHARACTER VARYING(20) NOT NULL, "b" INT8 NOT NULL, "c" NUMERIC(65,30) NOT NULL, "d" FLOAT8 NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void A_type_that_a_later_migration_corrects_is_fine() =>
        RuleTest.For<ColumnTypeRule>()
            .Schema("""
                model Job {
                  id  Int    @id
                  key String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, "key" UUID NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                ALTER TABLE "Job" ALTER COLUMN "key" SET DATA TYPE TEXT;
                """)
            .ExpectNothing();

    [Fact]
    public void A_table_that_only_a_stray_file_makes_is_held_against_the_schema_too() =>
        RuleTest.For<ColumnTypeRule>()
            .Schema("""
                model Job {
                  id Int @id
                }

                model Message {
                  [|id   String @id|]
                  text String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Job" ("id" INTEGER NOT NULL, CONSTRAINT "Job_pkey" PRIMARY KEY ("id"));
                """)
            .File("prisma/migrations/add_message.sql", """
                CREATE TABLE "Message" (
                  {|id uuid PRIMARY KEY REFERENCES "Job"(id)|},
                  text text NOT NULL
                );
                """)
            .Expect("high: Message.id is text in the schema and uuid in prisma/migrations/add_message.sql");
}
