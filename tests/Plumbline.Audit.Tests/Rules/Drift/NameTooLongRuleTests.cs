using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class NameTooLongRuleTests
{
    private const string Long = "customer_subscription_invoice_line_items_with_discounts_and_taxes";
    private const string Kept = "customer_subscription_invoice_line_items_with_discounts_and_tax";

    [Fact]
    public void A_table_that_Prisma_drops_with_each_migration_is_high()
    {
        var finding = Assert.Single(RuleTest.For<NameTooLongRule>().With<NameTruncatedRule>().With<MissingTableRule>().With<ExtraTableRule>().PrismaVersion(6, 19)
            .Schema($$"""
                [|model Item|] {
                  id Int @id(map: "Item_pkey")

                  @@map("{{Long}}")
                }
                """)
            .Migration("20250101000000_init", $"""CREATE TABLE "{Long}" ("id" INTEGER NOT NULL, CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));""")
            .Expect($"high: The name of the table {Long} is longer than 63 bytes, and Prisma does not find it in the database"));
        Assert.Equal("Every new migration of Prisma drops the table with its rows and creates it again.", finding.Impact);
        Assert.Equal($"Write @@map(\"{Kept}\"), the name that the database has.", finding.Recommendation);
    }

    [Fact]
    public void All_names_of_a_schema_are_one_finding()
    {
        var finding = Assert.Single(RuleTest.For<NameTooLongRule>().PrismaVersion(5, 22)
            .Schema($$"""
                model Item {
                  id   Int  @id
                  line Int  @map("{{Long}}")
                  kind Kind
                }

                enum Kind {
                  A

                  @@map("{{Long}}")
                }
                """).Run().Findings);
        Assert.Equal("2 names of the schema are longer than 63 bytes, and Prisma does not find them in the database", finding.Title);
        Assert.Contains("the project uses Prisma 5.22.", finding.Impact, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_63_bytes_and_names_that_Prisma_shortens_itself_are_found_again() =>
        RuleTest.For<NameTooLongRule>()
            .Schema($$"""
                model Item {
                  id                                  Int @id
                  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa Int
                  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb Int

                  @@index([aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb])
                  @@map("{{Kept}}")
                }
                """)
            .ExpectNothing();
}
