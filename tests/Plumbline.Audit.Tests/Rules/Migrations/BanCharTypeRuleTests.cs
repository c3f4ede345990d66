using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class BanCharTypeRuleTests
{
    [Fact]
    public void Values_are_padded() =>
        RuleTest.For<BanCharTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN [|\"x\" CHAR(2)|];")
            .Pending("2025_b")
            .Expect("low: t.x is of type char(n)");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<BanCharTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN [|\"x\" CHAR(2)|];")
            .Expect("info: t.x is of type char(n)");

    [Fact]
    public void Varchar_is_not_padded() =>
        RuleTest.For<BanCharTypeRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" VARCHAR(2);")
            .Pending("2025_b")
            .ExpectNothing();
}
