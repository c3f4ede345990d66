using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class EnumValueRemovedRuleTests
{
    [Fact]
    public void Rows_may_still_have_it() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B');")
            .Migration("2025_b", """
                CREATE TYPE "R_new" AS ENUM ('A');
                ALTER TYPE "R" RENAME TO "R_old";
                [|ALTER TYPE "R_new" RENAME TO "R"|];
                """)
            .Pending("2025_b")
            .Expect("medium: The enum R loses B");

    [Fact]
    public void A_value_that_is_added_harms_nobody() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B');")
            .Migration("2025_b", """
                CREATE TYPE "R_new" AS ENUM ('A', 'B', 'C');
                ALTER TYPE "R" RENAME TO "R_old";
                ALTER TYPE "R_new" RENAME TO "R";
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Rows_that_are_changed_first_are_fine() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B'); CREATE TABLE \"t\" (\"r\" \"R\");")
            .Migration("2025_b", """
                UPDATE "t" SET "r" = 'A' WHERE "r" = 'B';
                CREATE TYPE "R_new" AS ENUM ('A');
                ALTER TYPE "R" RENAME TO "R_old";
                ALTER TYPE "R_new" RENAME TO "R";
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void A_type_that_was_dropped_loses_nothing() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", """
                CREATE TYPE "R" AS ENUM ('A', 'B', 'C');
                CREATE TYPE "R_new" AS ENUM ('A', 'B');
                ALTER TYPE "R" RENAME TO "R_old";
                [|ALTER TYPE "R_new" RENAME TO "R"|];
                DROP TYPE "R_old";
                """)
            .Migration("2025_b", """
                CREATE TYPE "R_new" AS ENUM ('A');
                ALTER TYPE "R" RENAME TO "R_old";
                [|ALTER TYPE "R_new" RENAME TO "R"|];
                """)
            .Pending("2025_b")
            .Expect("medium: The enum R loses B", "info: The enum R loses C");

    [Fact]
    public void Rows_that_an_earlier_migration_moved_are_fine() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B'); CREATE TABLE \"t\" (\"r\" \"R\");")
            .Migration("2025_b", "UPDATE \"t\" SET \"r\" = 'A' WHERE \"r\" = 'B';")
            .Migration("2025_c", """
                CREATE TYPE "R_new" AS ENUM ('A');
                ALTER TYPE "R" RENAME TO "R_old";
                ALTER TYPE "R_new" RENAME TO "R";
                """)
            .Pending("2025_c")
            .ExpectNothing();

    [Fact]
    public void Another_value_that_is_moved_does_not_help() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B', 'C'); CREATE TABLE \"t\" (\"r\" \"R\");")
            .Migration("2025_b", """
                UPDATE "t" SET "r" = 'A' WHERE "r" = 'B';
                CREATE TYPE "R_new" AS ENUM ('A');
                ALTER TYPE "R" RENAME TO "R_old";
                [|ALTER TYPE "R_new" RENAME TO "R"|];
                """)
            .Pending("2025_b")
            .Expect("medium: The enum R loses C");

    [Fact]
    public void Rows_of_a_table_that_has_no_column_of_the_enum_do_not_count() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B'); CREATE TABLE \"t\" (\"r\" \"R\"); CREATE TABLE \"other\" (\"x\" TEXT);")
            .Migration("2025_b", """
                UPDATE "other" SET "x" = 'A' WHERE "x" = 'B';
                CREATE TYPE "R_new" AS ENUM ('A');
                ALTER TABLE "t" ALTER COLUMN "r" TYPE "R_new" USING ("r"::text::"R_new");
                ALTER TYPE "R" RENAME TO "R_old";
                [|ALTER TYPE "R_new" RENAME TO "R"|];
                """)
            .Pending("2025_b")
            .Expect("medium: The enum R loses B");

    [Fact]
    public void Rows_that_were_given_the_value_were_not_moved_off_it() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B'); CREATE TABLE \"t\" (\"r\" \"R\");")
            .Migration("2025_b", "UPDATE \"t\" SET \"r\" = 'B'::\"R\" WHERE \"r\" = 'A';")
            .Migration("2025_c", """
                CREATE TYPE "R_new" AS ENUM ('A');
                ALTER TABLE "t" ALTER COLUMN "r" TYPE "R_new" USING ("r"::text::"R_new");
                ALTER TYPE "R" RENAME TO "R_old";
                [|ALTER TYPE "R_new" RENAME TO "R"|];
                """)
            .Pending("2025_c")
            .Expect("medium: The enum R loses B");

    [Fact]
    public void A_block_replaces_the_type() =>
        RuleTest.For<EnumValueRemovedRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A', 'B'); CREATE TABLE \"t\" (\"r\" \"R\");")
            .Migration("2025_b", """
                CREATE TYPE "R_new" AS ENUM ('A');
                DO $$ BEGIN
                  ALTER TABLE "t" ALTER COLUMN "r" TYPE "R_new" USING ("r"::text::"R_new");
                  ALTER TYPE "R" RENAME TO "R_old";
                  [|ALTER TYPE "R_new" RENAME TO "R"|];
                END $$;
                """)
            .Pending("2025_b")
            .Expect("medium: The enum R loses B");
}
