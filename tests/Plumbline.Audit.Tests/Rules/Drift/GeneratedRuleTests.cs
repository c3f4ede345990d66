using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class GeneratedRuleTests
{
    private const string Migration = "CREATE TABLE a (id int PRIMARY KEY, n int, d int GENERATED ALWAYS AS (n * 2) STORED);";

    [Fact]
    public void What_was_changed_past_the_migrations_is_found()
    {
        var finding = Assert.Single(RuleTest.For<GeneratedRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ALTER COLUMN d DROP EXPRESSION;").Run().Findings);

        Assert.Equal("medium: the expression of a.d differs in the database: nothing, where the migrations say GENERATED ALWAYS AS ((n * 2)) STORED", $"{finding.Severity.Name()}: {finding.Title}");
    }

    [Fact]
    public void A_change_of_another_kind_is_another_rules() =>
        RuleTest.For<GeneratedRule>().Migration("2025_a", Migration).Live("ALTER TABLE a ALTER COLUMN n SET DEFAULT 1;").ExpectNothing();

    private const string Computed = """
        CREATE TYPE "E" AS ENUM ('X', 'Y');
        CREATE TABLE "Item" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "s" TEXT NOT NULL,
          "double" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED,
          "search" tsvector GENERATED ALWAYS AS (to_tsvector('english', "s")) STORED,
          "kind" "E" GENERATED ALWAYS AS (CASE WHEN "n" > 0 THEN 'X'::"E" ELSE 'Y'::"E" END) STORED,
          "one" INTEGER GENERATED ALWAYS AS (1) STORED,
          CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));
        """;

    [Fact]
    public void A_field_that_has_no_default_gets_the_one_that_Prisma_sees()
    {
        var finding = Assert.Single(RuleTest.For<GeneratedRule>().With<InvisibleToPrismaRule>().PrismaVersion(7, 10)
            .Schema("""
                model Item {
                  id Int @id
                  n  Int
                  [|d  Int? // twice|]
                }
                """)
            .Migration("2025_a", """CREATE TABLE "Item" ("id" INTEGER PRIMARY KEY, "n" INTEGER NOT NULL, "d" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED);""")
            .Expect("medium: Item.d is a generated column, and its field in the schema has no default"));

        Assert.Equal("The migrations create Item.d GENERATED ALWAYS AS ((n * 2)) STORED; the field in the schema has no default. Prisma takes the expression for the column's default.", finding.Message);
        Assert.Equal("Prisma writes SET DEFAULT or DROP DEFAULT for such a column into every new migration, which PostgreSQL refuses (42601).", finding.Impact);
        Assert.Equal((null, "-   d  Int? // twice\n+   d  Int? @default(dbgenerated()) // twice"), (finding.Fix!.Sql, finding.Fix.Patch));
    }

    [Fact]
    public void All_of_a_project_are_one_finding_and_one_edit()
    {
        var finding = Assert.Single(RuleTest.For<GeneratedRule>().With<InvisibleToPrismaRule>()
            .Schema("""
                model Item {
                  id     Int @id
                  n      Int
                  s      String
                  double Int? @default(dbgenerated("(n * 3)")) @map("double")
                  search Unsupported("tsvector")?
                  kind   E?   @default(dbgenerated())
                  one    Int? @default(2)
                }

                enum E {
                  X
                  Y
                }
                """)
            .Migration("2025_a", Computed).Run().Findings);

        Assert.Equal("medium: 4 generated columns have other defaults in the schema, or none", $"{finding.Severity.Name()}: {finding.Title}");
        Assert.Equal("They are Item.double, Item.search, Item.kind and Item.one. Prisma takes the expression of a generated column for its default.", finding.Message);
        Assert.Equal(
            """
              // in model Item
            -   double Int? @default(dbgenerated("(n * 3)")) @map("double")
            +   double Int? @default(dbgenerated()) @map("double")
            -   search Unsupported("tsvector")?
            +   search Unsupported("tsvector")? @default(dbgenerated())
            -   kind   E?   @default(dbgenerated())
            +   kind   E? @default(dbgenerated("\nCASE\n    WHEN (n > 0) THEN 'X'::\"E\"\n    ELSE 'Y'::\"E\"\nEND"))
            -   one    Int? @default(2)
            +   one    Int? @default(dbgenerated())
            """, finding.Fix!.Patch);
    }

    [Fact]
    public void A_default_that_Prisma_takes_for_the_expression_agrees() =>
        RuleTest.For<GeneratedRule>()
            .Schema("""
                model Item {
                  id     Int @id
                  n      Int
                  s      String
                  double Int? @default(dbgenerated("(N * 2)"))
                  search Unsupported("tsvector")? @default(dbgenerated("to_tsvector('english'::regconfig, s)"))
                  kind   E?   @default(dbgenerated("\nCASE\n    WHEN (n > 0) THEN 'X'::\"E\"\n    ELSE 'Y'::\"E\"\nEND"))
                  one    Int? @default(1)
                }

                enum E {
                  X
                  Y
                }
                """)
            .Migration("2025_a", Computed).ExpectNothing();

    [Theory]
    [InlineData("n * 2")]
    [InlineData("(n*2)")]
    [InlineData("(\\\"n\\\" * 2)")]
    public void An_expression_in_other_words_is_another_default_to_Prisma(string expression) =>
        RuleTest.For<GeneratedRule>()
            .Schema($$"""
                model Item {
                  id Int @id
                  n  Int
                  [|d  Int? @default(dbgenerated("{{expression}}"))|]
                }
                """)
            .Migration("2025_a", """CREATE TABLE "Item" ("id" INTEGER PRIMARY KEY, "n" INTEGER NOT NULL, "d" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED);""")
            .Expect("medium: Item.d is a generated column, and its field in the schema has another default");

    [Fact]
    public void A_version_that_was_not_measured_is_named()
    {
        var finding = Assert.Single(RuleTest.For<GeneratedRule>().PrismaVersion(5, 22)
            .Schema("""
                model Item {
                  id Int @id
                  n  Int
                  d  Int?
                }
                """)
            .Migration("2025_a", """CREATE TABLE "Item" ("id" INTEGER PRIMARY KEY, "n" INTEGER NOT NULL, "d" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED);""").Run().Findings);

        Assert.EndsWith("This was measured for Prisma 6.6 and later; the project uses Prisma 5.22.", finding.Impact, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_is_a_literal_to_Prisma_and_an_enum_of_one_has_no_edit()
    {
        var finding = Assert.Single(RuleTest.For<GeneratedRule>()
            .Schema("""
                model Item {
                  id Int  @id
                  a  Int? @default(1)
                  b  Int? @default(dbgenerated("1"))
                  c  E?
                }

                enum E {
                  X
                }
                """)
            .Migration("2025_a", """
                CREATE TYPE "E" AS ENUM ('X');
                CREATE TABLE "Item" ("id" INTEGER PRIMARY KEY, "a" INTEGER GENERATED ALWAYS AS (1) STORED, "b" INTEGER GENERATED ALWAYS AS (1) STORED, "c" "E" GENERATED ALWAYS AS ('X') STORED);
                """).Run().Findings);

        Assert.Equal(["b", "c"], finding.Occurrences.Select(o => o.Subject.Name));
        Assert.Null(finding.Fix);
    }
}
