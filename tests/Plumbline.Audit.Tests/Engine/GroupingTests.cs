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
        Assert.Equal("The migrations create 3 foreign keys for which the schema has no relation: 2 on B and 1 on C", finding.Title);
        Assert.Equal(3, finding.Occurrences.Length);
    }
}
