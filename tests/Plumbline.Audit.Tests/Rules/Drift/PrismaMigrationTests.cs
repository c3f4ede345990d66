using Plumbline.Audit.Configuration;
using Plumbline.Audit.Tests.Facts;
using Plumbline.Audit.Tests.Lowering;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Drift;

/// <summary>What drift rules say that Prisma writes into the next migration, compared with what its engine writes.</summary>
public sealed class PrismaMigrationTests(PostgreSqlServer server)
{
    private const string Nothing = "-- This is an empty migration.";
    private const string Long = "customer_subscription_invoice_line_items_with_discounts_and_taxes";

    [Fact]
    [Trait("needs", "server")]
    public void PostgreSQL_refuses_each_default_that_Prisma_writes_for_a_generated_column_and_the_edit_ends_that()
    {
        var scene = DriftFixes.Of(
            """
            model Item {
              id     Int      @id
              n      Int
              s      String
              none   Int?
              other  Int?     @default(1)
              spaces Int?     @default(dbgenerated("(n*2)"))
              client String?  @default(uuid())
              search Unsupported("tsvector")?
              kind   E?       @default(dbgenerated())
              kinds  E[]
              list   String[] @default([])
              agreed Int?     @default(dbgenerated("(N * 2)"))
              open   Int?     @default(dbgenerated())
              one    Int?     @default(1)
            }

            enum E {
              X
              Y
            }
            """,
            """
            CREATE TYPE "E" AS ENUM ('X', 'Y');
            CREATE TABLE "Item" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "s" TEXT NOT NULL,
              "none" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED,
              "other" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED,
              "spaces" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED,
              "client" TEXT GENERATED ALWAYS AS (lower("s")) STORED,
              "search" TSVECTOR GENERATED ALWAYS AS (to_tsvector('english', "s")) STORED,
              "kind" "E" GENERATED ALWAYS AS (CASE WHEN "n" > 0 THEN 'X'::"E" ELSE 'Y'::"E" END) STORED,
              "kinds" "E"[] GENERATED ALWAYS AS (CASE WHEN "n" > 0 THEN ARRAY['X'::"E"] END) STORED,
              "list" TEXT[] GENERATED ALWAYS AS (ARRAY["s"]) STORED,
              "agreed" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED,
              "open" INTEGER GENERATED ALWAYS AS ("n" * 2) STORED,
              "one" INTEGER GENERATED ALWAYS AS (1) STORED,
              CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));
            """);
        using var database = server.CreateDatabase();
        database.Run(scene.Migrations[0].Sql);
        using var prisma = new PrismaEngine(database);

        var finding = Assert.Single(scene.Findings(), f => f.Rule == "drift/generated");
        var written = prisma.Migration(scene.Schema);
        Assert.Equal(
            finding.Occurrences.Select(o => o.Subject.Name).Order(StringComparer.Ordinal),
            written.Split("ALTER COLUMN ").Skip(1).Select(part => part.Split('"')[1]).Order(StringComparer.Ordinal));
        var refused = database.Psql(["-v", "VERBOSITY=sqlstate", "-f", "-"], written);
        Assert.Contains("42601", refused.Error, StringComparison.Ordinal);
        Assert.Contains(Nothing, prisma.Migration(scene.Patched(finding)), StringComparison.Ordinal);
        scene.EveryPatchSettlesItsFinding(server);
    }

    [Fact]
    [Trait("needs", "server")]
    public void Prisma_drops_a_plain_index_for_its_name_and_the_edit_ends_that()
    {
        var scene = DriftFixes.Of(
            """
            model Entry {
              id Int @id
              n  Int

              @@unique([n], map: "entry_idx")
            }
            """,
            """
            CREATE TABLE "Entry" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, CONSTRAINT "Entry_pkey" PRIMARY KEY ("id"));
            CREATE INDEX "entry_idx" ON "Entry"("n");
            CREATE UNIQUE INDEX "Entry_n_key" ON "Entry"("n");
            """);
        using var database = server.CreateDatabase();
        database.Run(scene.Migrations[0].Sql);
        using var prisma = new PrismaEngine(database);

        var finding = Assert.Single(scene.Findings());
        Assert.Equal(
            ["DROP INDEX \"entry_idx\";", "ALTER INDEX \"Entry_n_key\" RENAME TO \"entry_idx\";"],
            prisma.Migration(scene.Schema).Split('\n').Where(line => line.EndsWith(';')));
        Assert.Contains(Nothing, prisma.Migration(scene.Patched(finding)), StringComparison.Ordinal);
        scene.EveryPatchSettlesItsFinding(server);
    }

