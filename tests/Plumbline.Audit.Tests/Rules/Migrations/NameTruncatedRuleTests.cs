using Plumbline.Audit.Rules.Drift;
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

    [Fact]
    public void Applied_names_are_history() =>
        RuleTest.For<NameTruncatedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT);
                CREATE INDEX [|"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"|] ON "t"("a");
                """)
            .Expect("info: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is truncated to aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    [Fact]
    public void What_a_later_migration_renames_is_over() =>
        RuleTest.For<NameTruncatedRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT);
                CREATE INDEX "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" ON "t"("a");
                """)
            .Migration("2025_b", "ALTER INDEX \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" RENAME TO \"a_idx\";")
            .ExpectNothing();

    [Fact]
    public void A_name_that_the_schema_does_not_expect_is_drift()
    {
        var findings = RuleTest.For<IndexRule>()
            .With<NameTruncatedRule>()
            .Schema("""
                model t {
                  id Int @id
                  a String?

                  @@index([a])
                }
                """)
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT NOT NULL, "a" TEXT, CONSTRAINT "t_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" ON "t"("a");
                """)
            .Run().Findings;
        var finding = Assert.Single(findings);
        Assert.Equal("drift/index", finding.Rule);
        Assert.Contains("which PostgreSQL truncates to 63 bytes", finding.Message);
    }

    [Fact]
    public void A_block_creates_it() =>
        StatementScene.Pending<NameTruncatedRule>("", "DO $$ BEGIN CREATE INDEX [|\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"|] ON \"t\"(\"a\"); END $$;").Expect();

    [Fact]
    public void EXECUTE_creates_it() =>
        StatementScene.Pending<NameTruncatedRule>("", "DO $$ BEGIN [|EXECUTE format('CREATE INDEX %I ON \"t\"(\"a\")', repeat('a', 70))|]; END $$;").Expect();
}
