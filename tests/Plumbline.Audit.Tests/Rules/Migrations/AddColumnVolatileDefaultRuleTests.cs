using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class AddColumnVolatileDefaultRuleTests
{
    [Fact]
    public void Every_row_gets_its_own_value() =>
        RuleTest.For<AddColumnVolatileDefaultRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" UUID DEFAULT gen_random_uuid()|];")
            .Pending("2025_b")
            .Expect("medium: The column t.x is added with a default that is computed for each row");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<AddColumnVolatileDefaultRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD COLUMN \"x\" UUID DEFAULT gen_random_uuid()|];")
            .Expect("info: The column t.x is added with a default that is computed for each row");

    [Fact]
    public void A_stable_default_is_computed_once() =>
        RuleTest.For<AddColumnVolatileDefaultRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" ADD COLUMN \"x\" TIMESTAMP DEFAULT CURRENT_TIMESTAMP;")
            .Pending("2025_b")
            .ExpectNothing();
}
