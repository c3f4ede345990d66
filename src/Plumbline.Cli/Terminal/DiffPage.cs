using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports.Diff;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;
using Spectre.Console;

namespace Plumbline.Cli.Terminal;

/// <summary>A comparison, for people: by table, with a sign for what is added, dropped and changed.</summary>
internal static class DiffPage
{
    /// <summary>Writes a comparison.</summary>
    public static void Write(Source from, Source to, SchemaComparison comparison, TerminalPage page, bool isVerbose)
    {
        page.Write("from ", Styles.Faint).WriteLine(from.Name, Styles.Strong).Write("to   ", Styles.Faint).WriteLine(to.Name, Styles.Strong).WriteLine();
        foreach (var group in comparison.Changes.GroupBy(DiffMarkdown.OwnerOf))
        {
            page.WriteLine(group.Key, Styles.Strong);
            foreach (var change in group)
            {
                WriteChange(change, page);
            }

            page.WriteLine();
        }

        WriteHidden("not visible to one side", [.. comparison.NotVisible.Select(item => (item.Feature.Name(), item.Subject))], page, isVerbose);
        WriteHidden("not comparable", [.. comparison.NotComparable.Select(item => (item.Kind.Name(), item.Subject))], page, isVerbose);
        var count = comparison.Changes.Length;
        var summary = count switch { 0 => Source.WithoutDifferences(from, to), 1 => "1 difference.", _ => $"{count} differences." };
        page.WriteLine(summary, count == 0 ? Styles.Good : Styles.Strong);
    }

    private static void WriteChange(SchemaChange change, TerminalPage page)
    {
        var name = change.Kind.Name();
        var (sign, style) = name.Split('-')[0] switch
        {
            "add" => ("+", Styles.Good),
            "drop" => ("-", Styles.Bad),
            _ => ("~", Styles.Changed),
        };
        var what = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..].Replace('-', ' ');
        page.Write($"  {sign} ", style).Write($"{what,-16} ", Styles.Faint).Write(change.Subject.Name, style);
        switch (change.From, change.To)
        {
            case ({ } before, { } after):
                page.Write("  ").Write(OneLine(before), Styles.Bad).Write(" → ", Styles.Faint).Write(OneLine(after), Styles.Good);
                break;
            case (null, { } only):
                page.Write("  " + OneLine(only));
                break;
            case ({ } only, null):
                page.Write("  " + OneLine(only));
                break;
        }

        if (change.Confidence is < 1 and { } confidence)
        {
            page.Write($"  probably, {confidence:P0}", Styles.Faint);
        }

        page.WriteLine();
        if (PlacesOf(change) is { Length: > 0 } places)
        {
            page.WriteLine($"      {places}", Styles.Path);
        }
    }

    private static string PlacesOf(SchemaChange change) =>
        string.Join("   ", new[] { change.FromLocation, change.ToLocation }.OfType<SourceLocation>().Select(place => place.ToString()));

    private static void WriteHidden(string what, List<(string Kind, Subject Subject)> items, TerminalPage page, bool isVerbose)
    {
        if (items.Count == 0)
        {
            return;
        }

        var counts = items.GroupBy(item => item.Kind, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} ({group.Count()})");
        page.WriteProse($"{what}: {string.Join(", ", counts)}", "", "  ", Styles.Faint);
        if (isVerbose)
        {
            foreach (var (kind, subject) in items)
            {
                page.WriteLine($"  {kind,-22} {subject}", Styles.Faint);
            }
        }
    }

    private static string OneLine(string text)
    {
        const int longest = 120;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= longest ? line : line[..(longest - 1)] + "…";
    }
}
