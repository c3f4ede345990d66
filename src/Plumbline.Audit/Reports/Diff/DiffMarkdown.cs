using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Reports.Diff;

/// <summary>Writes a comparison of two sources as Markdown.</summary>
public static class DiffMarkdown
{
    /// <summary>Writes the comparison; ends in a line feed.</summary>
    public static void Write(Source from, Source to, SchemaComparison comparison, TextWriter output)
    {
        output.Write($"# {MarkdownText.Code(from.Name)} → {MarkdownText.Code(to.Name)}\n\n");
        output.Write(comparison.Changes.IsEmpty ? Source.WithoutDifferences(from, to) + "\n" : $"{Plural.Of(comparison.Changes.Length, "difference", "differences")}.\n");
        foreach (var group in comparison.Changes.GroupBy(OwnerOf))
        {
            output.Write($"\n## {MarkdownText.Escape(group.Key)}\n\n| change | what | from | to | severity |\n|---|---|---|---|---|\n");
            foreach (var change in group)
            {
                output.Write($"| {change.Kind.Name()} | {MarkdownText.Code(change.Subject.ToString())} | {Cell(change.From)} | {Cell(change.To)} | {ChangeSeverity.Of(change).Name()} |\n");
            }
        }

        WriteCounts("Not visible to one side", comparison.NotVisible.Select(item => item.Feature.Name()), output);
        WriteCounts("Not comparable", comparison.NotComparable.Select(item => item.Kind.Name()), output);
    }

    /// <summary>The table, or other object, under which a change is reported.</summary>
    public static string OwnerOf(SchemaChange change)
    {
        var name = change.Subject.Table ?? change.Subject.Name;
        return change.Subject.Schema is null or "public" ? name : $"{change.Subject.Schema}.{name}";
    }

    private static string Cell(string? text) => text is null ? "" : MarkdownText.Code(text);

    private static void WriteCounts(string heading, IEnumerable<string> kinds, TextWriter output)
    {
        var counts = kinds.GroupBy(kind => kind, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        if (counts.Count > 0)
        {
            output.Write($"\n## {heading}\n\n" + string.Concat(counts.Select(group => $"- {group.Key}: {group.Count()}\n")));
        }
    }
}
