using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ImplicitJoinTableRuleTests
{
    private const string UniqueIndex = """CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");""";

    [Fact]
    public void With_the_old_unique_index_the_fix_is_what_Prisma_writes()
    {
        var finding = Assert.Single(Test(UniqueIndex).Run().Findings);

        Assert.Equal("medium: _PostToTag has a unique index where Prisma 7 expects a primary key", $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Title}");
        Assert.Equal("""
            ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B");
            DROP INDEX "_PostToTag_AB_unique";
            """, finding.Fix!.Sql);
        Assert.DoesNotContain("Nothing enforces", finding.Impact, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_key_it_is_high() =>
        Assert.Equal("_PostToTag has neither a primary key nor a unique index", Assert.Single(Test("").Run().Findings).Title);

    [Fact]
    public void Another_name_of_the_key_is_a_rename() =>
        Assert.Equal(
            """ALTER TABLE "_PostToTag" RENAME CONSTRAINT "_PostToTag_pkey" TO "_PostToTag_AB_pkey";""",
            Assert.Single(Test("""ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_pkey" PRIMARY KEY ("A", "B");""").Run().Findings).Fix!.Sql);

    [Fact]
    public void The_key_of_Prisma_6_is_fine() =>
        Test("""ALTER TABLE "_PostToTag" ADD CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B");""").ExpectNothing();

    [Fact]
    public void Before_Prisma_6_the_unique_index_is_what_is_expected() => Test(UniqueIndex).PrismaVersion(5, 22).ExpectNothing();

    private static RuleTest Test(string key) => RuleTest.For<ImplicitJoinTableRule>()
        .Schema("""
            model Post {
              id   Int   @id
              tags Tag[]
            }

            model Tag {
              id    Int    @id
              posts Post[]
            }
            """)
        .Migration("20250101000000_init", $"""
            CREATE TABLE "Post" ("id" INTEGER NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
            CREATE TABLE "Tag" ("id" INTEGER NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
            CREATE TABLE "_PostToTag" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL);
            {key}
            CREATE INDEX "_PostToTag_B_index" ON "_PostToTag"("B");
            """);
}
