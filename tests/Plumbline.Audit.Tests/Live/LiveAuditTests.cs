using Plumbline.PostgreSql.Catalog;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Live;

/// <summary>Audits of a real database: what was done to it past the migrations is told once, and under what explains it.</summary>
public sealed class LiveAuditTests(PostgreSqlServer server)
{
    private const string History = """
        CREATE TABLE "_prisma_migrations" (
            id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT,
            rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0);
        """;

    private const string Schema = """

        model User {
          id    Int     @id @default(autoincrement())
          email String  @unique
          ahead String?
        }

        model Note {
          id   Int     @id
          text String?
        }

        """;

    private const string User = "CREATE TABLE \"User\" (\"id\" SERIAL NOT NULL, \"email\" TEXT NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\nCREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");\n";
    private const string Note = "CREATE TABLE \"Note\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"Note_pkey\" PRIMARY KEY (\"id\"));\n";
    private const string EditedNote = "CREATE TABLE \"Note\" (\"id\" INTEGER NOT NULL, \"text\" TEXT, CONSTRAINT \"Note_pkey\" PRIMARY KEY (\"id\"));\n";
    private const string Later = "ALTER TABLE \"User\" ADD COLUMN \"later\" INTEGER;\n";

    [Fact]
    public async Task Pending_failed_edited_made_by_hand_and_schema_ahead_each_told_once()
    {
        using var repository = Repository(EditedNote);
        using var database = server.CreateDatabase();
        Apply(database, User, Note);
        database.Run("INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) VALUES ('3', 'x', '3_broken', 'ERROR: it broke');");
        database.Run("ALTER TABLE \"User\" ADD COLUMN hand text; ALTER TABLE \"User\" ADD COLUMN ahead text;");

        var result = await Audit(repository, database);

        Assert.Equal(
            [
                "critical drift/missing-column: User.ahead is in the schema but no migration creates it",
                "critical migration/failed: The migration 3_broken failed on the database",
                "high migration/edited-after-apply: The migration 2_note was edited after it was applied",
                "medium drift/extra-column: User.hand is in the database but no migration creates it",
                "medium drift/extra-column: User.later is created by the migrations but the schema does not have it",
                "medium migration/pending: The migration 4_later is not applied to the database",
            ],
            result.Findings.Where(f => f.Severity >= Severity.Medium && f.Rule != "migration/no-validation-script").Select(f => $"{f.Severity.Name()} {f.Rule}: {f.Title}").Order(StringComparer.Ordinal));
        Assert.Contains("The database has it as the schema says", result.Findings.Single(f => f.Title.StartsWith("User.ahead", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Contains("Note.text is created by the migrations", result.Findings.Single(f => f.Rule == "migration/edited-after-apply").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Incomplete, item => item.What == "the database");
    }

    [Fact]
    public async Task A_database_that_has_what_was_applied_shows_no_drift()
    {
        using var repository = Repository(Note);
        using var database = server.CreateDatabase();
        Apply(database, User, Note);

        var result = await Audit(repository, database);

        Assert.DoesNotContain(result.Findings, f => f.Message.Contains("database has", StringComparison.Ordinal) && f.Rule.StartsWith("drift/", StringComparison.Ordinal));
        Assert.Contains(result.Findings, f => f.Rule == "migration/pending" && f.Title.StartsWith("2 migrations", StringComparison.Ordinal));
    }

    private static TemporaryRepository Repository(string note) => new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + Schema)
        .Write("prisma/migrations/1_user/migration.sql", User)
        .Write("prisma/migrations/2_note/migration.sql", note)
        .Write("prisma/migrations/3_broken/migration.sql", "SELECT 1;\n")
        .Write("prisma/migrations/4_later/migration.sql", Later);

    private static void Apply(TestDatabase database, string user, string note)
    {
        database.Run(History + user + note);
        database.Run(
            $"INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '{MigrationChecksum.Of(user)}', '1_user', now()), ('2', '{MigrationChecksum.Of(note)}', '2_note', now());");
    }

    private static async Task<AuditResult> Audit(TemporaryRepository repository, TestDatabase database)
    {
        var workspace = Workspace.Open(repository.Root, Configuration.Empty);
        Assert.True(DatabaseUrl.TryParse(database.Url, out var url, out _));
        var live = await LiveDatabaseReader.ReadAsync(url, TestContext.Current.CancellationToken);
        Assert.Null(live.Failure);
        return Auditor.Run(workspace, AuditOptions.Default with { Databases = AuditOptions.Default.Databases.Add(workspace.Projects[0].Name, live) });
    }
}
