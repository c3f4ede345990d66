using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class UnreadableRuleTests
{
    private const string Script = "prisma/migrations/20250102120000_more/migration.sql";

    [Fact]
    public void A_script_that_is_not_text_is_reported()
    {
        var finding = Assert.Single(Find("SELECT 1;\0"u8.ToArray()));
        Assert.Equal((Severity.High, "The migration 20250102120000_more cannot be read"), (finding.Severity, finding.Title));
        Assert.Equal(Script + ":1:1", finding.Locations[0].Place.ToString());
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_reported_at_their_place() =>
        Assert.Equal(Script + ":2:4", Assert.Single(Find([.. "SELECT 1;\n-- "u8, 0xFF])).Locations[0].Place.ToString());

    [Fact]
    public void A_script_of_text_is_not() => Assert.Empty(Find("SELECT 'ä';"u8.ToArray()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_script_in_utf16_is_what_Prisma_reads_as_something_else(bool isBigEndian)
    {
        var encoding = isBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        var finding = Assert.Single(Find([.. encoding.Preamble, .. encoding.GetBytes("SELECT 1;\n")]));
        Assert.Equal(("The file is UTF-16 text, which Prisma reads as UTF-8.", "Save the file as UTF-8."), (finding.Message, finding.Recommendation));
    }

    // What the migration in between does is unknown: it may have made the index and the table, and dropped what is too much.
    [Fact]
    public void Nothing_is_claimed_that_the_unread_migration_may_explain()
    {
        using var repository = Repository("CREATE UNIQUE INDEX \"users_email_key\" ON \"users\"(\"email\");\0"u8.ToArray());
        var result = Run(repository);
        Assert.Equal(["migration/unreadable"], result.Findings.Where(finding => finding.Severity >= Severity.Medium).Select(finding => finding.Rule));
        Assert.Contains(result.Incomplete, item => item is { What: "2 differences between the schema and the migrations of main", Why: "20250102120000_more could not be read and may explain them" });
        Assert.Contains(result.Incomplete, item => item is { What: "1 failing statement of the migrations of main", Why: "20250102120000_more could not be read and may explain it" });
        Assert.Empty(result.Verified);
        Assert.Equal(Verdict.NotReady, result.Readiness.Verdict);
    }

    // The same history with a text in its place.
    [Fact]
    public void What_a_migration_does_that_is_read_is_claimed()
    {
        using var repository = Repository("SELECT 1;"u8.ToArray());
        var rules = Run(repository).Findings.Where(finding => finding.Severity >= Severity.Medium).Select(finding => finding.Rule).ToHashSet();
        Assert.Superset(new HashSet<string> { "migration/replay-error", "drift/unique", "drift/extra-column" }, rules);
    }

    [Fact]
    public void What_fails_before_it_and_what_is_no_SQL_is_claimed()
    {
        using var repository = Repository([0]).Write("prisma/migrations/20250101120000_init/migration.sql", "DROP TABLE nothing;").Write("prisma/migrations/20250103120000_last/migration.sql", "CREATE TABEL x (id int);");
        Assert.Equal(2, Run(repository).Findings.Count(finding => finding.Rule is "migration/replay-error" or "migration/sql-syntax"));
    }

    private static TemporaryRepository Repository(byte[] second) => new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model users {\n  id    Int    @id\n  email String @unique\n}\n")
        .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
        .Write("prisma/migrations/20250101120000_init/migration.sql", "CREATE TABLE \"users\" (\"id\" INTEGER NOT NULL, \"email\" TEXT NOT NULL, \"old\" TEXT, CONSTRAINT \"users_pkey\" PRIMARY KEY (\"id\"));\n")
        .Write(Script, second)
        .Write("prisma/migrations/20250103120000_last/migration.sql", "ALTER TABLE \"tags\" ADD COLUMN \"x\" TEXT;\n");

    private static AuditResult Run(TemporaryRepository repository) => new AuditSession(new AuditRequest { Path = repository.Root }, null, TestContext.Current.CancellationToken).Run();

    private static IEnumerable<Finding> Find(byte[] script)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("prisma/migrations/20250101120000_init/migration.sql", "SELECT 1;").Write(Script, script);
        return [.. new AuditSession(new AuditRequest { Path = repository.Root }, null, TestContext.Current.CancellationToken).Run().Findings.Where(finding => finding.Rule == "migration/unreadable")];
    }
}
