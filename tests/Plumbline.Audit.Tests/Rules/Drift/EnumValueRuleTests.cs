using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class EnumValueRuleTests
{
    [Fact]
    public void A_value_that_no_migration_adds_is_told_at_the_value() =>
        RuleTest.For<EnumValueRule>()
            .Roles("""
                enum Role {
                  USER
                  [|ADMIN|]
                }
                """, """CREATE TYPE "Role" AS ENUM ('USER');""")
            .Expect("high: The value ADMIN of Role is in the schema but no migration creates it");

    [Fact]
    public void A_value_that_the_schema_does_not_have_is_told_at_the_type() =>
        RuleTest.For<EnumValueRule>()
            .Roles("""
                enum Role {
                  USER
                }
                """, """[|CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN')|];""")
            .Expect("high: The migrations add the value ADMIN to Role, but the schema does not have it");

    [Fact]
    public void A_value_that_a_later_migration_adds_is_fine() =>
        RuleTest.For<EnumValueRule>()
            .Roles("""
                enum Role {
                  USER
                  ADMIN
                }
                """, """CREATE TYPE "Role" AS ENUM ('USER');""")
            .Migration("20250201000000_next", """
                ALTER TYPE "Role" ADD VALUE 'ADMIN';
                """)
            .ExpectNothing();

    [Fact]
    public void A_mapped_value_is_compared_by_its_name_in_the_database() =>
        RuleTest.For<EnumValueRule>()
            .Roles("""
                enum Role {
                  USER
                  ADMIN @map("admin")
                }
                """, """CREATE TYPE "Role" AS ENUM ('USER', 'admin');""")
            .ExpectNothing();

    [Fact]
    public void Values_of_one_enum_that_no_migration_creates_are_one_finding_whose_fix_adds_them_in_order()
    {
        var finding = Assert.Single(RuleTest.For<EnumValueRule>()
            .Schema("""
                enum Role {
                  USER
                  [|EDITOR|]
                  [|ADMIN|]
                }

                model User {
                  id   Int  @id
                  role Role
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TYPE "Role" AS ENUM ('USER');
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("high: 2 values of Role are in the schema but no migration creates them"));
        Assert.Equal("ALTER TYPE public.\"Role\" ADD VALUE 'EDITOR' AFTER 'USER';\nALTER TYPE public.\"Role\" ADD VALUE 'ADMIN' AFTER 'EDITOR';", finding.Fix!.Sql);
    }
}
