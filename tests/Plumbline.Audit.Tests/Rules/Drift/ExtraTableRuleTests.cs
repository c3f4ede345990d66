using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Status;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ExtraTableRuleTests
{
    [Fact]
    public void A_table_without_a_model_is_told_at_its_statement() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                [|CREATE TABLE "legacy" ("id" INTEGER PRIMARY KEY)|];
                """)
            .Expect("medium: The migrations create the table legacy, but the schema has no model for it");

    [Fact]
    public void A_table_that_is_dropped_again_is_fine() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "legacy" ("id" INTEGER PRIMARY KEY);
                """)
            .Migration("20250201000000_next", """
                DROP TABLE "legacy";
                """)
            .ExpectNothing();

    [Fact]
    public void A_table_in_a_schema_that_the_datasource_does_not_list_is_not_seen() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE SCHEMA "audit";
                CREATE TABLE "audit"."events" ("id" INTEGER PRIMARY KEY);
                """)
            .ExpectNothing();

    [Theory]
    [InlineData("high", "\"userId\" INTEGER NOT NULL REFERENCES \"User\"(\"id\")")]
    [InlineData("medium", "\"userId\" INTEGER REFERENCES \"User\"(\"id\")")]
    [InlineData("medium", "\"userId\" INTEGER NOT NULL REFERENCES \"User\"(\"id\") ON DELETE CASCADE")]
    public void It_is_high_only_where_a_required_foreign_key_refuses_deletes(string severity, string column)
    {
        var finding = Assert.Single(RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", $"""
                [|CREATE TABLE "legacy" ("id" INTEGER PRIMARY KEY, {column})|];
                """)
            .Expect($"{severity}: The migrations create the table legacy, but the schema has no model for it"));
        Assert.Equal(
            "The next prisma migrate dev drops legacy with its rows." + (severity == "high" ? " Until then, deleting a row of User that it references fails with P2003, which the schema does not show." : ""),
            finding.Impact);
    }

    [Fact]
    public void A_foreign_key_of_a_model_does_not_make_it_high() =>
        RuleTest.For<ExtraTableRule>()
            .Schema("""
                model User {
                  id       Int @id
                  legacyId Int
                }
                """)
            .Migration("20250101000000_init", """
                [|CREATE TABLE "legacy" ("id" INTEGER PRIMARY KEY)|];
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "legacyId" INTEGER NOT NULL REFERENCES "legacy"("id"), CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("medium: The migrations create the table legacy, but the schema has no model for it");

    private static RuleTest RowTypes(string more = "") => RuleTest.For<ExtraTableRule>()
        .Schema("""
            model Project {
              id Int @id
            }
            """)
        .Migration("20250101000000_init", """
            CREATE TABLE "Project" ("id" INTEGER NOT NULL, CONSTRAINT "Project_pkey" PRIMARY KEY ("id"));
            """)
        .Migration("20250201000000_next", $"""
            [|CREATE TABLE "latestBuild" ("id" INTEGER PRIMARY KEY, "projectId" INTEGER NOT NULL REFERENCES "Project"("id"))|];
            CREATE FUNCTION "latestBuild"("Project") RETURNS SETOF "latestBuild" LANGUAGE sql STABLE AS $$ SELECT 1, $1."id" $$;
            {more}
            """);

    [Fact]
    public void A_table_whose_row_type_a_function_returns_has_no_rows_that_are_known_of()
    {
        var finding = Assert.Single(RowTypes().Expect("medium: The migrations create the table latestBuild, but the schema has no model for it"));
        Assert.Equal("The function latestBuild(public.Project) uses its row type, and no migration inserts rows into it.", finding.Message);
        Assert.Equal("The next prisma migrate dev writes a DROP TABLE for latestBuild, which PostgreSQL refuses because functions use its row type.", finding.Impact);
        Assert.Equal("Add a model with @@ignore for the table. To drop it, drop the functions first.", finding.Recommendation);
        Assert.Null(finding.Fix!.Sql);
        Assert.Contains("@@ignore", finding.Fix.Patch, StringComparison.Ordinal);
        Assert.Contains("// in model Project\n+   latestBuild latestBuild[] @ignore", finding.Fix.Patch, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_a_migration_inserts_count()
    {
        var finding = Assert.Single(RowTypes("""INSERT INTO public."latestBuild" VALUES (1, 1);""").Expect("high: The migrations create the table latestBuild, but the schema has no model for it"));
        Assert.Equal("The function latestBuild(public.Project) uses its row type.", finding.Message);
        Assert.EndsWith("Deleting a row of Project that it references fails with P2003, which the schema does not show.", finding.Impact, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_tables_of_row_types_are_one_finding()
    {
        var finding = Assert.Single(RowTypes("""
            [|CREATE TABLE "domains" ("id" INTEGER PRIMARY KEY)|];
            CREATE FUNCTION f() RETURNS "domains" LANGUAGE sql AS $$ SELECT 1 $$;
            """).Expect("medium: The migrations create 2 tables for which the schema has no model: domains and latestBuild"));
        Assert.Equal("The next prisma migrate dev writes a DROP TABLE for them, which PostgreSQL refuses because functions use their row types.", finding.Impact);
    }

    [Fact]
    public void While_the_migrations_fail_migrate_dev_drops_nothing() =>
        Assert.Equal(
            "Once the migrations run on an empty database, the next prisma migrate dev drops legacy with its rows.",
            Assert.Single(RuleTest.For<ExtraTableRule>().Schema("model User {\n  id Int @id\n}\n")
                .Migration("2025_a", "CREATE TABLE \"User\" (id int PRIMARY KEY);\nCREATE TABLE legacy (id int PRIMARY KEY);\nALTER TABLE missing ADD COLUMN a int;").Run().Findings).Impact);

    [Theory]
    [InlineData("DROP TABLE a; DROP TABLE b; CREATE TABLE x (id int); CREATE TABLE y (id int);", "The database has none of the project's 2 tables, but 2 others")]
    [InlineData("DROP TABLE a; DROP TABLE b; CREATE TABLE x (id int);", "x is in the database but no migration creates it")]
    [InlineData("DROP TABLE b; CREATE TABLE x (id int); CREATE TABLE y (id int);", "x is in the database but no migration creates it; y is in the database but no migration creates it")]
    public void A_database_that_has_other_tables_alone_may_be_another_projects(string live, string titles)
    {
        var found = RuleTest.For<ExtraTableRule>().With<MissingTableRule>().Migration("2025_a", "CREATE TABLE a (id int);").Migration("2025_b", "CREATE TABLE b (id int);")
            .Live(live, database => database with { History = new AppliedMigrations(null, IsEmpty: false, "15.18", "app") }).Run().Findings.Where(f => f.Rule == "drift/extra-table").ToList();

        Assert.Equal(titles, string.Join("; ", found.Select(f => f.Title)));
        Assert.Equal(found.Count == 1 && titles.Contains("none", StringComparison.Ordinal), found.Exists(f => f.Fix is null));
    }
}
