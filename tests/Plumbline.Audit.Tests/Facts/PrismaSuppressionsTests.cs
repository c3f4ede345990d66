using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Facts;

public sealed class PrismaSuppressionsTests
{
    [Fact]
    public void Above_a_field_it_belongs_to_the_field()
    {
        var suppression = Read("""
            model User {
              id Int @id
              /// plumb-ignore drift/missing-column added by the importer
              /// The address.
              email String
            }
            """);

        Assert.Equal(("drift/missing-column", "added by the importer"), (suppression.Rule, suppression.Reason));
        Assert.Equal("s.prisma:3:3", suppression.Place.ToString());
        Assert.Equal((5, 5), (suppression.Covered!.Line, suppression.Covered.EndLine));
    }

    [Theory]
    [InlineData("model User {")]
    [InlineData("model User { // people, not accounts")]
    public void Above_a_model_it_belongs_to_the_model(string head)
    {
        var suppression = Read($$"""
            /// plumb-ignore drift/missing-table made by another tool
            {{head}}
              id Int @id
            }

            model Post {
              id Int @id
            }
            """);

        Assert.Equal((2, 4), (suppression.Covered!.Line, suppression.Covered.EndLine));
    }

    [Fact]
    public void At_the_end_of_a_file_it_belongs_to_nothing() =>
        Assert.Null(Read("model A {\n  id Int @id\n}\n// plumb-ignore drift/index x").Covered);

    private static Suppression Read(string text) => Assert.Single(PrismaSuppressions.Read(SchemaSyntax.Parse(new SourceText("s.prisma", text))));
}
