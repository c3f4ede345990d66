using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class PrimaryKeyRuleTests
{
    [Fact]
    public void A_key_over_other_columns_is_told_at_the_key() =>
        RuleTest.For<PrimaryKeyRule>()
            .Schema("""
                model Member {
                  teamId Int
                  userId Int

                  [|@@id([teamId, userId])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Member" ("teamId" INTEGER NOT NULL, "userId" INTEGER NOT NULL, CONSTRAINT "Member_pkey" PRIMARY KEY ("userId"));
                """)
            .Expect("high: Member: the primary key differs between schema and migrations");

    [Fact]
    public void A_key_that_no_migration_creates_is_told_at_the_key() =>
        RuleTest.For<PrimaryKeyRule>()
            .Schema("""
                model Member {
                  teamId Int
                  userId Int

                  [|@@id([teamId, userId])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Member" ("teamId" INTEGER NOT NULL, "userId" INTEGER NOT NULL);
                """)
            .Expect("high: Member: the primary key is in the schema but no migration creates it");

    [Fact]
    public void Another_name_alone_is_low() =>
        RuleTest.For<PrimaryKeyRule>()
            .Schema("""
                model Member {
                  teamId Int
                  userId Int

                  [|@@id([teamId, userId])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Member" ("teamId" INTEGER NOT NULL, "userId" INTEGER NOT NULL, CONSTRAINT "PK_Member" PRIMARY KEY ("teamId", "userId"));
                """)
            .Expect("low: Member: the primary key PK_Member has a different name than the schema expects: Member_pkey");

    [Fact]
    public void A_key_that_a_later_migration_replaces_is_fine() =>
        RuleTest.For<PrimaryKeyRule>()
            .Schema("""
                model Member {
                  teamId Int
                  userId Int

                  @@id([teamId, userId])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Member" ("teamId" INTEGER NOT NULL, "userId" INTEGER NOT NULL, CONSTRAINT "Member_pkey" PRIMARY KEY ("userId"));
                """)
            .Migration("20250201000000_next", """
                ALTER TABLE "Member" DROP CONSTRAINT "Member_pkey", ADD CONSTRAINT "Member_pkey" PRIMARY KEY ("teamId", "userId");
                """)
            .ExpectNothing();
}
