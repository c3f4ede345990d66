using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Prisma.Binding;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Tests.Oracle;

/// <summary>Counts how often Plumbline and Prisma say the same about a schema, and keeps what differs.</summary>
public sealed partial class ValidityMeasurement
{
    private static readonly Version Newest = new(7, 10);

    private const int Seed = 20240229;

    private readonly StringBuilder _differences = new();

    /// <summary>How many schemas were compared.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them Prisma takes for valid.</summary>
    public int Valid { get; private set; }

    /// <summary>For how many both give the same verdict.</summary>
    public int SameVerdict { get; private set; }

    /// <summary>For how many the first error is the same, with its place; valid ones count too.</summary>
    public int SameFirstError { get; private set; }

    /// <summary>For how many all errors are the same, with their places, in whatever order.</summary>
    public int SameErrors { get; private set; }

    /// <summary>What differs, for people.</summary>
    public string Differences => _differences.ToString();

    /// <summary>The figures in one line.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} schemas, {Valid} valid: same verdict {SameVerdict} ({Percent(SameVerdict):0.00} %), same first error {SameFirstError} ({Percent(SameFirstError):0.00} %), same errors {SameErrors} ({Percent(SameErrors):0.00} %)");

    /// <summary>Compares schemas as they are, and mutants of them, the same ones every time.</summary>
    /// <param name="paths">The schemas: files or folders.</param>
    /// <param name="mutants">How many mutants to make of all of them together.</param>
    public static ValidityMeasurement OfMutants(IReadOnlyList<string> paths, int mutants)
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

        return total;
    }

    /// <summary>Holds nearly all verdicts, and nearly all first errors, to Prisma's.</summary>
    public void AssertLikePrisma()
    {
        Assert.True(Valid > 0 && Valid < Count, "The mutants should be a mix of valid and invalid schemas.");
        Assert.True(SameVerdict >= 0.99 * Count, Differences);
        Assert.True(SameFirstError >= 0.97 * Count, Differences);
    }

    /// <summary>Compares one schema. Where Prisma's engine breaks down, it says nothing and nothing is compared.</summary>
    public void Add(PrismaOracle oracle, IReadOnlyList<SourceText> files, string description)
    {
        // Most schemas have what Prisma 7 refuses in a datasource, and would be invalid for that alone.
        files = [.. files.Select(file => new SourceText(file.Path, Url().Replace(file.Text, match => new string(' ', match.Length))))];
        if (oracle.Lint(files) is not { } verdict)
        {
            return;
        }

        var schema = PrismaSchema.Read(files, Newest);
        var own = schema.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{d.Location}-{d.Location.EndLine}:{d.Location.EndColumn} {d.Message}").ToList();
        var theirs = verdict.Errors.Select(e =>
        {
            var location = e.LocationIn(files.First(f => f.Path == e.File));
            return $"{location}-{location.EndLine}:{location.EndColumn} {e.Text}";
        }).ToList();
        Count++;
        Valid += verdict.IsValid ? 1 : 0;
        var sameVerdict = verdict.IsValid == !schema.HasErrors;
        var sameFirst = theirs.FirstOrDefault() == own.FirstOrDefault();
        var sameErrors = theirs.Order(StringComparer.Ordinal).SequenceEqual(own.Order(StringComparer.Ordinal));
        SameVerdict += sameVerdict ? 1 : 0;
        SameFirstError += sameFirst ? 1 : 0;
        SameErrors += sameErrors ? 1 : 0;
        if (!sameVerdict || !sameFirst || !sameErrors)
        {
            _differences.AppendLine(CultureInfo.InvariantCulture, $"{(sameVerdict ? sameErrors ? "order" : "errors" : "VERDICT")} {description}");
            foreach (var error in theirs.Except(own))
            {
                _differences.AppendLine(CultureInfo.InvariantCulture, $"  only Prisma:    {error}");
            }

            foreach (var error in own.Except(theirs))
            {
                _differences.AppendLine(CultureInfo.InvariantCulture, $"  only Plumbline: {error}");
            }
        }
    }

    [GeneratedRegex(@"(?<=^datasource[^{]*\{[^}]*^[ \t]*)(url|directUrl|shadowDatabaseUrl)[ \t]*=[^\r\n]*", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    private double Percent(int count) => Count == 0 ? 100 : 100.0 * count / Count;
}
