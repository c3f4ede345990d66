using RuleUnderTest = Plumbline.Audit.Rules.Drift.EnumOrder;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class EnumOrderTests
{
    [Fact]
    public void Another_order_is_one_note() =>
        RuleTest.For<RuleUnderTest>()
            .Schema("""
                model User {
                  id   Int  @id
                  role Role
                }

                [|enum Role|] {
                  USER
                  ADMIN
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER');
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("info: The values of Role stand in another order in the migrations");

    [Fact]
    public void Several_enums_are_one_note_with_all_their_places() =>
        RuleTest.For<RuleUnderTest>()
            .Schema("""
                model User {
                  id   Int  @id
                  role Role
                }

                [|enum Role|] {
                  USER
                  ADMIN
                }

                {|enum Zone|} {
                  EU
                  US
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER');
                CREATE TYPE "Zone" AS ENUM ('US', 'EU');
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("info: The values of 2 enums stand in another order in the migrations");

    [Fact]
    public void The_same_order_is_fine() =>
        RuleTest.For<RuleUnderTest>()
            .Schema("""
                model User {
                  id   Int  @id
                  role Role
                }

                enum Role {
                  USER
                  ADMIN
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .ExpectNothing();
}
