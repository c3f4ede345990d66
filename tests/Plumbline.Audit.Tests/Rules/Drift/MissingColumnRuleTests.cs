using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class MissingColumnRuleTests
{
    [Fact]
    public void A_field_without_a_column_is_told_at_the_field() =>
        RuleTest.For<MissingColumnRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  [|email String|]
                }
                """)
            .Migration("20250101000000_init", """
                {|CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"))|};
                """)
            .Expect("critical: User.email is in the schema but no migration creates it");

    [Fact]
    public void A_column_that_a_later_migration_drops_is_told_with_that_statement() =>
        RuleTest.For<MissingColumnRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  [|email String?|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                ALTER TABLE "User" DROP COLUMN "email";
                """)
            .Expect("critical: User.email is in the schema but 20250201000000_next drops it");

    [Fact]
    public void Where_the_client_leaves_the_model_out_it_is_high() =>
        RuleTest.For<MissingColumnRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  [|email String|]

                  @@ignore
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("high: User.email is in the schema but no migration creates it");

    [Fact]
    public void The_columns_of_a_missing_table_are_not_told_again() =>
        RuleTest.For<MissingColumnRule>()
            .Schema("""
                model User {
                  id Int @id
                }

                model Post {
                  id    Int    @id
                  title String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();

    [Fact]
    public void A_mapped_column_that_a_later_migration_adds_is_fine() =>
        RuleTest.For<MissingColumnRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String @map("email_address")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                ALTER TABLE "User" ADD COLUMN "email_address" TEXT NOT NULL;
                """)
            .ExpectNothing();

    [Fact]
    public void Columns_of_one_table_that_no_migration_creates_are_one_finding()
    {
        var finding = Assert.Single(RuleTest.For<MissingColumnRule>()
            .Schema("""
                model Order {
                  id  Int     @id
                  [|pdf String?|]
                  [|url String?|]
                }
                """)
            .Migration("20250101000000_init", """CREATE TABLE "Order" ("id" INTEGER NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));""")
            .Expect("critical: 2 columns of Order are in the schema but no migration creates them"));
        Assert.Equal("never-created", finding.Cause!.Kind);
    }
}
