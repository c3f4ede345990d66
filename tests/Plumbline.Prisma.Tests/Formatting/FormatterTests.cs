using System.Globalization;
using System.Text;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Formatting;
using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Tests.Formatting;

/// <summary>Holds the formatter to Prisma's own, byte for byte.</summary>
[Trait("needs", "node")]
public sealed class FormatterTests(ITestOutputHelper output)
{
    [Fact]
    public void Files_are_formatted_as_Prisma_formats_them()
    {
        using var oracle = new PrismaOracle();
        var files = SchemaFiles.Fixtures.Concat(SchemaFiles.FromEnvironment).SelectMany(SchemaFiles.Read).ToList();
        var differences = new StringBuilder();
        foreach (var file in files)
        {
            var (expected, actual) = (oracle.Format(file), PrismaFormatter.Format(file));
            if (expected is not null && expected != actual)
            {
                differences.AppendLine(CultureInfo.InvariantCulture, $"{file.Path}{FirstDifference(expected, actual)}");
            }
        }

        Assert.True(differences.Length == 0, differences.ToString());
        output.WriteLine($"{files.Count} files are formatted byte for byte as Prisma formats them.");
    }

    [Fact]
    public void Mutants_are_formatted_as_Prisma_formats_them()
    {
        using var oracle = new PrismaOracle();
        var (count, broken) = (0, 0);
        var differences = new StringBuilder();
        foreach (var path in SchemaFiles.Fixtures.Concat(SchemaFiles.FromEnvironment))
        {
            var files = SchemaFiles.Read(path);
            var mutator = new SchemaMutator(4711);
            for (var i = 0; i < 150; i++)
            {
                var (mutant, description) = mutator.Next(files);
                var changed = mutant.First(f => !files.Contains(f));
                count++;
                if (oracle.Format(changed) is not { } expected)
                {
                    broken++;
                    continue;
                }

                var actual = PrismaFormatter.Format(changed);
                if (expected != actual)
                {
                    differences.AppendLine(CultureInfo.InvariantCulture, $"{path}: {description}{FirstDifference(expected, actual)}");
                }
            }
        }

        Assert.True(differences.Length == 0, differences.ToString());
        output.WriteLine($"{count} mutants are formatted as Prisma formats them, less {broken} at which Prisma's formatter breaks down.");
    }

    [Fact]
    public void Formatting_twice_changes_nothing_and_the_meaning_stays()
    {
        foreach (var path in SchemaFiles.Fixtures)
        {
            var files = SchemaFiles.Read(path);
            var mutator = new SchemaMutator(12);
            for (var i = 0; i < 200; i++)
            {
                var (mutant, description) = i == 0 ? (files, "as it is") : mutator.Next(files);
                SourceText[] once = [.. PrismaFormatter.Format(mutant).Select((text, n) => new SourceText(mutant[n].Path, text))];
                if (PrismaSchema.Read(mutant).HasErrors)
                {
                    continue;
                }

                Assert.Equal(once.Select(f => f.Text), PrismaFormatter.Format(once));
                Assert.True(Meaning(mutant) == Meaning(once), description);
            }
        }
    }

    private static string Meaning(IReadOnlyList<SourceText> files)
    {
        var schema = PrismaSchema.Read(files);
        var models = schema.Models.Concat(schema.Views).Select(m =>
            $"{m.Name} {m.DatabaseName} {m.PrimaryKey?.DatabaseName}: {string.Join(", ", m.Fields.Select(f => $"{f.DatabaseName} {f.Arity} {f.NativeType}"))}; {string.Join(", ", m.Indexes.Select(i => i.DatabaseName).Order(StringComparer.Ordinal))}");
        return string.Join('\n', models.Concat(schema.Relations.Select(r => $"{r.Name} {r.Kind} {r.FieldA} {r.FieldB} {r.ForeignKeyName}")));
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (theirs, own) = (expected.Split('\n'), actual.Split('\n'));
        var at = theirs.Zip(own).TakeWhile(l => l.First == l.Second).Count();
        return $"\n  line {at + 1}\n  Prisma:    {theirs.ElementAtOrDefault(at)}\n  Plumbline: {own.ElementAtOrDefault(at)}";
    }
}
