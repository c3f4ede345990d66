using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests.Binding;

/// <summary>Holds the checks to Prisma's own validator, on mutants of the tests' schemas.</summary>
[Trait("needs", "node")]
public sealed class ValidityTests(ITestOutputHelper output)
{
    [Fact]
    public void Mutants_of_the_fixtures_get_the_verdict_and_the_errors_that_Prisma_gives()
    {
        var total = ValidityMeasurement.OfMutants(SchemaFiles.Fixtures, 500);
        output.WriteLine(total.Summary);
        total.AssertLikePrisma();
    }

    [Fact]
    public void Each_invalid_schema_gets_all_the_errors_that_Prisma_gives()
    {
        using var oracle = new PrismaOracle();
        var total = new ValidityMeasurement();
        foreach (var path in Directory.EnumerateFiles(ProjectRoot.Combine("tests", "Plumbline.Prisma.Tests", "InvalidSchemas")).Order(StringComparer.Ordinal))
        {
            total.Add(oracle, SchemaFiles.Read(path), path);
        }

        output.WriteLine(total.Summary);
        Assert.Equal(0, total.Valid);
        Assert.True(total.SameErrors == total.Count, total.Differences);
    }
}
