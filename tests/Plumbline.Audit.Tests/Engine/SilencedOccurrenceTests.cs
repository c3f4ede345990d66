using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Prisma.Formatting;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Engine;

/// <summary>Silencing one occurrence leaves all others, and nothing that happens to files changes what an occurrence is known by.</summary>
public sealed class SilencedOccurrenceTests
{
    private const int Repositories = 12;

    // Every seventh occurrence of a repository is silenced, beginning with another one in each.
    private const int Step = 7;

    [Fact]
    public void A_baseline_of_one_occurrence_leaves_all_others()
    {
        var silenced = 0;
        for (var seed = 1; seed <= Repositories; seed++)
        {
            using var repository = GeneratedRepository.Of(seed).Write();
            var opened = repository.Open();
            var before = Auditor.Run(opened, AuditOptions.Default).Findings.SelectMany(f => f.Occurrences).ToList();
            for (var i = seed % Step; i < before.Count; i += Step, silenced++)
            {
                var after = Auditor.Run(opened, AuditOptions.Default with { Baseline = [before[i].Fingerprint] }).Findings.SelectMany(f => f.Occurrences);
                AssertLeft(before, after, o => o.Fingerprint == before[i].Fingerprint, $"seed {seed}: baseline with {before[i].Title}");
            }
        }

        Assert.True(silenced > 60, $"Only {silenced} occurrences were silenced.");
    }

    [Fact]
    public void A_comment_over_one_field_or_statement_leaves_all_others()
    {
        var silenced = 0;
        for (var seed = 1; seed <= Repositories; seed++)
        {
            var generated = GeneratedRepository.Of(seed);
            var before = Audit(generated.Schema, generated.First, generated.Second);
            for (var i = seed % Step; i < before.Count; i += Step)
            {
                // What is about a history as a whole stands at the beginning of its first file, which no comment can precede.
                if (IsOfFiles(before[i]) || before[i].Locations is not [var location, ..] || Silence(generated, before[i].Rule, location) is not (var schema, var first, var second))
                    continue;

                var after = Audit(schema, first, second);
                AssertLeft(before, after, o => o.Rule == before[i].Rule && IsCovered(o, location), $"seed {seed}: comment for {before[i].Rule} at {location.Place}");
                silenced++;
            }
        }

        Assert.True(silenced > 40, $"Only {silenced} occurrences were silenced.");
    }

    [Fact]
    public void Formatting_moving_and_renaming_files_changes_no_fingerprint_of_a_database_object()
    {
        for (var seed = 1; seed <= Repositories; seed++)
        {
            var generated = GeneratedRepository.Of(seed);
            var expected = OfObjects(generated.Write());
            var formatted = PrismaFormatter.Format(new SourceText("schema.prisma", generated.Schema));
            Assert.NotEmpty(expected);
            AssertSame(expected, OfObjects(generated.Write(folder: "apps/web/prisma/")), $"seed {seed}: moved");
            AssertSame(expected, OfObjects(generated.Write(first: "20240101000000_base", second: "20240607000000_rest")), $"seed {seed}: renamed");
            AssertSame(expected, OfObjects(GeneratedRepository.Write(formatted, SpreadOut(generated.First), SpreadOut(generated.Second))), $"seed {seed}: formatted");
        }
    }

    private static void AssertSame(List<string> expected, List<string> actual, string what) =>
        Assert.True(expected.SequenceEqual(actual), $"{what}\n  lost:\n{string.Join('\n', expected.Except(actual))}\n  new:\n{string.Join('\n', actual.Except(expected))}");

    private static string SpreadOut(string sql) => "-- formatted\n\n" + sql.Replace(", ", ",\n    ", StringComparison.Ordinal).Replace(" ADD ", "\n  ADD ", StringComparison.Ordinal);

    private static List<string> OfObjects(TemporaryRepository repository)
    {
        using (repository)
        {
            var occurrences = Auditor.Run(repository.Open(), AuditOptions.Default).Findings.SelectMany(f => f.Occurrences);
            return [.. occurrences.Where(o => !IsOfFiles(o)).Select(o => $"{o.Fingerprint} {o.Rule}").Order(StringComparer.Ordinal)];
        }
    }

    private static bool IsOfFiles(Occurrence occurrence) => occurrence.Subject.Kind is SubjectKind.File or SubjectKind.Migration or SubjectKind.Package or SubjectKind.Database;

    private static List<Occurrence> Audit(string schema, string first, string second)
    {
        using var repository = GeneratedRepository.Write(schema, first, second);
        return [.. Auditor.Run(repository.Open(), AuditOptions.Default).Findings.SelectMany(f => f.Occurrences)];
    }

    private static void AssertLeft(List<Occurrence> before, IEnumerable<Occurrence> after, Func<Occurrence, bool> isSilenced, string what)
    {
        var left = after.Select(o => o.Fingerprint).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([what], (string[])[what, .. before.Where(o => !isSilenced(o) && !left.Contains(o.Fingerprint)).Select(o => $"lost: {o.Rule} {o.Title}")]);
        Assert.Equal([what], (string[])[what, .. before.Where(o => isSilenced(o) && left.Contains(o.Fingerprint)).Select(o => $"not silenced: {o.Rule} {o.Title}")]);
    }

    // The three texts with a comment above a field or statement; null where something else stands in that line.
    private static (string Schema, string First, string Second)? Silence(GeneratedRepository generated, string rule, FindingLocation location)
    {
        var path = location.Place.Path;
        if (path.EndsWith("schema.prisma", StringComparison.Ordinal))
            return Above(generated.Schema, location.Place.Line, $"  /// plumb-ignore {rule} on purpose", line => line.StartsWith("  ", StringComparison.Ordinal) && !line.Contains("provider", StringComparison.Ordinal)) is { } schema ? (schema, generated.First, generated.Second) : null;

        if (path.EndsWith("_init/migration.sql", StringComparison.Ordinal))
            return Above(generated.First, location.Place.Line, $"-- plumb-ignore {rule} on purpose", IsStatement) is { } first ? (generated.Schema, first, generated.Second) : null;

        return path.EndsWith("_more/migration.sql", StringComparison.Ordinal) && Above(generated.Second, location.Place.Line, $"-- plumb-ignore {rule} on purpose", IsStatement) is { } second
            ? (generated.Schema, generated.First, second) : null;
    }

    private static bool IsStatement(string line) => line.EndsWith(';');

    private static string? Above(string text, int line, string comment, Func<string, bool> fits)
    {
        var lines = text.Split('\n').ToList();
        if (line < 1 || line > lines.Count || !fits(lines[line - 1]))
            return null;

        lines.Insert(line - 1, comment);
        return string.Join('\n', lines);
    }

    // A comment covers whatever has a place in the line below it: fields and statements have one line each.
    private static bool IsCovered(Occurrence occurrence, FindingLocation location) =>
        occurrence.Locations.Any(l => l.Place.Path == location.Place.Path && l.Place.Line == location.Place.Line);
}
