using Plumbline.Audit.Findings;
using Plumbline.Audit.Tests.Lowering;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Facts;

/// <summary>Fixes of findings over several differences: the SQL runs on PostgreSQL, Prisma accepts the edits, and each takes its finding away.</summary>
public sealed class DriftFixesTests(PostgreSqlServer server)
{
    // Two views over a column that gets another type, and foreign keys whose both sides do.
    private static readonly DriftFixes Uuids = DriftFixes.Of(
        """
        generator client {
          provider        = "prisma-client-js"
          previewFeatures = ["views"]
        }

        model User {
          id       String    @id @db.Uuid
          projects Project[]
        }

        model Project {
          id     String   @id @db.Uuid
          userId String?  @db.Uuid
          title  String
          user   User?    @relation(fields: [userId], references: [id])
          domains Domain[]
        }

        model Domain {
          id        String  @id
          projectId String  @db.Uuid
          project   Project @relation(fields: [projectId], references: [id])
        }

        view DashboardProject {
          id     String  @unique @db.Uuid
          title  String?
          userId String? @db.Uuid
        }
        """,
        """
        CREATE TABLE "User" ("id" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
        CREATE TABLE "Project" ("id" TEXT NOT NULL, "userId" TEXT, "title" TEXT NOT NULL, CONSTRAINT "Project_pkey" PRIMARY KEY ("id"));
        CREATE TABLE "Domain" ("id" TEXT NOT NULL, "projectId" TEXT NOT NULL, CONSTRAINT "Domain_pkey" PRIMARY KEY ("id"));
        ALTER TABLE "Project" ADD CONSTRAINT "Project_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
        ALTER TABLE "Domain" ADD CONSTRAINT "Domain_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
        CREATE VIEW "DashboardProject" AS SELECT "id", "title", "userId" FROM "Project";
        CREATE VIEW "LatestProject" AS SELECT p."id", d."projectId" FROM "DashboardProject" p JOIN "Domain" d ON d."projectId" = p."id";
        CREATE FUNCTION "titleOf"("DashboardProject") RETURNS TEXT LANGUAGE sql STABLE AS $$ SELECT $1."title" $$;
        """);

    // An enum that only an extra table and an extra column have, a relation of that table, and differences that an edit of a line settles.
    private static readonly DriftFixes Extras = DriftFixes.Of(
        """
        model User {
          id        Int      @id
          email     String
          firstName String   @map("first_name")
          outbox    String
          usedAt    DateTime
          price     Int

          @@index([email])
          @@map("users")
        }

        enum Role {
          ADMIN
        }

        model Tag {
          id   Int    @id
          role Role
          name String
        }
        """,
        """
        CREATE TYPE "Role" AS ENUM ('ADMIN', 'GUEST');
        CREATE TABLE "users" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, "first_name" VARCHAR(30) NOT NULL, "outbox" TEXT NOT NULL, "usedAt" TIMESTAMPTZ(6) NOT NULL, "price" BIGINT NOT NULL, CONSTRAINT "users_pkey" PRIMARY KEY ("id"));
        CREATE INDEX "users_email_idx" ON "users"("email" DESC);
        CREATE INDEX "users_first_name_idx" ON "users"("first_name");
        CREATE UNIQUE INDEX "users_email_key" ON "users"("email");
        CREATE TABLE "Tag" ("id" INTEGER NOT NULL, "role" "Role" NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
        """,
        """
        CREATE TYPE "OutboxState" AS ENUM ('open', 'done');
        CREATE TABLE "Outbox" ("id" INTEGER NOT NULL, "state" "OutboxState" NOT NULL, "userId" INTEGER NOT NULL, CONSTRAINT "Outbox_pkey" PRIMARY KEY ("id"));
        ALTER TABLE "Outbox" ADD CONSTRAINT "Outbox_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
        """,
        """
        ALTER TABLE "Tag" ADD COLUMN "colour" TEXT, ADD COLUMN "size" INTEGER;
        CREATE INDEX "Tag_size_idx" ON "Tag"("size");
        """,
        """
        CREATE TABLE "Tagged" ("tags" TEXT[] NOT NULL, "n" INTEGER NOT NULL, CONSTRAINT "Tagged_pkey" PRIMARY KEY ("tags"));
        """);

    [Fact]
    [Trait("needs", "server")]
    public void Views_and_foreign_keys_in_the_way_of_a_group_come_again_once()
    {
        var finding = Assert.Single(Uuids.Findings(), f => f.Rule == "drift/column-type");
        Assert.Equal(4, finding.Occurrences.Length);
        var sql = finding.Fix!.Sql!;
        foreach (var once in new[] { "CREATE VIEW public.\"DashboardProject\"", "CREATE VIEW public.\"LatestProject\"", "CREATE FUNCTION public.\"titleOf\"", "ADD CONSTRAINT \"Project_userId_fkey\"", "ADD CONSTRAINT \"Domain_projectId_fkey\"" })
            Assert.Equal(2, sql.Split(once).Length);

        Uuids.EverySqlSettlesItsFinding(server);
    }

