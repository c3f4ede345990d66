using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests;

/// <summary>
/// Holds the checks to Prisma's own validator, on mutants of schemas. The schemas are those of the tests, and those that PLUMB_SCHEMAS lists; PLUMB_MUTANTS says how many
/// mutants to make of all of the latter together.
/// </summary>
public sealed class ValidityTests(ITestOutputHelper output)
{
    private const int Seed = 20240229;

    [Fact]
    public void Mutants_of_the_fixtures_get_the_verdict_and_the_errors_that_Prisma_gives() => Measure(SchemaFiles.Fixtures, 500);

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

    [Fact]
    public void Mutants_of_the_schemas_in_the_environment_get_the_verdict_that_Prisma_gives()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("PLUMB_MUTANTS") ?? "1000", CultureInfo.InvariantCulture);
        var paths = SchemaFiles.FromEnvironment;
        Measure(paths.Count == 0 ? SchemaFiles.Fixtures : paths, paths.Count == 0 ? 100 : count);
    }

    private void Measure(IReadOnlyList<string> paths, int mutants)
    {
        using var oracle = new PrismaOracle();
        var total = new ValidityMeasurement();
        foreach (var path in paths)
        {
            var files = SchemaFiles.Read(path);
            total.Add(oracle, files, $"{path} as it is");
            var mutator = new SchemaMutator(Seed);
            for (var i = 0; i < mutants / paths.Count; i++)
            {
                var (mutant, description) = mutator.Next(files);
                total.Add(oracle, mutant, $"{path}: {description}");
            }
        }

        output.WriteLine(total.Summary);
        output.WriteLine(total.Differences);
        Assert.True(total.Valid > 0 && total.Valid < total.Count, "The mutants should be a mix of valid and invalid schemas.");
        Assert.True(total.SameVerdict >= 0.99 * total.Count, total.Differences);
        Assert.True(total.SameFirstError >= 0.97 * total.Count, total.Differences);
    }
}
