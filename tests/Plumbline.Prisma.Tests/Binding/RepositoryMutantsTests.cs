using System.Globalization;
using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Testing;

namespace Plumbline.Prisma.Tests.Binding;

/// <summary>
/// Holds the checks to Prisma's own validator, on mutants of a repository's schemas: those that PLUMB_SCHEMAS lists, else the examples'. PLUMB_MUTANTS says how many mutants to
/// make of all of them together.
/// </summary>
public sealed class RepositoryMutantsTests(ITestOutputHelper output)
{
    [Fact]
    public void Mutants_get_the_verdict_that_Prisma_gives()
    {
        var paths = SchemaFiles.FromEnvironment;
        if (paths.Count == 0)
        {
            paths = [.. Directory.EnumerateFiles(ProjectRoot.Combine("examples"), "schema.prisma", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        }

        var count = int.Parse(Environment.GetEnvironmentVariable("PLUMB_MUTANTS") ?? "100", CultureInfo.InvariantCulture);
        var total = ValidityMeasurement.OfMutants(paths, count);
        output.WriteLine("Result: " + total.Summary);
        total.AssertLikePrisma();
    }
}
