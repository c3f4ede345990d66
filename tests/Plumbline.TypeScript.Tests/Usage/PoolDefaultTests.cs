using Plumbline.Schema.Text;
using Plumbline.TypeScript.Usage;

namespace Plumbline.TypeScript.Tests.Usage;

public sealed class PoolDefaultTests
{
    [Theory]
    [InlineData("const size = process.env.DB_POOL_SIZE ?? '10'", "DB_POOL_SIZE 10")]
    [InlineData("const size = Number(env['DB_POOL_TIMEOUT'] || 20)", "DB_POOL_TIMEOUT 20")]
    [InlineData("if (process.env.DB_PGBOUNCER) { }", "DB_PGBOUNCER ")]
    [InlineData("const size = process.env.POOL ?? '10'", "")]
    public void The_code_says_the_value_where_the_environment_has_none(string code, string expected) =>
        Assert.Equal(expected, string.Join('|', PoolDefault.Find(new SourceText("db.ts", code)).Select(own => $"{own.Variable} {own.Value}")));
}
