using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Live;

/// <summary>Audits of a real database: what was done to it past the migrations is told once, and under what explains it.</summary>
[Trait("needs", "server")]
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
        using var repository = WithNote(EditedNote);
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
                "medium drift/extra-column: The migrations create the column User.later, but the schema has no field for it",
                "medium drift/extra-column: User.hand is in the database but no migration creates it",
                "medium migration/pending: The migration 4_later is not applied to the database",
            ],
            result.Findings.Where(f => f.Severity >= Severity.Medium && f.Rule != "migration/no-validation-script").Select(f => $"{f.Severity.Name()} {f.Rule}: {f.Title}").Order(StringComparer.Ordinal));
        Assert.Contains("The database already has it as the schema declares it", result.Findings.Single(f => f.Title.StartsWith("User.ahead", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Contains("Note.text is created by the migrations", result.Findings.Single(f => f.Rule == "migration/edited-after-apply").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Incomplete, item => item.What == "the database");
    }

    [Fact]
    public async Task What_was_granted_on_all_tables_alike_is_told_once()
    {
        using var repository = WithNote(Note);
        using var database = server.CreateDatabase();
        Apply(database, User, Note);
        database.Run("DROP ROLE IF EXISTS granted_alike; CREATE ROLE granted_alike; GRANT SELECT ON \"User\", \"Note\" TO granted_alike; GRANT DELETE ON \"Note\" TO granted_alike;");
        database.Run("ALTER TABLE \"Note\" ADD COLUMN a int; ALTER TABLE \"User\" ADD COLUMN a int; REVOKE DELETE ON \"Note\" FROM granted_alike;");

        var result = await Audit(repository, database);

        Assert.Equal(["the grant on Note is in the database but no migration creates it, and 1 more with the same cause"], result.Findings.Where(f => f.Rule == "drift/grant").Select(f => f.Title));
        Assert.Equal(2, result.Findings.Count(f => f.Rule == "drift/extra-column" && f.Title.Contains(".a is in the database", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_database_that_has_what_was_applied_shows_no_drift()
    {
        using var repository = WithNote(Note);
        using var database = server.CreateDatabase();
        Apply(database, User, Note);

        var result = await Audit(repository, database);

        Assert.DoesNotContain(result.Findings, f => f.Message.Contains("database has", StringComparison.Ordinal) && f.Rule.StartsWith("drift/", StringComparison.Ordinal));
        Assert.Contains(result.Findings, f => f.Rule == "migration/pending" && f.Title.StartsWith("2 migrations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_dangerous_besides_being_made_by_hand_is_told_by_the_rule_that_knows_why()
    {
        using var repository = WithNote(Note);
        using var database = server.CreateDatabase();
        Apply(database, User, Note);
        database.Run("""
            ALTER TABLE "Note" ADD COLUMN "text" TEXT;
            GRANT SELECT ON "Note" TO PUBLIC;
            CREATE FUNCTION open() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN 1; END $$;
            ALTER TABLE "Note" ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;
            ALTER TABLE "Note" ADD CONSTRAINT note_user FOREIGN KEY (id) REFERENCES "User" (id) NOT VALID;
            DROP ROLE IF EXISTS hand_reader; CREATE ROLE hand_reader; ALTER TABLE "User" ENABLE ROW LEVEL SECURITY;
            CREATE VIEW shown AS SELECT id FROM "User"; GRANT SELECT ON shown TO hand_reader;
            """);

        var result = await Audit(repository, database);

        string[] expected =
        [
            "medium integrity/constraint-not-validated: The check positive of Note is not validated",
            "medium integrity/constraint-not-validated: The foreign key note_user of Note is not validated",
            "medium security/public-grant: PUBLIC has SELECT on Note",
            "medium security/security-definer-search-path: The SECURITY DEFINER function open does not set its search_path",
            "medium security/view-bypasses-rls: The view shown bypasses the row-level security of User",
        ];
        var told = result.Findings.Where(f => f.Rule is "drift/grant" or "drift/function" or "drift/check" or "drift/foreign-key" or "drift/constraint-state" or "drift/view" ||
            f.Rule.StartsWith("security/", StringComparison.Ordinal) || f.Rule.StartsWith("integrity/", StringComparison.Ordinal)).Where(f => f.Rule != "security/superuser-connection").ToList();
        Assert.Equal(expected, told.Select(f => $"{f.Severity.Name()} {f.Rule}: {f.Title}").Order(StringComparer.Ordinal));
        Assert.All(told, f => Assert.Contains("No migration ", f.Message, StringComparison.Ordinal));

        // Where the rule that knows why is switched off, the difference is still told.
        var drift = await Audit(repository, database, new AuditOptions { Rules = ["drift/grant", "drift/function", "drift/check", "drift/foreign-key", "drift/view"] });
        Assert.Equal(
            "drift/check drift/foreign-key drift/function drift/grant drift/view",
            string.Join(' ', drift.Findings.Where(f => f.Locations.IsEmpty || f.Rule == "drift/grant" || f.Message.Contains("database", StringComparison.Ordinal)).Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_grant_that_others_have_part_in_stays_drift()
    {
        using var repository = WithNote(Note);
        using var database = server.CreateDatabase();
        Apply(database, User, Note);
        database.Run("GRANT SELECT ON \"Note\" TO PUBLIC; GRANT SELECT ON \"Note\" TO pg_monitor");

        var result = await Audit(repository, database);

        Assert.Contains(result.Findings, f => f.Rule == "drift/grant");
        Assert.Contains(result.Findings, f => f.Rule == "security/public-grant");
    }

    [Fact]
    public async Task In_an_empty_database_everything_is_pending_and_no_table_is_missing()
    {
        using var repository = WithUser();
        using var database = server.CreateDatabase();

        var result = await Audit(repository, database);

        Assert.Equal(["migration/pending: 2 migrations are not applied to the database"], OfDriftAndMigrations(result));
    }

    [Fact]
    public async Task Tables_without_a_history_are_one_finding()
    {
        using var repository = WithUser();
        using var database = server.CreateDatabase();
        database.Run(User + Later);

        var result = await Audit(repository, database);

        Assert.Equal(["migration/no-history: The database has tables of the project but no migration history"], OfDriftAndMigrations(result));
    }

    private static IEnumerable<string> OfDriftAndMigrations(AuditResult result) =>
        result.Findings
            .Where(f => f.Rule.StartsWith("drift/", StringComparison.Ordinal) || (f.Rule.StartsWith("migration/", StringComparison.Ordinal) && f.Severity >= Severity.Medium))
            .Select(f => $"{f.Rule}: {f.Title}");

    private static TemporaryRepository WithUser() => new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "\nmodel User {\n  id    Int    @id @default(autoincrement())\n  email String @unique\n  later Int?\n}\n")
        .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
        .Write("prisma/migrations/1_user/migration.sql", User)
        .Write("prisma/migrations/2_later/migration.sql", Later);

    private static TemporaryRepository WithNote(string note) => new TemporaryRepository()
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

    private static async Task<AuditResult> Audit(TemporaryRepository repository, TestDatabase database, AuditOptions? options = null)
    {
        var workspace = Repository.Open(repository.Root, AuditConfiguration.Empty);
        Assert.True(DatabaseUrl.TryParse(database.Url, out var url, out _));
        var live = await LiveDatabaseReader.ReadAsync(url, TestContext.Current.CancellationToken);
        Assert.Null(live.Failure);
        return Auditor.Run(workspace, (options ?? AuditOptions.Default) with { Databases = AuditOptions.Default.Databases.Add(workspace.Projects[0].Name, live) });
    }
}