    [Fact]
    [Trait("needs", "server")]
    public void Prisma_drops_what_it_does_not_find_under_its_full_name()
    {
        var scene = DriftFixes.Of(
            $$"""
            model Item {
              id Int @id(map: "Item_pkey")

              @@map("{{Long}}")
            }

            model Line {
              id   Int   @id
              n    Int?  @map("{{Long}}")
            }

            enum Kind {
              A

              @@map("e_{{Long}}")
            }
            """,
            $"""
            CREATE TYPE "e_{Long}" AS ENUM ('A');
            CREATE TABLE "{Long}" ("id" INTEGER NOT NULL, CONSTRAINT "Item_pkey" PRIMARY KEY ("id"));
            CREATE TABLE "Line" ("id" INTEGER NOT NULL, "{Long}" INTEGER, CONSTRAINT "Line_pkey" PRIMARY KEY ("id"));
            """);
        using var database = server.CreateDatabase();
        database.Run(scene.Migrations[0].Sql);
        using var prisma = new PrismaEngine(database);

        var finding = Assert.Single(scene.Findings(), f => f.Rule == "drift/name-too-long");
        var kept = finding.Occurrences[0].Subject.Name;
        var written = prisma.Migration(scene.Schema);
        Assert.Contains($"DROP TABLE \"{kept}\";", written, StringComparison.Ordinal);
        Assert.Contains($"CREATE TABLE \"{Long}\"", written, StringComparison.Ordinal);
        Assert.Contains($"DROP COLUMN \"{kept}\"", written, StringComparison.Ordinal);
        Assert.Contains($"ADD COLUMN     \"{Long}\"", written, StringComparison.Ordinal);
        var refused = database.Psql(["-v", "VERBOSITY=sqlstate", "-v", "ON_ERROR_STOP=1", "-f", "-"], written[written.IndexOf("CREATE TYPE", StringComparison.Ordinal)..]);
        Assert.Contains("42710", refused.Error, StringComparison.Ordinal);
        var mapped = scene.Schema.Replace($"e_{Long}", $"e_{Long}"[..63], StringComparison.Ordinal).Replace($"\"{Long}\"", $"\"{kept}\"", StringComparison.Ordinal);
        Assert.Contains(Nothing, prisma.Migration(mapped), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("needs", "server")]
    [InlineData("@@index([n])", "medium", true)]
    [InlineData("@@index([n, m], map: \"Visit_n_idx\")", "low", false)]
    public void Prisma_reads_included_columns_as_keys(string index, string severity, bool isReplaced)
    {
        var scene = DriftFixes.Of(
            $$"""
            model Visit {
              id Int @id
              n  Int
              m  Int

              {{index}}
            }
            """,
            """
            CREATE TABLE "Visit" ("id" INTEGER NOT NULL, "n" INTEGER NOT NULL, "m" INTEGER NOT NULL, CONSTRAINT "Visit_pkey" PRIMARY KEY ("id"));
            CREATE INDEX "Visit_n_idx" ON "Visit"("n") INCLUDE ("m");
            """);
        using var database = server.CreateDatabase();
        database.Run(scene.Migrations[0].Sql);
        using var prisma = new PrismaEngine(database);

        Assert.Equal(severity, Assert.Single(scene.Findings()).Severity.Name());
        Assert.Equal(
            isReplaced ? ["DROP INDEX \"Visit_n_idx\";", "CREATE INDEX \"Visit_n_idx\" ON \"Visit\"(\"n\");"] : Array.Empty<string>(),
            prisma.Migration(scene.Schema).Split('\n').Where(line => line.EndsWith(';')));
    }
}
