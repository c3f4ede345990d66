using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.History;

public sealed class SqlFileDialectTests
{
    [Theory]
    [InlineData("clickhouse/migrations/1_a.up.sql", "ClickHouse")]
    [InlineData("db/schema.mysql.sql", "MySQL")]
    [InlineData("workers/d1/1.sql", "SQLite")]
    [InlineData("migrations-snowflake/1.sql", "Snowflake")]
    [InlineData("mysql/postgresql/1.sql", null)]
    [InlineData("migrations/1.sql", null)]
    [InlineData("clickhouses/1.sql", null)]
    public void A_folder_or_tool_in_the_path_tells_it(string path, string? dialect) => Assert.Equal(dialect, SqlFileDialect.Of(path, "SELECT 1;"));

    [Theory]
    [InlineData("CREATE TABLE a (b Nullable(String)) ENGINE = MergeTree ORDER BY b", "ClickHouse")]
    [InlineData("CREATE TABLE `a` (`b` int AUTO_INCREMENT) ENGINE=InnoDB", "MySQL")]
    [InlineData("CREATE TABLE a (b INTEGER PRIMARY KEY AUTOINCREMENT)", "SQLite")]
    [InlineData("CREATE TABLE [dbo].[a] ([b] NVARCHAR(100))\nGO\n", "SQL Server")]
    [InlineData("CREATE TABLE a (b int[])", null)]
    public void Else_its_syntax_does(string text, string? dialect) => Assert.Equal(dialect, SqlFileDialect.Of("db/a.sql", text));

    [Fact]
    public void What_lies_among_the_files_for_PostgreSQL_is_meant_for_it() => Assert.Null(SqlFileDialect.Of("db/postgresql/a.sql", "UPDATE `a` SET `b` = 1;"));

    [Fact]
    public void An_audit_lists_the_files_for_other_databases_and_finds_nothing_in_them()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma")
            .Write("clickhouse/1.sql", "CREATE TABEL a;").Write("b.sql", "CREATE TABLE `a` (b int AUTO_INCREMENT);").Write("c.sql", "SELECT 1;");
        var result = Auditor.Run(repository.Open(), AuditOptions.Default with { Areas = ["migration"] }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([new("b.sql", "MySQL"), new("clickhouse/1.sql", "ClickHouse")], result.OtherSqlFiles);
        Assert.DoesNotContain(result.Findings, finding => finding.Rule is "migration/sql-syntax" or "migration/stray-sql-file");
    }

    [Fact]
    public void A_file_whose_syntax_tells_nothing_is_for_the_database_of_most_files_beside_it()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma")
            .Write("migrations/1.sql", "CREATE TABLE a (b UInt8) ENGINE = MergeTree ORDER BY b;").Write("migrations/2.sql", "CREATE TABLE c (d Nullable(String)) ENGINE = Log;")
            .Write("migrations/3.sql", "OPTIMIZE TABLE a FINAL;").Write("scripts/4.sql", "OPTIMIZE TABLE a FINAL;");
        var result = Auditor.Run(repository.Open(), AuditOptions.Default with { Areas = ["migration"] }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["migrations/1.sql", "migrations/2.sql", "migrations/3.sql"], result.OtherSqlFiles.Select(file => file.Path));
        Assert.Equal(["scripts/4.sql: syntax error at or near \"OPTIMIZE\""], result.Findings.Where(finding => finding.Rule == "migration/sql-syntax").Select(finding => finding.Title));
    }
}
