using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Tests.Rules;

namespace Plumbline.Audit.Tests.Facts;

/// <summary>What is said of an object's past stands in the record of the history.</summary>
public sealed class DriftCausesTests
{
    private const string Users = """CREATE TABLE "User" ("id" INTEGER NOT NULL, "name" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));""";

    private const string UserWithIndex = """
        model User {
          id   Int     @id
          name String?

          @@index([name])
        }
        """;

    private static string Title(RuleTest test) => Assert.Single(test.Run().Findings).Title;

    [Fact]
    public void An_index_that_was_dropped_under_another_name_was_created_once() =>
        Assert.Equal(
            "User: the index on (name) is in the schema but 3_drop drops it",
            Title(RuleTest.For<IndexRule>()
                .Schema(UserWithIndex)
                .Migration("1_init", Users)
                .Migration("2_index", """CREATE INDEX "by_name" ON "User" ("name");""")
                .Migration("3_drop", """DROP INDEX "by_name";""")));

    [Fact]
    public void An_index_that_was_dropped_with_its_column_points_to_that_statement()
    {
        var finding = Assert.Single(RuleTest.For<IndexRule>()
            .Schema(UserWithIndex)
            .Migration("1_init", Users)
            .Migration("2_index", """CREATE INDEX "User_name_idx" ON "User" ("name");""")
            .Migration("3_drop", """ALTER TABLE "User" DROP COLUMN "name", ADD COLUMN "name" TEXT;""")
            .Run().Findings);
        Assert.Equal("User: the index on (name) is in the schema but 3_drop drops it", finding.Title);
        Assert.Equal(CauseKind.DroppedByMigration, finding.Cause!.Kind);
        Assert.Contains("3_drop", finding.Cause.Location!.Place.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_got_another_name_was_created_under_the_first() =>
        Assert.Equal(
            "User is in the schema but 2_rename renames it to Person",
            Title(RuleTest.For<MissingTableRule>()
                .Schema("model User {\n  id Int @id\n\n  @@unique([id], map: \"nothing_alike\")\n}")
                .Migration("1_init", """CREATE TABLE "User" ("id" INTEGER NOT NULL, "a" TEXT, "b" TEXT, "c" TEXT, "d" TEXT, CONSTRAINT "x" PRIMARY KEY ("a"));""")
                .Migration("2_rename", """ALTER TABLE "User" RENAME TO "Person";""")));

    [Fact]
    public void What_was_taken_back_with_its_transaction_was_not_never_created() =>
        Assert.Equal(
            "User is in the schema but the transaction that creates it is rolled back",
            Title(RuleTest.For<MissingTableRule>().Schema("model User {\n  id Int @id\n}").Migration("1_init", $"BEGIN; {Users} ROLLBACK;")));

    [Fact]
    public void The_value_of_an_enum_that_was_replaced_without_it_was_dropped_then() =>
        Assert.Equal(
            "The value B of R is in the schema but 2_less drops it",
            Title(RuleTest.For<EnumValueRule>()
                .Schema("enum R {\n  A\n  B\n}\n\nmodel User {\n  id Int @id\n  r  R\n}")
                .Migration("1_init", """CREATE TYPE "R" AS ENUM ('A', 'B'); CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY, "r" "R" NOT NULL);""")
                .Migration("2_less", """
                    CREATE TYPE "R_new" AS ENUM ('A');
                    ALTER TABLE "User" ALTER COLUMN "r" TYPE "R_new" USING ("r"::text::"R_new");
                    ALTER TYPE "R" RENAME TO "R_old";
                    ALTER TYPE "R_new" RENAME TO "R";
                    DROP TYPE "R_old";
                    """)));

    [Fact]
    public void The_value_of_an_enum_whose_replacement_is_refused_is_not_never_created() =>
        Assert.Equal(
            "The value B of R is in the schema but the statement that replaces R is refused",
            Title(RuleTest.For<EnumValueRule>()
                .Schema("enum R {\n  A\n  B\n}\n\nmodel User {\n  id Int @id\n  r  R\n}")
                .Migration("1_init", """CREATE TYPE "R" AS ENUM ('A'); CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY, "r" "R" NOT NULL);""")
                .Migration("2_more", """
                    DO $$ BEGIN
                      CREATE TYPE "R_new" AS ENUM ('A', 'B');
                      ALTER TABLE "Nobody" ALTER COLUMN "r" TYPE "R_new" USING ("r"::text::"R_new");
                      ALTER TYPE "R" RENAME TO "R_old";
                      ALTER TYPE "R_new" RENAME TO "R";
                    END $$;
                    """)));

    [Fact]
    public void A_word_in_a_refused_statement_about_something_else_is_no_cause() =>
        Assert.Equal(
            "User.name is in the schema but no migration creates it",
            Title(RuleTest.For<MissingColumnRule>()
                .Schema("model User {\n  id   Int     @id\n  name String?\n}")
                .Migration("1_init", """CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY);""")
                .Migration("2_data", """UPDATE "User" SET "missing" = 'name';""")));

    [Fact]
    public void What_a_statement_of_unknown_effect_may_have_done_is_open_and_no_finding()
    {
        var result = RuleTest.For<EnumValueRule>()
            .Schema("enum R {\n  A\n  C\n}\n\nmodel User {\n  id Int @id\n  r  R\n}")
            .Migration("1_init", """CREATE TYPE "R" AS ENUM ('A', 'B'); CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY, "r" "R" NOT NULL); CREATE VIEW x AS SELECT 1 AS a;""")
            .Migration("2_wrapped", """
                DO $$
                DECLARE definition text;
                BEGIN
                  definition := (SELECT v.definition FROM pg_views v WHERE viewname = 'x');
                  DROP VIEW x;
                  CREATE TYPE "R_new" AS ENUM ('A', 'C');
                  ALTER TABLE "User" ALTER COLUMN "r" TYPE "R_new" USING ("r"::text::"R_new");
                  ALTER TYPE "R" RENAME TO "R_old";
                  ALTER TYPE "R_new" RENAME TO "R";
                  DROP TYPE "R_old";
                  EXECUTE format('CREATE VIEW x AS %s', definition);
                END $$;
                """)
            .Run();
        Assert.Empty(result.Findings);
        Assert.Contains(result.Incomplete, i => i.Why.EndsWith("so it is unknown whether the schema agrees with it in R", StringComparison.Ordinal));
    }
}
