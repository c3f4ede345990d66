using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Tests.Lowering;

/// <summary>Lowers schemas of tests.</summary>
internal static class Lowered
{
    private const string Datasource = "datasource db {\n  provider = \"postgresql\"\n}\n";

    /// <summary>Lowers models and enums, which stand behind a datasource of three lines.</summary>
    public static DatabaseSchema Schema(string blocks, LoweringOptions? options = null) => File(Datasource + blocks, options);

    /// <summary>Lowers a file as it is.</summary>
    public static DatabaseSchema File(string text, LoweringOptions? options = null) =>
        SchemaLowering.Lower(PrismaSchema.Read([new SourceText("schema.prisma", text)]), options);

    /// <summary>Lowers a model <c>M</c> with an id and one more field, and gives that field's column.</summary>
    public static Column Column(string field) => Assert.Single(Schema($"model M {{\n  id String @id\n  {field}\n}}\nenum Role {{\n  USER\n  ADMIN @map(\"admin\")\n}}\n").Tables).Columns[1];
}
