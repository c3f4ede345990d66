using Plumbline.PostgreSql.Writing;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Lowering;

/// <summary>The lowering of Prisma schemas, held against Prisma's own engine and PostgreSQL.</summary>
[Trait("needs", "server")]
[Trait("needs", "node")]
public sealed class PrismaLoweringTests(PostgreSqlServer server)
{
    private const int Schemas = 320;

    [Fact]
    public void Every_feature_of_the_language_occurs_in_the_generated_schemas()
    {
        var missing = SchemaGenerator.Features.ToHashSet();
        for (var seed = 0; seed < Schemas; seed++)
        {
            var text = SchemaGenerator.Generate(seed);
            missing.RemoveWhere(text.Contains);
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void The_lowered_schema_makes_the_same_database_as_Prismas_engine()
    {
        using var theirs = new CatalogDatabase(server);
        using var ours = new CatalogDatabase(server);
        using var engine = new PrismaEngine(theirs.Database);
        var differences = new List<string>();
        for (var seed = 0; seed < Schemas; seed++)
        {
            var text = SchemaGenerator.Generate(seed);
            var expected = theirs.Make(engine.Sql(text));
            var schema = PrismaSchema.Read([new SourceText("schema.prisma", text)]);
            differences.AddRange(schema.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{seed} {d}"));
            var lowered = SchemaLowering.Lower(schema);
            differences.AddRange(CatalogDatabase.Differences(expected, ours.Make(SchemaWriter.Write(lowered))).Select(d => $"{seed} {d}"));
            differences.AddRange(CatalogDatabase.Differences(theirs.Expressions(), CanonicalExpressions(lowered)).Where(d => d[0] == '+').Select(d => $"{seed} expression {d}"));
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(40)));
    }

    // What the lowering says to be PostgreSQL's own form must be it.
    private static IEnumerable<string> CanonicalExpressions(DatabaseSchema schema)
    {
        foreach (var table in schema.Tables)
        {
            foreach (var column in table.Columns.Where(c => c.Default?.IsCanonical == true))
            {
                yield return $"{table.Name}.{column.Name} {column.Default!.Text}";
            }

            foreach (var index in table.Indexes.Where(i => i.Predicate?.IsCanonical == true))
            {
                yield return $"{table.Name.Schema}.{index.Name} {index.Predicate!.Text}";
            }
        }
    }
}
