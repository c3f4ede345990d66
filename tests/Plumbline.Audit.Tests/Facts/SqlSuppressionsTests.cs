using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Facts;

public sealed class SqlSuppressionsTests
{
    [Fact]
    public void Above_a_statement_it_belongs_to_the_statement()
    {
        var suppression = Assert.Single(Read("""
            -- plumb-ignore migration/drop-table empty since March

            DROP TABLE
              a;
            DROP TABLE b;
            """));

        Assert.Equal((3, 4), (suppression.Covered!.Line, suppression.Covered.EndLine));
    }

    [Fact]
    public void Without_a_reason_it_is_read_all_the_same() => Assert.Equal("", Assert.Single(Read("-- plumb-ignore drift/index\nSELECT 1;")).Reason);

    [Theory]
    [InlineData("-- plumb-ignored drift/index x")]
    [InlineData("SELECT 'plumb-ignore drift/index x';")]
    [InlineData("SELECT $$\n-- plumb-ignore drift/index x\n$$;")]
    [InlineData("-- see plumb-ignore")]
    public void What_only_looks_like_it_is_none(string sql) => Assert.Empty(Read(sql + "\nSELECT 1;"));

    private static IEnumerable<Suppression> Read(string sql) => SqlSuppressions.Read(new SourceText("m.sql", sql));
}
