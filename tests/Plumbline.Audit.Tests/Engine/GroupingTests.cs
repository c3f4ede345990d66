using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Tests.Rules;

namespace Plumbline.Audit.Tests.Engine;

/// <summary>One cause is one finding, and two causes are two.</summary>
public sealed class GroupingTests
{
    private const string Schema = """
        model Code {
          id     Int      @id
          userId String
          usedAt DateTime
        }
        """;

    [Fact]
    public void What_one_migration_made_otherwise_than_the_model_says_is_one_finding()
    {
        var finding = Assert.Single(RuleTest.For<ColumnTypeRule>().With<IndexRule>()
            .Schema(Schema)
            .Migration("1_codes", """
                CREATE TABLE "Code" ("id" INTEGER NOT NULL PRIMARY KEY, "userId" VARCHAR(30) NOT NULL, "usedAt" TIMESTAMP(3) NOT NULL);
                CREATE INDEX "Code_userId_idx" ON "Code" ("userId");
                """)
            .Run().Findings);
        Assert.Equal("drift/table-differs", finding.Rule);
        Assert.Equal("Code differs between schema and migrations: 1 column type and 1 index", finding.Title);
        Assert.Equal(["drift/column-type", "drift/index"], finding.Occurrences.Select(o => o.Rule).Order());
    }

    [Fact]
    public void What_several_migrations_did_to_a_table_are_several_findings() =>
        Assert.Equal(
            ["drift/column-type", "drift/index"],
            RuleTest.For<ColumnTypeRule>().With<IndexRule>()
                .Schema(Schema)
                .Migration("1_codes", """CREATE TABLE "Code" ("id" INTEGER NOT NULL PRIMARY KEY, "userId" VARCHAR(30) NOT NULL, "usedAt" TIMESTAMP(3) NOT NULL);""")
                .Migration("2_index", """CREATE INDEX "Code_userId_idx" ON "Code" ("userId");""")
                .Run().Findings.Select(f => f.Rule).Order());

    [Fact]
    public void Foreign_keys_that_the_schema_has_no_relation_for_are_one_finding_of_the_project()
    {
        var finding = Assert.Single(RuleTest.For<ForeignKeyRule>()
            .Schema("model A {\n  id Int @id\n}\n\nmodel B {\n  id   Int  @id\n  aId  Int?\n  a2Id Int?\n}\n\nmodel C {\n  id  Int  @id\n  aId Int?\n}")
            .Migration("1_init", """
                CREATE TABLE "A" ("id" INTEGER NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "B" ("id" INTEGER NOT NULL, "aId" INTEGER REFERENCES "A", "a2Id" INTEGER, CONSTRAINT "B_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "C" ("id" INTEGER NOT NULL, "aId" INTEGER, CONSTRAINT "C_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("2_keys", """
                ALTER TABLE "B" ADD CONSTRAINT "B_a2Id_fkey" FOREIGN KEY ("a2Id") REFERENCES "A";
                ALTER TABLE "C" ADD CONSTRAINT "C_aId_fkey" FOREIGN KEY ("aId") REFERENCES "A";
                """)
            .Run().Findings);
        Assert.Equal("The migrations create 3 foreign keys for which the schema has no relation", finding.Title);
        Assert.Equal(3, finding.Occurrences.Length);
    }

    [Fact]
    public void A_table_that_differs_is_told_by_what_each_side_has()
    {
        var finding = Assert.Single(RuleTest.For<MissingColumnRule>().With<DefaultRule>().With<RenamedColumnRule>().With<IndexRule>()
            .Schema("""
                model Level {
                  id        Int      @id
                  streakDay Int
                  updatedAt DateTime
                  a         Int?
                  b         Int?

                  @@index([a])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Level" ("id" INTEGER NOT NULL, "streak_day" INTEGER NOT NULL, "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT "Level_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "once" ON "Level"("updatedAt");
                """)
            .Run().Findings, f => f.Rule == "drift/table-differs");
        Assert.Equal("Only the schema has a, b and Level_a_idx. Only the migrations create once. The migrations have other names: streak_day for streakDay. Defined differently on the two sides: updatedAt.", finding.Message);
    }

    [Fact]
    public void A_table_that_CREATE_TABLE_AS_makes_lacks_its_constraints_for_one_cause()
    {
        var finding = Assert.Single(RuleTest.For<PrimaryKeyRule>().With<IndexRule>().With<NullabilityRule>().With<DefaultRule>()
            .Schema("""
                model Old {
                  id Int @id
                }

                model Copy {
                  id   Int @id
                  rank Int @default(0)

                  @@index([rank])
                }
                """)
            .Migration("20250101000000_init", """CREATE TABLE "Old" ("id" INTEGER NOT NULL, CONSTRAINT "Old_pkey" PRIMARY KEY ("id"));""")
            .Migration("20250102000000_copy", """CREATE TABLE "Copy" AS SELECT "id", 0 AS "rank" FROM "Old";""")
            .Run().Findings);
        Assert.Equal("created-otherwise", finding.Cause!.Kind);
        Assert.StartsWith("20250102000000_copy creates Copy with CREATE TABLE AS, which takes over columns and rows, but no constraints, defaults or indexes.", finding.Message, StringComparison.Ordinal);
    }
}
