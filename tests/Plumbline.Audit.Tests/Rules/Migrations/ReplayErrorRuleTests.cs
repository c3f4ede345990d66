using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ReplayErrorRuleTests
{
    [Fact]
    public void The_refused_statement_is_named_with_what_falls_because_of_it() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                [|ALTER TABLE "u" ADD COLUMN "a" INT|];
                {|CREATE INDEX "u_a" ON "u"("a")|};
                """)
            .Expect("critical: 2025_a fails on an empty database: relation \"u\" does not exist");

    [Fact]
    public void Two_mistakes_are_two_findings() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                [|CREATE TABLE "t" ("id" INT)|];
                [|DROP TYPE "x"|];
                """)
            .Expect("critical: 2025_a fails on an empty database: relation \"t\" already exists", "critical: 2025_a fails on an empty database: type \"x\" does not exist");

    [Fact]
    public void A_syntax_error_is_refused_too() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "[|CREATE TABEL \"t\" (\"id\" INT)|];")
            .Expect("critical: 2025_a fails on an empty database: syntax error at or near \"TABEL\"");

    [Fact]
    public void A_stray_file_is_tried_on_the_end_of_the_history() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" TEXT PRIMARY KEY);")
            .File("prisma/migrations/extra.sql", "[|CREATE TABLE \"v\" (\"t\" UUID REFERENCES \"t\"(\"id\"))|];")
            .Expect("high: extra.sql fails on the migrated database: foreign key constraint \"v_t_fkey\" cannot be implemented");

    [Fact]
    public void IF_EXISTS_and_IF_NOT_EXISTS_are_not_refused() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                CREATE TABLE IF NOT EXISTS "t" ("id" INT);
                DROP TYPE IF EXISTS "x";
                """)
            .ExpectNothing();

    [Fact]
    public void What_succeeds_in_another_order_is_the_matter_of_another_rule() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "ALTER TABLE \"t\" ADD COLUMN \"a\" INT;")
            .Migration("2025_b", "CREATE TABLE \"t\" (\"id\" INT);")
            .ExpectNothing();

    [Fact]
    public void A_missing_extension_is_named_with_the_file_that_creates_it()
    {
        var finding = Assert.Single(RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "[|CREATE TABLE \"t\" (\"id\" INT, \"email\" CITEXT)|];")
            .File("docker/init.sql", "CREATE EXTENSION citext;")
            .Expect());
        Assert.Equal(
            "Add CREATE EXTENSION IF NOT EXISTS \"citext\" at the beginning of the migration if it is not applied anywhere, else to a migration whose name sorts before it. docker/init.sql has the statement, but Prisma never runs that file.",
            finding.Recommendation);
    }

    [Fact]
    public void The_cause_of_what_follows_is_the_place_of_the_refused_statement()
    {
        var finding = Assert.Single(RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "SELECT 1; [|DROP VIEW pg_class|];")
            .Expect());
        Assert.Equal(new("statement-refused", "refused prisma/migrations/2025_a/migration.sql:1", "PostgreSQL refuses DROP VIEW in 2025_a", finding.Cause!.Location), finding.Cause);
    }

    [Fact]
    public void What_another_migration_creates_already_is_one_finding_that_names_it()
    {
        var finding = Assert.Single(RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                DO $$ BEGIN ALTER TABLE "t" ADD COLUMN "token" TEXT; ALTER TABLE "t" ADD CONSTRAINT "t_token_key" UNIQUE ("token"); END $$;
                """)
            .Migration("2025_b", """
                [|ALTER TABLE "t" ADD COLUMN "token" TEXT|];
                {|ALTER TABLE "t" ADD CONSTRAINT "t_token_key" UNIQUE ("token")|};
                """)
            .Expect("critical: 2025_b fails on an empty database: 2 statements create what 2025_a creates already"));
        Assert.Equal(
            "PostgreSQL refuses them: column \"token\" of relation \"t\" already exists (42701); relation \"t_token_key\" already exists (42P07).", finding.Message);
    }

    [Fact]
    public void A_syntax_error_stops_a_migration_before_its_first_statement_runs()
    {
        var findings = RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                [|ALTER TABLE "u" ADD COLUMN "a" INT|];
                [|Update available|];
                """)
            .Expect("critical: 2025_a fails on an empty database: relation \"u\" does not exist", "critical: 2025_a fails on an empty database: syntax error at or near \";\"");
        Assert.Equal("Once the syntax error of the migration is corrected, prisma migrate deploy stops here when it builds a new database.", findings[0].Impact);
        Assert.Equal("prisma migrate deploy stops here when it builds a new database.", findings[1].Impact);
        Assert.DoesNotContain("earlier migration", findings[1].Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_Prisma_is_missing_in_the_shadow_database_only() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                [|ALTER TABLE "_prisma_migrations" ENABLE ROW LEVEL SECURITY|];
                """)
            .Expect("high: 2025_a fails in the shadow database: relation \"_prisma_migrations\" does not exist");

    [Fact]
    public void What_one_migration_names_and_nothing_has_is_one_finding() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                [|ALTER TABLE "tags" ENABLE ROW LEVEL SECURITY|];
                [|ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY|];
                """)
            .Expect("critical: 2025_a fails on an empty database: 2 objects that it names do not exist");

    [Fact]
    public void A_role_belongs_to_the_server() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT);
                [|GRANT SELECT ON "t" TO "app"|];
                """)
            .Expect("low: 2025_a needs a role that no migration creates: role \"app\" does not exist");

    [Fact]
    public void A_stray_file_of_which_much_is_refused_is_one_finding() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "CREATE TABLE \"t\" (\"id\" INT); CREATE TABLE \"u\" (\"id\" INT);")
            .File("prisma/migrations/extra.sql", "[|CREATE TABLE \"t\" (\"id\" INT)|];\n{|CREATE TABLE \"u\" (\"id\" INT)|};")
            .Expect("high: extra.sql fails on the migrated database: PostgreSQL refuses 2 statements");
}
