using Plumbline.PostgreSql.Sql;

namespace Plumbline.PostgreSql.Tests.Sql;

public sealed class SqlDialectTests
{
    [Theory]
    [InlineData("CREATE TABLE a (b Nullable(String), c DateTime64(3)) ENGINE = MergeTree() ORDER BY b", SqlDialect.ClickHouse)]
    [InlineData("ALTER TABLE a ON CLUSTER default ADD COLUMN b UInt8", SqlDialect.ClickHouse)]
    [InlineData("CREATE TABLE `a` (`b` int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`b`)) ENGINE=InnoDB", SqlDialect.MySql)]
    [InlineData("PRAGMA foreign_keys=OFF;\nCREATE TABLE \"a\" (\"b\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT)", SqlDialect.Sqlite)]
    [InlineData("CREATE TABLE [dbo].[a] ([b] NVARCHAR(100), [c] INT IDENTITY(1,1))\nGO\n", SqlDialect.SqlServer)]
    [InlineData("CREATE TABLE a (b int[] DEFAULT ARRAY[1, 2], c int GENERATED ALWAYS AS IDENTITY (START 1), d text)", SqlDialect.PostgreSql)]
    [InlineData("SELECT a[i], b FROM t ON CONFLICT; -- ENGINE = x, `c`", SqlDialect.PostgreSql)]
    [InlineData("", SqlDialect.PostgreSql)]
    public void A_script_is_told_by_its_syntax(string script, SqlDialect dialect) => Assert.Equal(dialect, SqlDialectDetector.Detect(script));
}
