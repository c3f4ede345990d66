using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.Audit.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.History;

public sealed class LaterMigrationsTests
{
    [Fact]
    public void Migrations_that_are_new_changed_or_not_committed_came_after_a_revision()
    {
        using var repository = new TemporaryRepository("db/schema.prisma");
        foreach (var name in (string[])["1_a", "2_b"])
            repository.Write($"db/migrations/{name}/migration.sql", "SELECT 1;");

        repository.Git("init", "-q").Git("add", ".").Git("commit", "-qm", "first").Git("tag", "v1");
        repository.Write("db/migrations/2_b/migration.sql", "SELECT 2;").Write("db/migrations/3_c/migration.sql", "SELECT 3;").Git("add", ".").Git("commit", "-qm", "second");
        repository.Write("db/migrations/4_d/migration.sql", "SELECT 4;");

        var workspace = Repository.Open(repository.Root, AuditConfiguration.Empty);
        Assert.Equal(["db/migrations/2_b", "db/migrations/3_c", "db/migrations/4_d"], LaterMigrations.Since(workspace, "v1").Order(StringComparer.Ordinal));
        Assert.Equal(["db/migrations/4_d"], LaterMigrations.Since(workspace, "HEAD"));
    }

    [Theory]
    [InlineData("-x", "is not a valid git revision")]
    [InlineData("nowhere", "there is no git revision \"nowhere\"")]
    public void A_revision_that_is_not_there_is_refused(string revision, string message)
    {
        using var repository = new TemporaryRepository("db/schema.prisma");
        repository.Git("init", "-q").Git("add", ".").Git("commit", "-qm", "first");
        var refusal = Assert.Throws<InputException>(() => LaterMigrations.Since(Repository.Open(repository.Root, AuditConfiguration.Empty), revision));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }
}
