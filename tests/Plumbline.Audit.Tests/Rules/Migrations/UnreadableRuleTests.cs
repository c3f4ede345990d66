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

    private static IEnumerable<Finding> Find(byte[] script)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("prisma/migrations/20250101120000_init/migration.sql", "SELECT 1;").Write(Script, script);
        return [.. new AuditSession(new AuditRequest { Path = repository.Root }, null, TestContext.Current.CancellationToken).Run().Findings.Where(finding => finding.Rule == "migration/unreadable")];
    }
}
