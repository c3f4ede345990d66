using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class InitNotFirstRuleTests
{
    [Fact]
    public void An_init_that_others_need_first_is_found() =>
        RuleTest.For<InitNotFirstRule>()
            .Migration("20250101000000_add", "{||}ALTER TABLE \"t\" ADD COLUMN \"a\" INT;")
            .Migration("20250201000000_init", "[||]CREATE TABLE \"t\" (\"id\" INT);")
            .Expect("high: The init migration 20250201000000_init runs after 20250101000000_add and must run before it");

    [Fact]
    public void An_extension_before_init_does_no_harm() =>
        RuleTest.For<InitNotFirstRule>()
            .Migration("20250101000000_extensions", "CREATE EXTENSION IF NOT EXISTS citext;")
            .Migration("20250201000000_init", "CREATE TABLE \"t\" (\"id\" CITEXT);")
            .ExpectNothing();

    [Fact]
    public void Another_migration_out_of_order_is_not_called_init() =>
        RuleTest.For<InitNotFirstRule>()
            .Migration("20250101000000_add", "ALTER TABLE \"t\" ADD COLUMN \"a\" INT;")
            .Migration("20250201000000_tables", "CREATE TABLE \"t\" (\"id\" INT);")
            .ExpectNothing();
}
