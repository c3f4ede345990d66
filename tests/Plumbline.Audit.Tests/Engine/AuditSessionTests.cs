using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Engine;

public sealed class AuditSessionTests
{
    private const string Model = TemporaryRepository.PostgreSql + "model User {\n  id Int @id\n  name String\n}\n";

    [Fact]
    public void An_unsaved_text_takes_the_place_of_its_file()
    {
        using var repository = Repository();
        Assert.Empty(Drift(repository, []));
        var finding = Assert.Single(Drift(repository, new() { ["prisma/schema.prisma"] = Model.Replace("name String", "name String\n  email String", StringComparison.Ordinal) }));
        Assert.Contains("email", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unsaved_file_is_a_file()
    {
        using var repository = Repository();
        var finding = Assert.Single(Drift(repository, new() { ["prisma/migrations/2_b/migration.sql"] = "ALTER TABLE \"User\" ADD COLUMN extra int;\n" }));
        Assert.Contains("extra", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unsaved_configuration_counts()
    {
        using var repository = Repository();
        var exception = Assert.Throws<InputException>(() => Drift(repository, new() { ["plumb.yaml"] = "platfrom: none\npostgres: x\n" }));
        Assert.Equal(["plumb.yaml:1:1", "plumb.yaml:2:11"], exception.Diagnostics.Select(error => error.Location.ToString()));
    }

    [Fact]
    public void An_empty_folder_with_an_unsaved_migration_is_none_that_lacks_its_file()
    {
        using var repository = Repository().Folder("prisma/migrations/2_b");
        Assert.Contains(Run(repository, []).Findings, finding => finding.Rule == "migration/missing-file");
        Assert.DoesNotContain(Run(repository, new() { ["prisma/migrations/2_b/migration.sql"] = "SELECT 1;\n" }).Findings, finding => finding.Rule == "migration/missing-file");
    }

    [Fact]
    public void The_disk_is_audited_as_the_auditor_does()
    {
        using var repository = Repository("CREATE TABLE \"User\" (id int PRIMARY KEY);\n");
        var session = new AuditSession(new AuditRequest { Path = repository.Root }, cancellation: TestContext.Current.CancellationToken).Run();
        var auditor = Auditor.Run(session.Repository, AuditOptions.Default, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(auditor.Findings.SelectMany(f => f.Occurrences).Select(o => o.Fingerprint), session.Findings.SelectMany(f => f.Occurrences).Select(o => o.Fingerprint));
        Assert.Contains(session.Findings, finding => finding.Rule == "drift/missing-column");
    }

    [Fact]
    public void Nothing_to_audit_is_an_error()
    {
        using var repository = new TemporaryRepository("a.ts");
        Assert.Contains("has neither a Prisma schema nor Prisma migrations", Assert.Throws<InputException>(() => Run(repository, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_the_replay_between_two_statements()
    {
        using var source = new CancellationTokenSource();
        using var repository = Repository();
        var opened = Plumbline.Audit.Workspace.Repository.Open(repository.Root, AuditConfiguration.Empty, TestContext.Current.CancellationToken);
        var project = new RepositoryFacts(opened, AuditOptions.Default, source.Token).Projects[0];
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => project.Final);
        Assert.ThrowsAny<OperationCanceledException>(() => project.Statements);
        Assert.ThrowsAny<OperationCanceledException>(() => project.Prisma);
    }

    [Fact]
    public void A_rule_that_needs_a_replay_ends_with_the_session()
    {
        using var source = new CancellationTokenSource();
        using var repository = Repository();
        var session = new AuditSession(new AuditRequest { Path = repository.Root }, DiskFiles.Instance, new CancelsAtFirstRule(source), source.Token);
        Assert.ThrowsAny<OperationCanceledException>(session.Run);
    }

    [Fact]
    public void The_parsers_look_at_the_token()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => PrismaSchema.Read([new SourceText("s.prisma", Model)], cancellation: cancelled));
        Assert.Throws<OperationCanceledException>(() => MigrationReplay.Run([new MigrationSource("a", new SourceText("a.sql", "SELECT 1;"))], cancellation: cancelled));
    }

    private static TemporaryRepository Repository(string migration = "CREATE TABLE \"User\" (id int NOT NULL, name text NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (id));\n") =>
        new TemporaryRepository().Write("prisma/schema.prisma", Model).Write("prisma/migrations/1_a/migration.sql", migration)
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n");

    private static IEnumerable<string> Drift(TemporaryRepository repository, Dictionary<string, string> unsaved) =>
        Run(repository, unsaved).Findings.Where(finding => finding.Rule.StartsWith("drift/", StringComparison.Ordinal)).Select(finding => finding.Title);

    private static AuditResult Run(TemporaryRepository repository, Dictionary<string, string> unsaved) => new AuditSession(
        new AuditRequest { Path = repository.Root, Process = ProcessEnvironment.Empty },
        new OverlayFiles(DiskFiles.Instance, unsaved.ToDictionary(text => repository.PathOf(text.Key), text => text.Value, StringComparer.Ordinal)),
        null,
        TestContext.Current.CancellationToken).Run();

    private sealed class CancelsAtFirstRule(CancellationTokenSource source) : IProgress<string>
    {
        public void Report(string value)
        {
            if (RuleCatalog.Find(value) is not null)
                source.Cancel();
        }
    }
}
