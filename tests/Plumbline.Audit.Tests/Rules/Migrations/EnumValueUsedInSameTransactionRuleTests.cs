using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class EnumValueUsedInSameTransactionRuleTests
{
    [Fact]
    public void Behind_a_migration_that_stops_the_deployment_it_is_still_seen() =>
        RuleTest.For<EnumValueUsedInSameTransactionRule>()
            .Migration("2025_a", """
                CREATE TYPE "R" AS ENUM ('A');
                CREATE TABLE "t" ("r" "R");
                DROP TABLE "nowhere";
                """)
            .Migration("2025_b", """
                {|ALTER TYPE "R" ADD VALUE 'B'|};
                [|UPDATE "t" SET "r" = 'B'|];
                """)
            .Expect("high: 2025_b uses the enum value B that it adds");

    [Fact]
    public void In_the_next_migration_it_is_there() =>
        RuleTest.For<EnumValueUsedInSameTransactionRule>()
            .Migration("2025_a", """
                CREATE TYPE "R" AS ENUM ('A');
                CREATE TABLE "t" ("r" "R");
                DROP TABLE "nowhere";
                """)
            .Migration("2025_b", "ALTER TYPE \"R\" ADD VALUE 'B';")
            .Migration("2025_c", "UPDATE \"t\" SET \"r\" = 'B';")
            .ExpectNothing();

    [Fact]
    public void A_function_that_is_only_defined_does_not_use_it_yet() =>
        RuleTest.For<EnumValueUsedInSameTransactionRule>()
            .Migration("2025_a", """
                CREATE TYPE "R" AS ENUM ('A');
                CREATE TABLE "t" ("r" "R");
                DROP TABLE "nowhere";
                """)
            .Migration("2025_b", """
                ALTER TYPE "R" ADD VALUE 'B';
                CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE "t" SET "r" = 'B'; END $$;
                """)
            .ExpectNothing();

    [Fact]
    public void A_block_adds_it() =>
        RuleTest.For<EnumValueUsedInSameTransactionRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A'); CREATE TABLE \"t\" (\"r\" \"R\"); DROP TABLE \"nowhere\";")
            .Migration("2025_b", "DO $$ BEGIN {|ALTER TYPE \"R\" ADD VALUE 'B'|}; END $$; [|UPDATE \"t\" SET \"r\" = 'B'|];")
            .Expect("high: 2025_b uses the enum value B that it adds");

    [Fact]
    public void IF_NOT_EXISTS_of_a_value_that_exists_adds_nothing() =>
        RuleTest.For<EnumValueUsedInSameTransactionRule>()
            .Migration("2025_a", "CREATE TYPE \"R\" AS ENUM ('A'); CREATE TABLE \"t\" (\"r\" \"R\"); DROP TABLE \"nowhere\";")
            .Migration("2025_b", "ALTER TYPE \"R\" ADD VALUE IF NOT EXISTS 'A'; UPDATE \"t\" SET \"r\" = 'A';")
            .ExpectNothing();
}
