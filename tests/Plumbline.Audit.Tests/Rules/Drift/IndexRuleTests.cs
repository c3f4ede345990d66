using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class IndexRuleTests
{
    [Fact]
    public void An_index_that_no_migration_creates_is_told_at_the_attribute() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String

                  [|@@index([email])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: User: the index on (email) is in the schema but no migration creates it");

    [Fact]
    public void An_index_that_the_schema_does_not_have_is_told_at_the_statement() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                [|CREATE INDEX "by_email" ON "User"("email")|];
                """)
            .Expect("medium: User: the migrations create the index by_email, but the schema does not have it");

    [Fact]
    public void Another_name_alone_is_low() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String

                  [|@@index([email])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "by_email" ON "User"("email");
                """)
            .Expect("low: User: the index by_email has a different name than the schema expects: User_email_idx");

    [Fact]
    public void Indexes_with_an_expression_or_a_predicate_are_invisible_to_Prisma() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String

                  @@index([email])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "User_email_idx" ON "User"("email");
                CREATE INDEX "lower_email" ON "User"(lower("email"));
                CREATE INDEX "some_email" ON "User"("email") WHERE "id" > 0;
                """)
            .ExpectNothing();

    [Fact]
    public void A_name_that_PostgreSQL_cuts_is_the_same_on_both_sides() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model User {
                  id                                          Int    @id
                  aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn String
                  anotherVeryLongColumnNameThatGoesOnAndOn     String

                  @@index([aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn, anotherVeryLongColumnNameThatGoesOnAndOn])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn" TEXT NOT NULL, "anotherVeryLongColumnNameThatGoesOnAndOn" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "User_aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn_anotherVe_idx" ON "User"("aVeryLongColumnNameThatGoesOnAndOnAndOnAndOn", "anotherVeryLongColumnNameThatGoesOnAndOn");
                """)
            .ExpectNothing();

    [Fact]
    public void Parameters_of_an_operator_class_are_invisible_to_Prisma() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model Item {
                  id   Int                   @id
                  path Unsupported("ltree")?

                  @@index([path], type: Gist)
                }
                """)
            .Migration("20250101000000_init", """
                CREATE EXTENSION ltree;
                CREATE TABLE "Item" ("id" INTEGER NOT NULL, "path" LTREE, CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "Item_path_idx" ON "Item" USING GIST ("path" gist_ltree_ops(siglen=2024));
                """)
            .ExpectNothing();

    [Fact]
    public void An_operator_class_that_is_not_the_default_differs() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model Item {
                  id   Int   @id
                  data Json?

                  [|@@index([data], type: Gin)|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Item" ("id" INTEGER NOT NULL, "data" JSONB, CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "Item_data_idx" ON "Item" USING GIN ("data" jsonb_path_ops);
                """)
            .Expect("medium: Item: the index Item_data_idx differs between schema and migrations");

    [Fact]
    public void An_index_that_the_schema_declares_twice_is_low_and_creates_nothing()
    {
        var findings = RuleTest.For<IndexRule>()
            .Schema("""
                model Item {
                  id   Int    @id
                  path String

                  @@index([path], map: "path_index")
                  [|@@index([path], map: "path_index0")|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Item" ("id" INTEGER NOT NULL, "path" TEXT NOT NULL, CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "path_index" ON "Item"("path");
                """)
            .Expect("low: Item: the schema declares the same index on (path) twice: path_index and path_index0");
        Assert.Null(Assert.Single(findings).Fix);
    }

    [Fact]
    public void Of_two_equal_indexes_that_no_migration_creates_the_first_one_is_missing() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model Item {
                  id   Int    @id
                  path String

                  [|@@index([path], map: "b")|]
                  [|@@index([path], map: "a")|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Item" ("id" INTEGER NOT NULL, "path" TEXT NOT NULL, CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: Item: the index on (path) is in the schema but no migration creates it", "low: Item: the schema declares the same index on (path) twice: b and a");

    [Fact]
    public void A_partial_unique_index_that_leaves_out_NULLs_enforces_the_same()
    {
        var findings = Partial("projectId", "triggerId", "WHERE \"triggerId\" IS NOT NULL").Expect(
            "low: Mail: the unique index on (projectId, triggerId) covers only rows WHERE (\"triggerId\" IS NOT NULL), but the schema declares it for all rows");
        var finding = Assert.Single(findings);
        Assert.Null(finding.Fix);
        Assert.DoesNotContain("findUnique", finding.Impact);
    }

    [Theory]
    [InlineData("NULLS NOT DISTINCT WHERE \"triggerId\" IS NOT NULL")]
    [InlineData("WHERE \"id\" > 0")]
    [InlineData("WHERE \"id\" IS NOT NULL")]
    [InlineData("WHERE \"triggerId\" IS NOT NULL AND \"id\" > 0")]
    public void Another_partial_unique_index_is_a_decision_without_a_fix(string rest)
    {
        var finding = Assert.Single(Partial("projectId", "triggerId", rest).Run().Findings);
        Assert.Equal("medium", finding.Severity.Name());
        Assert.Contains("remove @@unique from the schema and keep the index", finding.Recommendation);
        Assert.Null(finding.Fix);
    }

    private static RuleTest Partial(string first, string second, string rest) =>
        RuleTest.For<IndexRule>()
            .Schema($$"""
                model Mail {
                  id        Int  @id
                  projectId Int
                  triggerId Int?

                  [|@@unique([{{first}}, {{second}}], map: "mail")|]
                }
                """)
            .Migration("20250101000000_init", $"""
                CREATE TABLE "Mail" ("id" INTEGER NOT NULL, "projectId" INTEGER NOT NULL, "triggerId" INTEGER, CONSTRAINT "Mail_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "mail" ON "Mail"("{first}", "{second}") {rest};
                """);

    [Fact]
    public void An_index_whose_included_columns_the_schema_lacks_is_replaced_by_Prisma()
    {
        var findings = RuleTest.For<IndexRule>().With<UniqueRule>().With<InvisibleToPrismaRule>()
            .Schema("""
                model Visit {
                  id Int @id
                  n  Int
                  m  Int
                  k  Int [|@unique|]

                  [|@@index([n])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Visit" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "m" INTEGER NOT NULL, "k" INTEGER NOT NULL, CONSTRAINT "Visit_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250102000000_plain", """CREATE INDEX "Visit_n_idx" ON "Visit"("n") INCLUDE ("m");""")
            .Migration("20250103000000_unique", """CREATE UNIQUE INDEX "Visit_k_key" ON "Visit"("k") INCLUDE ("m");""")
            .Expect(
                "medium: Visit: Prisma replaces the index Visit_n_idx by one without INCLUDE",
                "medium: Visit: Prisma replaces the unique index Visit_k_key by one without INCLUDE");
        Assert.Equal("The migrations create Visit_n_idx, btree (n) INCLUDE (m); the schema has btree (n). Prisma reads the columns of INCLUDE as key columns.", findings[0].Message);
    }

    [Fact]
    public void An_index_whose_included_columns_are_keys_in_the_schema_is_the_same_to_Prisma()
    {
        var finding = Assert.Single(RuleTest.For<IndexRule>()
            .Schema("""
                model Visit {
                  id Int @id
                  n  Int
                  m  Int

                  [|@@index([n(sort: Desc), m], map: "visit")|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Visit" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "m" INTEGER NOT NULL, CONSTRAINT "Visit_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "visit" ON "Visit"("n" DESC) INCLUDE ("m");
                """)
            .Expect("low: Visit: the index visit has INCLUDE (m) in the migrations, and these columns as keys in the schema"));
        Assert.Null(finding.Fix);
    }

    [Fact]
    public void No_edit_that_makes_Prisma_replace_the_index_is_offered() =>
        Assert.Null(Assert.Single(RuleTest.For<IndexRule>()
            .Schema("""
                model Visit {
                  id Int @id
                  n  Int
                  m  Int
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Visit" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "m" INTEGER NOT NULL, CONSTRAINT "Visit_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "visit" ON "Visit"("n") INCLUDE ("m");
                """).Run().Findings).Fix?.Patch);

    [Fact]
    public void An_index_in_another_direction_under_another_name_is_one_difference()
    {
        var finding = Assert.Single(Visits("[|@@index([n, m])|]")
            .Migration("20250102000000_index", """CREATE INDEX "by_n" ON "Visit"("n", "m" DESC);""")
            .Expect("low: Visit: the index on (n, m) differs between schema and migrations"));
        Assert.Equal("The schema has Visit_n_m_idx, btree (n, m); the migrations create by_n, btree (n, m DESC).", finding.Message);
        Assert.Equal("The next prisma migrate dev drops by_n and creates Visit_n_m_idx.", finding.Impact);
        Assert.Contains("DROP INDEX public.by_n;", finding.Fix!.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexes_in_another_direction_are_one_finding() =>
        Visits("[|@@index([n, m])|]\n  [|@@index([m, n])|]")
            .Migration("20250102000000_index", """
                CREATE INDEX "by_n" ON "Visit"("n", "m" DESC);
                CREATE INDEX "by_m" ON "Visit"("m", "n" DESC);
                """)
            .Expect("low: 2 indexes have another sort order in the schema than in the migrations");

    [Fact]
    public void Indexes_that_no_migration_creates_are_one_finding_and_one_fix()
    {
        var finding = Assert.Single(Visits("[|@@index([n])|]\n  [|@@index([m])|]").Expect("medium: 2 indexes are in the schema but no migration creates them"));
        Assert.Equal("They are Visit_m_idx and Visit_n_idx.", finding.Message);
        Assert.Equal(2, finding.Fix!.Migrations.Length);
    }

    [Fact]
    public void An_index_beside_a_unique_one_on_the_same_columns_is_low()
    {
        var finding = Assert.Single(Visits("@@unique([n, m])\n  [|@@index([n, m])|]")
            .Migration("20250102000000_unique", """CREATE UNIQUE INDEX "Visit_n_m_key" ON "Visit"("n", "m");""")
            .Expect("low: Visit: the schema declares an index on (n, m), which the migrations only have as a unique one: Visit_n_m_key"));
        Assert.Equal("Remove @@index from the model.", finding.Recommendation);
        Assert.Null(finding.Fix);
    }

    [Fact]
    public void An_index_by_a_method_that_Prisma_does_not_know_is_no_difference_to_it() =>
        RuleTest.For<IndexRule>()
            .Schema("""
                model Page {
                  id        Int                      @id
                  embedding Unsupported("vector(3)")

                  @@index([embedding], map: "page_embedding")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE EXTENSION vector;
                CREATE TABLE "Page" ("id" INTEGER NOT NULL, "embedding" vector(3) NOT NULL, CONSTRAINT "Page_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "page_embedding" ON "Page" USING hnsw ("embedding" vector_cosine_ops);
                """)
            .ExpectNothing();

    [Fact]
    public void An_index_that_begins_a_wider_one_is_hardly_missed()
    {
        var finding = Assert.Single(Visits("@@unique([n, m])")
            .Migration("20250102000000_index", """
                CREATE UNIQUE INDEX "Visit_n_m_key" ON "Visit"("n", "m");
                [|CREATE INDEX "by_n" ON "Visit"("n")|];
                """)
            .Expect("low: Visit: the migrations create the index by_n, but the schema does not have it"));
        Assert.Contains("Visit_n_m_key begins with the same columns", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_names_are_one_finding_whatever_has_them()
    {
        var finding = Assert.Single(Visits("@@unique([n, m], map: \"unique\")\n  @@index([n], map: \"n\")\n  @@index([m], map: \"m\")").With<UniqueRule>()
            .Migration("20250102000000_index", """
                CREATE INDEX "by_n" ON "Visit"("n");
                CREATE INDEX "by_m" ON "Visit"("m");
                CREATE UNIQUE INDEX "once" ON "Visit"("n", "m");
                """)
            .Run().Findings);
        Assert.Equal("2 indexes and 1 unique index have other names in the migrations than the schema expects", finding.Title);
        Assert.Equal(Severity.Low, finding.Severity);
    }

    private static RuleTest Visits(string attributes) =>
        RuleTest.For<IndexRule>()
            .Schema($$"""
                model Visit {
                  id Int @id
                  n  Int
                  m  Int

                  {{attributes}}
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Visit" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "m" INTEGER NOT NULL, CONSTRAINT "Visit_pkey" PRIMARY KEY ("id"));
                """);
}
