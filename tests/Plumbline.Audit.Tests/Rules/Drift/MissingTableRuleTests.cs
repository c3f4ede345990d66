using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class MissingTableRuleTests
{
    [Fact]
    public void A_model_that_no_migration_creates_is_told_at_the_model() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }

                [|model Invoice|] {
                  id    Int    @id
                  title String @unique
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("critical: Invoice is in the schema but no migration creates it");

    [Fact]
    public void A_table_that_a_later_migration_drops_is_told_with_that_statement() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                [|model User|] {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                {|DROP TABLE "User"|};
                """)
            .Expect("critical: User is in the schema but 20250201000000_next drops it");

    [Fact]
    public void The_join_table_of_an_implicit_relation_is_missed_too() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id   Int   @id
                  tags Tag[]
                }

                model Tag {
                  id    Int    @id
                  [|users User[]|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "Tag" ("id" INTEGER NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("critical: _TagToUser is in the schema but no migration creates it");

    [Fact]
    public void A_table_that_is_created_and_renamed_is_fine() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id Int @id

                  @@map("users")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_next", """
                ALTER TABLE "User" RENAME TO "users";
                ALTER TABLE "users" RENAME CONSTRAINT "User_pkey" TO "users_pkey";
                """)
            .ExpectNothing();

    [Fact]
    public void A_project_without_migrations_lacks_no_tables() =>
        RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }
                """)
            .ExpectNothing();

    [Fact]
    public void Migrations_that_need_tables_that_none_creates_fail_for_the_same_cause()
    {
        var finding = Assert.Single(RuleTest.For<MissingTableRule>().With<EnumRule>().With<ReplayErrorRule>()
            .Schema("""
                enum Role {
                  USER
                }

                model User {
                  id   Int  @id
                  role Role
                }

                model Post {
                  id Int @id
                }
                """)
            .Migration("20250101000000_columns", """
                ALTER TABLE "Post" ADD COLUMN "title" TEXT;
                ALTER TABLE "User" ADD COLUMN "role" "Role";
                """)
            .Run().Findings);
        Assert.Equal("drift/missing-table", finding.Rule);
        Assert.Equal("2 tables and 1 enum are in the schema but no migration creates them; 1 migration fails because of it", finding.Title);
        Assert.Equal("They are Post, User and Role. PostgreSQL refuses statements that need them in 20250101000000_columns.", finding.Message);
        Assert.Equal("never-created", finding.Cause!.Kind);
    }

    [Fact]
    public void Tables_that_no_migration_creates_are_one_finding_with_one_migration_for_all()
    {
        var finding = Assert.Single(RuleTest.For<MissingTableRule>()
            .Schema("""
                model User {
                  id Int @id
                }

                model Post {
                  id Int @id
                }
                """)
            .Migration("20250101000000_init", "CREATE TABLE \"other\" (\"id\" INTEGER);")
            .Run().Findings);
        Assert.Equal("2 tables are in the schema but no migration creates them", finding.Title);
        Assert.Contains("CREATE TABLE public.\"Post\"", finding.Fix!.Sql, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE public.\"User\"", finding.Fix.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_refused_statement_would_have_made_follows_from_the_same_cause()
    {
        var finding = Assert.Single(RuleTest.For<MissingTableRule>().With<ForeignKeyRule>().With<ReplayErrorRule>()
            .Schema("""
                model Client {
                  id    Int    @id
                  posts Post[]
                }

                model Post {
                  id       Int    @id
                  clientId Int
                  client   Client @relation(fields: [clientId], references: [id])
                }
                """)
            .Migration("20250101000000_posts", """
                DO $$ BEGIN CREATE TABLE "Post" ("id" INTEGER NOT NULL, "clientId" INTEGER NOT NULL REFERENCES "Client"("id"), CONSTRAINT "Post_pkey" PRIMARY KEY ("id")); END $$;
                """)
            .Migration("20250102000000_title", """ALTER TABLE "Post" ADD COLUMN "title" TEXT;""")
            .Run().Findings);
        Assert.StartsWith("Client is in the schema but no migration creates it; 2 migrations fail because of it", finding.Title, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL refuses statements that need them in 20250101000000_posts and 20250102000000_title.", finding.Message, StringComparison.Ordinal);
    }

    // A sentence begins with a word, and the name keeps its case.
    [Fact]
    public void A_name_is_written_as_it_is()
    {
        var finding = Assert.Single(RuleTest.For<MissingTableRule>().Migration("1_a", "CREATE TABLE segment (id int PRIMARY KEY); CREATE TABLE b (id int);").Live("DROP TABLE segment;").Run().Findings);
        Assert.StartsWith("The table segment is created by the migrations", finding.Message, StringComparison.Ordinal);
    }
}
