using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class DiffCommandTests
{
    [Fact]
    public void Sources_at_a_revision_are_read_as_an_audit_read_the_repository_then()
    {
        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model User {\n  id String @id @default(dbgenerated(\"uuidv7( )\")) @db.Uuid\n}\n")
            .Write("prisma/migrations/1_a/migration.sql", "ALTER TABLE \"User\" ALTER id SET DEFAULT uuidv7();\n")
            .Write("prisma/migrations/2_b/migration.sql", "CREATE TABLE \"User\" (id uuid, CONSTRAINT \"User_pkey\" PRIMARY KEY (id));\n")
            .Write("compose.yml", "services:\n  db:\n    image: postgres:18\n").Write(".env.example", "DATABASE_URL=postgresql://u:p@h/d?schema=core\n")
            .Git("init", "-q").Git("add", ".").Git("commit", "-q", "-m", "then")
            .Write("compose.yml", "services:\n  db:\n    image: postgres:14\n").Write(".env.example", "").Git("add", ".").Git("commit", "-q", "-m", "now");
        var then = Plumb.Start(repository.Root, 512, "diff", "HEAD~1:prisma/migrations", "HEAD~1:prisma/schema.prisma");
        Assert.Equal((0, ""), (then.ExitCode, Errors(then)));
        var now = Plumb.Start(repository.Root, 512, "diff", "prisma/migrations", "prisma/schema.prisma");
        Assert.Equal(1, now.ExitCode);
        Assert.Contains("uuidv7", now.Output, StringComparison.Ordinal);
    }

    // That the first migration fails in its own order is reported as well.
    private static string Errors(CommandResult result) =>
        string.Join('\n', result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("relation \"User\" does not exist", StringComparison.Ordinal)));
}
