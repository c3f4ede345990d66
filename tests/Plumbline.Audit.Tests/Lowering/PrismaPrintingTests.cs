using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Prisma.Printing;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Lowering;

/// <summary>Databases printed as Prisma schemas, held against Prisma's own engine and PostgreSQL.</summary>
[Trait("needs", "server")]
[Trait("needs", "node")]
public sealed class PrismaPrintingTests(PostgreSqlServer server)
{
    [Fact]
    public void Prismas_engine_makes_the_same_database_of_the_printed_schema()
    {
        using var database = new CatalogDatabase(server);
        using var engine = new PrismaEngine(database.Database);
        var differences = new List<string>();
        for (var seed = 1000; seed < 1100; seed++)
        {
            var text = SchemaGenerator.Generate(seed);
            var lowered = SchemaLowering.Lower(PrismaSchema.Read([new SourceText("schema.prisma", text)]));

            // Both are now() to Prisma.
            var expected = database.Make(engine.Sql(text)).Select(line => line.Replace("default now()", "default CURRENT_TIMESTAMP", StringComparison.Ordinal));
            var printed = SchemaPrinter.Print(seed % 2 == 0 ? lowered : WithoutPrismaNames(lowered));
            try
            {
                differences.AddRange(CatalogDatabase.Differences(expected, database.Make(engine.Sql(printed))).Select(d => $"{seed} {d}"));
            }
            catch (InvalidOperationException refusal)
            {
                differences.Add($"{seed} {refusal.Message}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(40)));
    }

    // As a replay of migrations gives it.
    private static DatabaseSchema WithoutPrismaNames(DatabaseSchema schema) => schema with
    {
        Tables =
        [
            .. schema.Tables.Select(t => t with
            {
                ModelName = null,
                IsIgnored = false,
                Columns = [.. t.Columns.Select(c => c with { FieldName = null })],
                ForeignKeys = [.. t.ForeignKeys.Select(k => k with { FieldName = null })],
            }),
        ],
        Enums = [.. schema.Enums.Select(e => e with { EnumName = null, Values = [.. e.Values.Select(v => v with { PrismaName = null })] })],
    };
}
