using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class NameTruncatedRuleTests
{
    [Fact]
    public void A_long_name_is_cut() =>
        RuleTest.For<NameTruncatedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "CREATE INDEX [|\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"|] ON \"t\"(\"a\");")
            .Pending("2025_b")
            .Expect("medium: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is truncated to aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    [Fact]
    public void Sixty_three_bytes_are_kept() =>
        RuleTest.For<NameTruncatedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "CREATE INDEX \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" ON \"t\"(\"a\");")
            .Pending("2025_b")
            .ExpectNothing();
}