    [Fact]
    [Trait("needs", "server")]
    public void One_side_of_a_foreign_key_changes_with_the_other()
    {
        foreach (var occurrence in Uuids.Findings().SelectMany(f => f.Occurrences))
        {
            using var database = server.CreateDatabase();
            database.Run(Uuids.Migrations[0].Sql);
            database.Run(occurrence.Fix!.Sql!);
        }
    }

    [Fact]
    [Trait("needs", "server")]
    public void The_SQL_of_every_finding_settles_it() => Extras.EverySqlSettlesItsFinding(server);

    [Fact]
    [Trait("needs", "server")]
    public void The_edits_of_every_finding_settle_it() => Extras.EveryPatchSettlesItsFinding(server);

    // Foreign keys without a relation, indexes that repeat a key and that foreign keys depend on or not, and a table that a function returns.
    private static readonly DriftFixes Keys = DriftFixes.Of(
        """
        model User {
          id     Int     @id
          email  String  @unique
          bossId Int?
          posts  Post[]
        }

        model Post {
          id       Int  @id
          authorId Int
          author   User @relation(fields: [authorId], references: [id])
          editorId Int?
          proofId  Int?
        }

        model Log {
          id     Int @id
          postId Int
        }
        """,
        """
        CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, "bossId" INTEGER, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
        CREATE UNIQUE INDEX "User_id_key" ON "User"("id");
        CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
        CREATE UNIQUE INDEX "a_email_key" ON "User"("email");
        CREATE TABLE "Post" ("id" INTEGER NOT NULL, "authorId" INTEGER NOT NULL, "editorId" INTEGER, "proofId" INTEGER);
        CREATE UNIQUE INDEX "Post_id_key" ON "Post"("id");
        ALTER TABLE "Post" ADD CONSTRAINT "Post_pkey" PRIMARY KEY ("id");
        ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
        CREATE TABLE "Log" ("id" INTEGER NOT NULL, "postId" INTEGER NOT NULL, CONSTRAINT "Log_pkey" PRIMARY KEY ("id"));
        """,
        """
        ALTER TABLE "Post" ADD CONSTRAINT "Post_editorId_fkey" FOREIGN KEY ("editorId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
        ALTER TABLE "Post" ADD CONSTRAINT "proof" FOREIGN KEY ("proofId") REFERENCES "User"("id") ON DELETE CASCADE;
        ALTER TABLE "User" ADD CONSTRAINT "User_bossId_fkey" FOREIGN KEY ("bossId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
        ALTER TABLE "Log" ADD CONSTRAINT "Log_postId_fkey" FOREIGN KEY ("postId") REFERENCES "Post"("id") ON DELETE CASCADE ON UPDATE CASCADE;
        """,
        """
        CREATE TABLE "latest" ("id" INTEGER PRIMARY KEY, "postId" INTEGER NOT NULL REFERENCES "Post"("id"));
        CREATE FUNCTION "latest"("User") RETURNS SETOF "latest" LANGUAGE sql STABLE AS $$ SELECT "id", "id" FROM "Post" WHERE "authorId" = $1."id" $$;
        """);

