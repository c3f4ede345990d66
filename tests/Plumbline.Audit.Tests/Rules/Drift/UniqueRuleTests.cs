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
            .Expect("high: User: the unique index on (email) is in the schema but no migration creates it");

    [Fact]
    public void What_stands_on_a_new_column_is_missing_with_it()
    {
        var finding = Assert.Single(RuleTest.For<MissingColumnRule>().With<UniqueRule>().With<IndexRule>().With<ForeignKeyRule>()
            .Schema("""
                model User {
                  id     Int     @id
                  name   String
                  label  String? @unique
                  teamId Int?
                  team   Team?   @relation(fields: [teamId], references: [id])

                  @@index([name, label])
                }

                model Team {
                  id    Int    @id
                  users User[]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "User" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
                CREATE TABLE "Team" ("id" INTEGER NOT NULL, CONSTRAINT "Team_pkey" PRIMARY KEY ("id"));
                """)
            .Run().Findings);

        Assert.Equal("2 columns of User are in the schema but no migration creates them", finding.Title);
        Assert.EndsWith("Missing with the columns: User_label_key, User_teamId_fkey and User_name_label_idx.", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("duplicates", $"{finding.Message}{finding.Impact}{finding.Recommendation}", StringComparison.Ordinal);
        Assert.Equal(Audit.Findings.FixKind.Safe, finding.Fix!.Kind);
        Assert.All(finding.Occurrences, o => Assert.Contains("ADD COLUMN", o.Fix!.Sql!, StringComparison.Ordinal));
        Assert.Equal(["drift/foreign-key", "drift/index", "drift/missing-column", "drift/missing-column", "drift/unique"], finding.Occurrences.Select(o => o.Rule).Order(StringComparer.Ordinal));
    }

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

    [Fact]
    public void A_unique_index_under_the_name_of_a_plain_one_is_unique_on_both_sides()
    {
        var finding = Assert.Single(RuleTest.For<UniqueRule>().With<IndexRule>()
            .Schema("""
                model Entry {
                  id Int @id
                  n  Int

                  @@unique([n], map: "entry_idx")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Entry" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, CONSTRAINT "Entry_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "entry_idx" ON "Entry"("n");
                [|CREATE UNIQUE INDEX "Entry_n_key" ON "Entry"("n")|];
                """)
            .Expect("low: Entry: the unique index on (n) is Entry_n_key in the migrations and entry_idx in the schema, the name of another index"));
        Assert.Equal("The migrations create Entry_n_key, UNIQUE btree (n), and entry_idx, btree (n). The schema has entry_idx, UNIQUE btree (n).", finding.Message);
        Assert.Equal("The next prisma migrate dev drops entry_idx and renames Entry_n_key to it. The unique index serves the same queries.", finding.Impact);
        Assert.Equal((null, "  // in model Entry\n+   @@unique([n])\n-   @@unique([n], map: \"entry_idx\")\n+   @@index([n], map: \"entry_idx\")"), (finding.Fix!.Sql, finding.Fix.Patch));
    }

    [Fact]
    public void A_plain_index_on_other_columns_that_Prisma_drops_for_its_name_is_medium()
    {
        var finding = Assert.Single(RuleTest.For<UniqueRule>().With<IndexRule>()
            .Schema("""
                model Entry {
                  id Int @id
                  n  Int
                  m  Int

                  @@unique([n], map: "entry_idx")
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Entry" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "m" INTEGER NOT NULL, CONSTRAINT "Entry_pkey" PRIMARY KEY ("id"));
                CREATE INDEX "entry_idx" ON "Entry"("m");
                [|CREATE UNIQUE INDEX "Entry_n_key" ON "Entry"("n")|];
                """)
            .Expect("medium: Entry: the unique index on (n) is Entry_n_key in the migrations and entry_idx in the schema, the name of another index"));
        Assert.EndsWith("Queries that use entry_idx can become slow.", finding.Impact, StringComparison.Ordinal);
    }

    [Fact]
    public void Uniqueness_on_other_columns_under_the_name_of_a_plain_index_stays_two_differences() =>
        Assert.Equal(
            ["drift/index", "drift/unique"],
            RuleTest.For<UniqueRule>().With<IndexRule>()
                .Schema("""
                    model Entry {
                      id Int @id
                      n  Int
                      m  Int

                      @@unique([m], map: "entry_idx")
                    }
                    """)
                .Migration("20250101000000_init", """CREATE TABLE "Entry" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "m" INTEGER NOT NULL, CONSTRAINT "Entry_pkey" PRIMARY KEY ("id"));""")
                .Migration("20250102000000_plain", """CREATE INDEX "entry_idx" ON "Entry"("m");""")
                .Migration("20250103000000_unique", """CREATE UNIQUE INDEX "Entry_n_key" ON "Entry"("n");""")
                .Run().Findings.Select(f => f.Rule).Order());

    [Fact]
    public void A_unique_index_on_an_expression_of_the_columns_is_stricter()
    {
        var finding = Assert.Single(RuleTest.For<UniqueRule>()
            .Schema("""
                model Test {
                  id     Int    @id
                  tenant Int
                  code   String

                  [|@@unique([tenant, code])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Test" ("id" INTEGER NOT NULL, "tenant" INTEGER NOT NULL, "code" TEXT NOT NULL, CONSTRAINT "Test_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "test_code" ON "Test"("tenant", lower("code"));
                """)
            .Expect("medium: Test: the unique index on (tenant, code) is in the schema, and the migrations create a stricter one: test_code"));
        Assert.Null(finding.Fix);
    }

    [Fact]
    public void Partial_unique_indexes_under_other_names_that_leave_out_NULLs_are_one_finding_and_low() =>
        RuleTest.For<UniqueRule>()
            .Schema("""
                model Product {
                  id      Int     @id
                  tenant  Int
                  sku     String?
                  barcode String?

                  [|@@unique([tenant, sku])|]
                  [|@@unique([tenant, barcode])|]
                }
                """)
            .Migration("20250101000000_init", """
                CREATE TABLE "Product" ("id" INTEGER NOT NULL, "tenant" INTEGER NOT NULL, "sku" TEXT, "barcode" TEXT, CONSTRAINT "Product_pkey" PRIMARY KEY ("id"));
                CREATE UNIQUE INDEX "by_sku" ON "Product"("tenant", "sku") WHERE "sku" IS NOT NULL;
                CREATE UNIQUE INDEX "by_barcode" ON "Product"("tenant", "barcode") WHERE "barcode" IS NOT NULL;
                """)
            .Expect("low: 2 unique indexes cover only rows without NULL in a key column, but the schema declares them for all rows");
}
