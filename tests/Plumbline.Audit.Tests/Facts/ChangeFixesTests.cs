using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Facts;

/// <summary>What the audit proposes for drift runs on PostgreSQL, each migration as Prisma sends it, and leaves no drift.</summary>
public sealed class ChangeFixesTests(PostgreSqlServer server)
{
    private const string Tables = """
        CREATE TABLE "User" ("id" INTEGER NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
        CREATE TABLE "Post" ("id" INTEGER NOT NULL, "authorId" INTEGER NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
        """;

    [Theory]
    [InlineData("@unique", "", "create_User_email_key_concurrently")]
    [InlineData("", "@@index([email])", "create_User_email_idx_concurrently")]
    public void An_index_is_created_concurrently_in_a_migration_of_its_own(string attribute, string index, string migration)
    {
        var fix = Assert.Single(FixesOf($$"""
            model User {
              id    Int    @id
              email String {{attribute}}
              {{index}}
            }

            model Post {
              id       Int @id
              authorId Int
            }
            """));

        Assert.Equal([migration], fix.Migrations.Select(m => m.Name));
        Assert.Contains("INDEX CONCURRENTLY", fix.Migrations[0].Sql, StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_key_is_added_not_valid_and_validated_in_another_migration()
    {
        var fix = Assert.Single(FixesOf("""
            model User {
              id    Int    @id
              email String
              posts Post[]
            }

            model Post {
              id       Int  @id
              author   User @relation(fields: [authorId], references: [id])
              authorId Int
            }
            """));

        Assert.Equal(["add_Post_authorId_fkey", "validate_Post_authorId_fkey"], fix.Migrations.Select(m => m.Name));
        Assert.EndsWith("NOT VALID;", fix.Migrations[0].Sql, StringComparison.Ordinal);
    }

    private List<FindingFix> FixesOf(string models)
    {
        var schema = SchemaLowering.Lower(PrismaSchema.Read([new SourceText("schema.prisma", models + "\n\ndatasource db {\n  provider = \"postgresql\"\n}\n")]), new LoweringOptions());
        var init = new MigrationSource("1_init", new SourceText("1.sql", Tables));
        var comparison = SchemaComparer.Compare(MigrationReplay.Run([init]).Schema, schema);
        var fixes = comparison.Changes.Select(c => new ChangeFixes(comparison).Fix([c])).OfType<FindingFix>().ToList();

        using var database = server.CreateDatabase();
        database.Run(Tables);
        var history = new List<MigrationSource> { init };
        foreach (var migration in fixes.SelectMany(f => f.Migrations))
        {
            database.Run(migration.Sql);
            history.Add(new MigrationSource(migration.Name, new SourceText(migration.Name, migration.Sql)));
        }

        var end = MigrationReplay.Deploy(history);
        Assert.Equal(0, end.RefusedCount);
        Assert.Empty(SchemaComparer.Compare(end.Schema, schema).Changes);
        return fixes;
    }
}
