using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class EnumRuleTests
{
    [Fact]
    public void An_enum_that_no_migration_creates_is_told_at_the_enum() =>
        RuleTest.For<EnumRule>()
            .Roles("""
                [|enum Role|] {
                  USER
                  ADMIN
                }
                """, column: "TEXT")
            .Expect("high: The enum Role is in the schema but no migration creates it");

    [Fact]
    public void A_type_that_no_column_uses_is_low() =>
        RuleTest.For<EnumRule>()
            .Roles("""
                enum Role {
                  USER
                  ADMIN
                }
                """, """
                CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
                [|CREATE TYPE "Plan" AS ENUM ('FREE', 'TEAM')|];
                """)
            .Expect("low: The migrations create the enum Plan, but the schema does not have it");

    [Fact]
    public void An_enum_under_another_name_is_a_probable_rename() =>
        RuleTest.For<EnumRule>()
            .Roles("""
                [|enum Role|] {
                  USER
                  ADMIN
                }
                """, """CREATE TYPE "UserRole" AS ENUM ('USER', 'ADMIN');""", column: "\"UserRole\"")
            .Expect("high: The enum Role is called UserRole in the migrations");

    [Fact]
    public void A_type_that_was_replaced_by_a_new_one_is_fine() =>
        RuleTest.For<EnumRule>()
            .Roles("""
                enum Role {
                  USER
                  ADMIN
                }
                """, """CREATE TYPE "Role" AS ENUM ('USER');""")
            .Migration("20250201000000_next", """
                BEGIN;
                CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN');
                ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
                ALTER TYPE "Role" RENAME TO "Role_old";
                ALTER TYPE "Role_new" RENAME TO "Role";
                DROP TYPE "Role_old";
                COMMIT;
                """)
            .ExpectNothing();

    [Fact]
    public void A_type_that_only_an_extra_table_uses_is_low_and_follows_the_table()
    {
        var finding = Assert.Single(RuleTest.For<EnumRule>()
            .Roles("""
                enum Role {
                  USER
                  ADMIN
                }
                """, """
                CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
                [|CREATE TYPE "Plan" AS ENUM ('FREE', 'TEAM')|];
                CREATE TABLE "Outbox" ("id" INTEGER PRIMARY KEY, "plan" "Plan" NOT NULL);
                """)
            .Expect("low: The migrations create the enum Plan, but the schema does not have it"));
        Assert.Contains("Outbox", finding.Impact);
        Assert.Equal((null, "+ enum Plan {\n+   FREE\n+   TEAM\n+ }"), (finding.Fix!.Sql, finding.Fix.Patch));
    }

    [Fact]
    public void A_type_of_a_column_that_the_schema_has_is_high() =>
        RuleTest.For<EnumRule>()
            .Roles("""
                enum Role {
                  USER
                  ADMIN
                }
                """, """
                CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
                [|CREATE TYPE "UserRole" AS ENUM ('GUEST')|];
                """, column: "\"UserRole\"")
            .Expect("high: The migrations create the enum UserRole, but the schema does not have it");
}
