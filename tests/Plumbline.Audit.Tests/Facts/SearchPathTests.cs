using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Facts;

public sealed class SearchPathTests
{
    // One environment has ?schema=core in its URL, another one something else, and Prisma names neither.
    [Theory]
    [InlineData("?schema=core", "ALTER TABLE \"User\" ADD COLUMN name text")]
    [InlineData("", "ALTER TABLE public.\"User\" ADD COLUMN name text")]
    public void The_statements_of_a_fix_do_not_name_the_schema_of_the_URL(string parameter, string expected)
    {
        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model User {\n  id   Int     @id\n  name String?\n}\n")
            .Write("prisma/migrations/1_a/migration.sql", "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL, CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\"));\n")
            .Write(".env.example", $"DATABASE_URL=postgresql://u:p@localhost/db{parameter}\n").Git("init", "-q").Git("add", ".");
        var finding = Assert.Single(Auditor.Run(repository.Open(), AuditOptions.Default, cancellation: TestContext.Current.CancellationToken).Findings, f => f.Rule == "drift/missing-column");
        Assert.StartsWith(expected, finding.Fix!.Sql, StringComparison.Ordinal);
    }
}
