using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class UniqueRuleTests
{
    [Fact]
    public void Uniqueness_that_no_migration_creates_is_told_at_the_attribute() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String [|@unique|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Expect("high: User: the unique (email) is in the schema but no migration creates it");

    [Fact]
    public void Uniqueness_that_the_schema_does_not_know_is_told_at_the_statement() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                [|CREATE UNIQUE INDEX "User_email_key" ON "User"("email")|];
                """)
            .Expect("high: User: the migrations make (email) unique, but the schema does not");

    [Fact]
    public void A_second_unique_index_over_the_same_columns_is_medium() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String @unique
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
                [|CREATE UNIQUE INDEX "users_email_key" ON "User"("email")|];
                """)
            .Expect("low: User has two equal unique indexes on (email): User_email_key and users_email_key");

    [Fact]
    public void A_unique_constraint_serves_as_well_as_an_index() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String @unique
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                ALTER TABLE "User" ADD CONSTRAINT "User_email_key" UNIQUE ("email");
                """)
            .ExpectNothing();

    [Fact]
    public void A_partial_unique_index_is_invisible_to_Prisma() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "one_email" ON "User"("email") WHERE "id" > 0;
                """)
            .ExpectNothing();

    [Fact]
    public void A_unique_index_on_the_columns_of_the_primary_key_is_dropped_and_no_edit_of_the_schema_is_offered()
    {
        var finding = Assert.Single(RuleTest.For<UniqueRule>()
            .Schema("""
                model Graph {
                  id    Int    @id
                  sends Sent[]
                }

                model Sent {
                  id      Int   @id
                  graphId Int
                  graph   Graph @relation(fields: [graphId], references: [id])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Graph" ("id" INTEGER NOT NULL, CONSTRAINT "Graph_pkey" PRIMARY KEY ("id"));
                [|CREATE UNIQUE INDEX "Graph_id_key" ON "Graph"("id")|];
                CREATE TABLE "Sent" ("id" INTEGER NOT NULL, "graphId" INTEGER NOT NULL, CONSTRAINT "Sent_pkey" PRIMARY KEY ("id"));
                ALTER TABLE "Sent" ADD CONSTRAINT "Sent_graphId_fkey" FOREIGN KEY ("graphId") REFERENCES "Graph"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
                """)
            .Expect("low: Graph has a unique index on (id) beside its primary key: Graph_id_key"));
        Assert.Equal("The migrations create Graph_id_key, UNIQUE btree (id); the primary key Graph_pkey already enforces the same.", finding.Message);
        Assert.Equal("Every write maintains two equal indexes. The next prisma migrate dev drops the second one.", finding.Impact);
        Assert.Equal("Drop Graph_id_key in a migration. The primary key stays, so the values remain unique.", finding.Recommendation);
        Assert.Equal(("DROP INDEX public.\"Graph_id_key\";", null), (finding.Fix!.Sql, finding.Fix.Patch));
    }

    [Fact]
    public void An_index_that_a_foreign_key_depends_on_is_medium_because_PostgreSQL_refuses_to_drop_it()
    {
        var finding = Assert.Single(RuleTest.For<UniqueRule>()
            .Schema("""
                model Graph {
                  id    Int    @id
                  sends Sent[]
                }

                model Sent {
                  id      Int   @id
                  graphId Int
                  graph   Graph @relation(fields: [graphId], references: [id])
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Graph" ("id" INTEGER NOT NULL);
                [|CREATE UNIQUE INDEX "Graph_id_key" ON "Graph"("id")|];
                ALTER TABLE "Graph" ADD CONSTRAINT "Graph_pkey" PRIMARY KEY ("id");
                CREATE TABLE "Sent" ("id" INTEGER NOT NULL, "graphId" INTEGER NOT NULL, CONSTRAINT "Sent_pkey" PRIMARY KEY ("id"));
                ALTER TABLE "Sent" ADD CONSTRAINT "Sent_graphId_fkey" FOREIGN KEY ("graphId") REFERENCES "Graph"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
                """)
            .Expect("medium: Graph has a unique index on (id) beside its primary key: Graph_id_key"));
        Assert.EndsWith("writes a DROP INDEX that PostgreSQL refuses, because the foreign key Sent_graphId_fkey depends on the index.", finding.Impact, StringComparison.Ordinal);
        Assert.StartsWith("ALTER TABLE public.\"Sent\" DROP CONSTRAINT \"Sent_graphId_fkey\";\nDROP INDEX public.\"Graph_id_key\";", finding.Fix!.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_equal_unique_indexes_that_the_schema_lacks_one_stays()
    {
        var findings = RuleTest.For<UniqueRule>()
            .Schema("""
                model User {
                  id    Int    @id
                  email String
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                """)
            .Migration("20250201000000_a", """
                [|CREATE UNIQUE INDEX "a" ON "User"("email")|];
                """)
            .Migration("20250301000000_b", """
                [|CREATE UNIQUE INDEX "b" ON "User"("email")|];
                """)
            .Expect("high: User: the migrations make (email) unique, but the schema does not", "low: User has two equal unique indexes on (email): a and b");
        Assert.Null(findings[1].Fix!.Patch);
    }
}
