using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class StraySqlFileRuleTests
{
    [Fact]
    public void What_only_the_file_creates_is_named() =>
        RuleTest.For<StraySqlFileRule>()
            .Schema("""
                {|model Chat|} {
                  id String @id
                }
                """)
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" TEXT PRIMARY KEY);")
            .File("prisma/migrations/2025_chat.sql", "[||]CREATE TABLE \"Chat\" (\"id\" TEXT PRIMARY KEY);")
            .Expect("high: Prisma never runs prisma/migrations/2025_chat.sql, the only file that creates Chat");

    [Fact]
    public void A_file_without_consequences_weighs_little() =>
        RuleTest.For<StraySqlFileRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" TEXT PRIMARY KEY);")
            .File("prisma/migrations/notes.sql", "[||]SELECT 1;")
            .Expect("low: prisma/migrations/notes.sql is never run by Prisma");

    [Fact]
    public void A_way_back_is_no_stray_file() =>
        RuleTest.For<StraySqlFileRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" TEXT PRIMARY KEY);")
            .File("prisma/migrations/2025_a/down.sql", "DROP TABLE \"t\";")
            .ExpectNothing();

    [Fact]
    public void A_script_elsewhere_may_create_what_it_likes() =>
        RuleTest.For<StraySqlFileRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" TEXT PRIMARY KEY);")
            .File("scripts/report.sql", "CREATE TABLE \"scratch\" (\"id\" INT);")
            .ExpectNothing();
}