    [Fact]
    [Trait("needs", "server")]
    public void The_SQL_that_drops_a_needless_index_settles_it()
    {
        Keys.EverySqlSettlesItsFinding(server);
        Assert.Equal(
            ["User: DROP INDEX public.\"User_id_key\";", "User: DROP INDEX public.a_email_key;"],
            Keys.Findings().SelectMany(f => f.Occurrences).Where(o => o.Rule == "drift/unique" && o.Subject.Table == "User").Select(o => $"{o.Subject.Table}: {o.Fix!.Sql}").Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("needs", "server")]
    public void The_edits_that_add_relations_and_an_ignored_model_settle_them()
    {
        Keys.EveryPatchSettlesItsFinding(server);
        var findings = Keys.Findings();
        Assert.Equal(["drift/extra-table", "drift/foreign-key"], findings.Where(f => f.Fix?.Patch is not null).Select(f => f.Rule).Order(StringComparer.Ordinal));
        Assert.Equal(
            """
              // in model Log
            +   post Post @relation(fields: [postId], references: [id], onDelete: Cascade) @ignore
              // in model Post
            +   Log Log[] @ignore
            +   editor User? @relation("Post_editor", fields: [editorId], references: [id]) @ignore
            +   proof User? @relation("Post_proof", fields: [proofId], references: [id], onDelete: Cascade, onUpdate: NoAction, map: "proof") @ignore
              // in model User
            +   Post Post[] @relation("Post_editor") @ignore
            +   Post_Post Post[] @relation("Post_proof") @ignore
            +   boss User? @relation("User_boss", fields: [bossId], references: [id]) @ignore
            +   other_User User[] @relation("User_boss") @ignore
            """,
            findings.Single(f => f.Rule == "drift/foreign-key").Fix!.Patch);
    }

    // The relation fields keep the foreign keys in the database and out of the client.
    [Fact]
    [Trait("needs", "server")]
    public void A_relation_that_the_client_ignores_keeps_its_foreign_key()
    {
        const string Ignored = """
            model User {
              id   Int    @id
              Post Post[] @ignore
            }

            model Post {
              id       Int  @id
              authorId Int
              author   User @relation(fields: [authorId], references: [id]) @ignore
            }
            """;
        const string Sql = """
            CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
            CREATE TABLE "Post" ("id" INTEGER NOT NULL, "authorId" INTEGER NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
            ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
            """;
        var drift = DriftFixes.Of(Ignored, Sql);
        using var database = server.CreateDatabase();
        using var prisma = new PrismaEngine(database);
        Assert.Contains("ADD CONSTRAINT \"Post_authorId_fkey\"", string.Join('\n', prisma.Sql(drift.Schema)), StringComparison.Ordinal);
        Assert.Empty(drift.Findings());
    }

    [Fact]
    public void An_enum_and_the_table_that_uses_it_are_added_to_the_schema_together()
    {
        var fix = FixOf(Extras, "OutboxState");
        Assert.Null(fix.Sql);
        Assert.Equal(
            """
              // in model User
            +   Outbox Outbox[]
            + enum OutboxState {
            +   open
            +   done
            + }
            + model Outbox {
            +   id     Int         @id
            +   state  OutboxState
            +   userId Int
            +   User   User        @relation(fields: [userId], references: [id])
            + }
            """,
            fix.Patch);
    }

    [Fact]
    public void Several_lines_name_the_model_that_they_belong_to() =>
        Assert.StartsWith("  // in model Tag\n+   colour String?\n", FixOf(Extras, "Tag.colour").Patch, StringComparison.Ordinal);

    [Theory]
    [InlineData("users.first_name", "-   firstName String   @map(\"first_name\")\n+   firstName String   @map(\"first_name\") @db.VarChar(30)")]
    [InlineData("users.usedAt", "-   usedAt    DateTime\n+   usedAt    DateTime @db.Timestamptz(6)")]
    [InlineData("users_email_idx", "-   @@index([email])\n+   @@index([email(sort: Desc)])")]
    [InlineData("users_first_name_idx", "+   @@index([firstName])")]
    [InlineData("users_email_key", "+   @@unique([email])")]
    [InlineData("users.price", null)]
    [InlineData("Tagged", null)]
    public void A_difference_that_an_edit_settles_has_it(string name, string? patch) => Assert.Equal(patch, Occurrence(Extras, name).Fix?.Patch);

    [Theory]
    [InlineData("", "", "  // in model User\n+   Note Note[]\n+ model Note {\n+   id     Int  @id\n+   userId Int\n+   User   User @relation(fields: [userId], references: [id])\n+ }")]
    [InlineData("\n  schemas  = [\"public\"]", "\n  @@schema(\"public\")", "  // in model User\n+   Note Note[]\n+ model Note {\n+   id     Int  @id\n+   userId Int\n+   User   User @relation(fields: [userId], references: [id])\n+\n+   @@schema(\"public\")\n+ }")]
    [InlineData("\n  relationMode = \"prisma\"", "", "  // in model User\n+   Note Note[]\n+ model Note {\n+   id     Int  @id\n+   userId Int\n+   User   User @relation(fields: [userId], references: [id])\n+ }")]
    public void A_model_names_its_database_schema_only_where_the_datasource_lists_schemas(string property, string attribute, string patch)
    {
        var drift = new DriftFixes(
            $$"""
            datasource db {
              provider = "postgresql"{{property}}
            }

            model User {
              id Int @id
            {{attribute}}
            }
            """,
            [
                ("1_init", "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));"),
                ("2_note", """
                    CREATE TABLE "Note" ("id" INTEGER NOT NULL, "userId" INTEGER NOT NULL, CONSTRAINT "Note_pkey" PRIMARY KEY ("id"));
                    ALTER TABLE "Note" ADD CONSTRAINT "Note_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
                    """),
            ]);
        Assert.Equal(patch, Occurrence(drift, "Note").Fix?.Patch);
    }

    [Fact]
    public void An_operator_class_is_called_by_its_name_alone()
    {
        var drift = DriftFixes.Of(
            """
            model Place {
              id   Int    @id
              name String
            }
            """,
            """
            CREATE EXTENSION pg_trgm;
            CREATE TABLE "Place" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Place_pkey" PRIMARY KEY ("id"));
            CREATE INDEX "Place_name_idx" ON "Place" USING gin ("name" gin_trgm_ops);
            """);
        Assert.Equal("+   @@index([name(ops: raw(\"gin_trgm_ops\"))], type: Gin)", Occurrence(drift, "Place_name_idx").Fix?.Patch);
    }

    private static Occurrence Occurrence(DriftFixes drift, string name) =>
        Assert.Single(drift.Findings().SelectMany(f => f.Occurrences), o => o.Subject.ToString() == name || o.Subject.Name == name || o.Subject.ToString().EndsWith("." + name, StringComparison.Ordinal));

    private static FindingFix FixOf(DriftFixes drift, string name) =>
        Assert.Single(drift.Findings(), f => f.Occurrences.Any(o => o.Subject.ToString() == name || o.Subject.Name == name)).Fix!;
}
