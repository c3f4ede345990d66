using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class RenamedTableRuleTests
{
    [Fact]
    public void A_table_under_another_name_with_the_same_columns_is_a_probable_rename() =>
        RuleTest.For<RenamedTableRule>()
            .Schema("""
                [|model CustomerOrder|] {
                  id        Int      @id
                  total     Int
                  placed_at DateTime
                  note      String?

                  @@map("customer_orders")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "orders" ("id" INTEGER NOT NULL, "total" INTEGER NOT NULL, "placed_at" TIMESTAMP(3) NOT NULL, "note" TEXT, CONSTRAINT "customer_orders_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("critical: customer_orders is called orders in the migrations");

    [Fact]
    public void Two_tables_with_little_in_common_are_no_rename() =>
        RuleTest.For<RenamedTableRule>()
            .Schema("""
                model Invoice {
                  id     Int @id
                  amount Int
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "sessions" ("token" TEXT NOT NULL, "expires" TIMESTAMP(3) NOT NULL, CONSTRAINT "sessions_pkey" PRIMARY KEY ("token"));
                """)
            .ExpectNothing();
}
