using Plumbline.Audit.Findings;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Findings;

public sealed class SuppressionReaderTests
{
    [Fact]
    public void Above_a_field_it_covers_the_field()
    {
        var suppression = Assert.Single(SuppressionReader.ReadPrisma(new SourceText("s.prisma", """
            model User {
              id Int @id
              /// plumb-ignore drift/missing-column added by the importer
              /// The address.
              email String
            }
            """)));

        Assert.Equal(("drift/missing-column", "added by the importer", 5, 5), (suppression.Rule, suppression.Reason, suppression.FirstLine, suppression.LastLine));
        Assert.Equal("s.prisma:3:3", suppression.Place.ToString());
    }

    [Fact]
    public void Above_a_model_it_covers_the_model()
    {
        var suppression = Assert.Single(SuppressionReader.ReadPrisma(new SourceText("s.prisma", """
            /// plumb-ignore drift/missing-table made by another tool
            model User {
              id Int @id
            }

            model Post {
              id Int @id
            }
            """)));

        Assert.Equal((2, 4), (suppression.FirstLine, suppression.LastLine));
    }

    [Fact]
    public void Above_a_statement_it_covers_the_statement()
    {
        var text = new SourceText("m.sql", """
            -- plumb-ignore migration/drop-table empty since March

            DROP TABLE
              a;
            DROP TABLE b;
            """);
        var suppression = Assert.Single(SuppressionReader.ReadSql(text, [new SourceLocation("m.sql", 3, 1, 4, 5), new SourceLocation("m.sql", 5, 1, 5, 14)]));

        Assert.Equal((3, 4), (suppression.FirstLine, suppression.LastLine));
    }

    [Fact]
    public void Without_a_reason_it_is_read_all_the_same() =>
        Assert.Equal("", Assert.Single(SuppressionReader.ReadSql(new SourceText("m.sql", "-- plumb-ignore drift/index\nSELECT 1;"), [])).Reason);

    [Theory]
    [InlineData("-- plumb-ignored drift/index x")]
    [InlineData("SELECT 'plumb-ignore drift/index x';")]
    [InlineData("-- see plumb-ignore")]
    public void What_only_looks_like_it_is_none(string sql) =>
        Assert.Empty(SuppressionReader.ReadSql(new SourceText("m.sql", sql + "\nSELECT 1;"), []));

    [Fact]
    public void At_the_end_of_a_file_it_covers_nothing()
    {
        var suppression = Assert.Single(SuppressionReader.ReadPrisma(new SourceText("s.prisma", "model A {\n}\n// plumb-ignore drift/index x")));

        Assert.True(suppression.FirstLine > 3);
    }
}
