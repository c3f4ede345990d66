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
            .Expect("high: Prisma never runs prisma/migrations/2025_chat.sql, which creates Chat; no migration does");

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

    [Fact]
    public void Files_of_one_folder_that_create_what_the_schema_needs_are_one_finding() =>
        RuleTest.For<StraySqlFileRule>()
            .Schema("""
                model Chat {
                  id Int @id
                }

                model Mail {
                  id Int @id
                }
                """)
            .Migration("2025_init", "SELECT 1;")
            .File("db/sql/chat.sql", "[||]CREATE TABLE \"Chat\" (\"id\" INT PRIMARY KEY);")
            .File("db/sql/mail.sql", "[||]CREATE TABLE \"Mail\" (\"id\" INT PRIMARY KEY);")
            .Expect("high: Prisma never runs 2 files of db/sql that create tables which the schema has and the migrations lack");
}
