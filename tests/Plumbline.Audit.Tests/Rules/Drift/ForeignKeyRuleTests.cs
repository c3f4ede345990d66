using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ForeignKeyRuleTests
{
    [Fact]
    public void A_relation_without_a_foreign_key_is_told_at_the_relation() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(author: "[|author   User @relation(fields: [authorId], references: [id])|]")
            .Expect("high: Post: the foreign key on (authorId) is in the schema but no migration creates it");

    [Fact]
    public void A_foreign_key_without_a_relation_is_told_at_the_statement() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: null,
                foreignKey: """[|ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id")|];""")
            .Expect("high: Post: the migrations create the foreign key Post_authorId_fkey, but the schema has no such relation");

    [Fact]
    public void Another_name_alone_is_low() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: "[|author   User @relation(fields: [authorId], references: [id])|]",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "fk_author" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;""")
            .Expect("low: Post: the foreign key fk_author has a different name than the schema expects: Post_authorId_fkey");

    [Fact]
    public void Other_actions_are_another_rules_finding() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: "author   User @relation(fields: [authorId], references: [id])",
                foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;""")
            .ExpectNothing();

    [Fact]
    public void Where_Prisma_keeps_the_relations_no_foreign_key_is_expected() =>
        RuleTest.For<ForeignKeyRule>()
            .Posts(
                author: "author   User @relation(fields: [authorId], references: [id])",
                configuration: """
                    datasource db {
                      provider     = "postgresql"
                      relationMode = "prisma"
                    }
                    """)
            .ExpectNothing();

    [Fact]
    public void With_relation_mode_prisma_those_of_a_table_without_a_model_are_unwanted_too() =>
        RuleTest.For<ForeignKeyRule>()
            .Schema("""
                datasource db {
                  provider     = "postgresql"
                  relationMode = "prisma"
                }

                model Kit {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Kit" ("id" INTEGER NOT NULL, CONSTRAINT "Kit_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "Old" ("id" INTEGER NOT NULL, "kitId" INTEGER NOT NULL, CONSTRAINT "Old_pkey" PRIMARY KEY ("id"));
                [|ALTER TABLE "Old" ADD CONSTRAINT "Old_kitId_fkey" FOREIGN KEY ("kitId") REFERENCES "Kit"("id")|];
                """)
            .Expect("medium: Old: the foreign key Old_kitId_fkey exists although the schema has relationMode = \"prisma\"");

    [Fact]
    public void A_foreign_key_without_a_relation_comes_with_the_relation_fields_of_both_models()
    {
        var finding = Assert.Single(RuleTest.For<ForeignKeyRule>()
            .Schema("""
                model Kit {
                  id     Int     @id
                  assets Asset[]
                }

                model Asset {
                  id          Int  @id
                  kitId       Int
                  kit         Kit  @relation(fields: [kitId], references: [id])
                  sourceKitId Int?
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Kit" ("id" INTEGER NOT NULL, CONSTRAINT "Kit_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "Asset" ("id" INTEGER NOT NULL, "kitId" INTEGER NOT NULL, "sourceKitId" INTEGER, CONSTRAINT "Asset_pkey" PRIMARY KEY ("id"));
                ALTER TABLE "Asset" ADD CONSTRAINT "Asset_kitId_fkey" FOREIGN KEY ("kitId") REFERENCES "Kit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
                [|ALTER TABLE "Asset" ADD CONSTRAINT "Asset_sourceKitId_fkey" FOREIGN KEY ("sourceKitId") REFERENCES "Kit"("id") ON DELETE CASCADE ON UPDATE CASCADE|];
                """)
            .Expect("high: Asset: the migrations create the foreign key Asset_sourceKitId_fkey, but the schema has no such relation"));
        Assert.Equal(
            (null, """
                  // in model Asset
                +   sourceKit Kit? @relation("Asset_sourceKit", fields: [sourceKitId], references: [id], onDelete: Cascade) @ignore
                  // in model Kit
                +   Asset Asset[] @relation("Asset_sourceKit") @ignore
                """),
            (finding.Fix!.Sql, finding.Fix.Patch));
    }

    [Fact]
    public void A_foreign_key_that_no_relation_can_express_has_no_fix() =>
        Assert.Null(Assert.Single(RuleTest.For<ForeignKeyRule>()
            .Schema("""
                model User {
                  id   Int    @id
                  code String @db.VarChar(10)
                }

                model Post {
                  id   Int    @id
                  code String @db.VarChar(10)
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "code" VARCHAR(10) NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "User_code_key" ON "User"("code");
                CREATE TABLE "Post" ("id" INTEGER NOT NULL, "code" VARCHAR(10) NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
                [|ALTER TABLE "Post" ADD CONSTRAINT "Post_code_fkey" FOREIGN KEY ("code") REFERENCES "User"("code")|];
                """)
            .Expect("high: Post: the migrations create the foreign key Post_code_fkey, but the schema has no such relation")).Fix);

    [Fact]
    public void Where_a_program_of_the_team_runs_the_migrations_no_sentence_says_that_Prisma_does()
    {
        var finding = Assert.Single(RuleTest.For<ForeignKeyRule>()
            .Posts(author: null, foreignKey: """ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id");""")
            .File("prisma/migrations/20250301000000_code/migration.ts", "export default () => {}")
            .Run().Findings);
        Assert.StartsWith("The next migration that is generated from the schema drops the foreign key. Until then, ", finding.Impact, StringComparison.Ordinal);
    }
}
