using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Renames;

/// <summary>Finds tables that were probably renamed: by the columns that they share, and by their names.</summary>
internal static class TableRenames
{
    private const double Threshold = 0.6;

    /// <summary>A column that more tables than this have (<c>id</c>, <c>created_at</c>) brings no two tables together.</summary>
    private const int CommonColumn = 8;

    internal static List<(Table From, Table To, double Confidence)> Find(List<Table> onlyFrom, List<Table> onlyTo)
    {
        var candidates = new List<(Table, Table, double)>();
        if (onlyFrom.Count == 0 || onlyTo.Count == 0)
        {
            return candidates;
        }

        var byTrait = new Dictionary<string, List<Table>>();
        foreach (var to in onlyTo)
        {
            foreach (var trait in Traits(to))
            {
                if (!byTrait.TryGetValue(trait, out var holders))
                {
                    byTrait[trait] = holders = [];
                }

                holders.Add(to);
            }
        }

        foreach (var from in onlyFrom)
        {
            var near = Traits(from)
                .SelectMany(t => byTrait.TryGetValue(t, out var holders) && holders.Count <= CommonColumn ? holders : [])
                .Distinct(ReferenceEqualityComparer.Instance);
            foreach (var to in near.Cast<Table>())
            {
                var confidence = Confidence(from, to);
                if (confidence >= Threshold)
                {
                    candidates.Add((from, to, confidence));
                }
            }
        }

        return BestFirst.Assign(candidates);
    }

    private static IEnumerable<string> Traits(Table table)
    {
        yield return "name " + NameSimilarity.Key(table.Name.Name);
        yield return "all " + string.Join(',', table.Columns.Select(c => NameSimilarity.Key(c.Name)).Order(StringComparer.Ordinal));
        foreach (var column in table.Columns)
        {
            yield return "column " + NameSimilarity.Key(column.Name);
        }
    }

    private static double Confidence(Table from, Table to)
    {
        if (from.Kind != to.Kind || from.Columns.Length == 0 || to.Columns.Length == 0)
        {
            return 0;
        }

        var types = new Dictionary<string, string>();
        foreach (var column in to.Columns)
        {
            types[NameSimilarity.Key(column.Name)] = TypeEquality.Canonical(column.Type).Name;
        }

        var shared =
            from.Columns.Sum(c => types.TryGetValue(NameSimilarity.Key(c.Name), out var type) ? type == TypeEquality.Canonical(c.Type).Name ? 1.0 : 0.5 : 0);
        var likeness = shared / (from.Columns.Length + to.Columns.Length - shared);
        var names = from.Name.Name == to.Name.Name ? 1 : NameSimilarity.Of(from.Name.Name, to.Name.Name);

        // Tables of two or three columns are alike by chance; their names must be too.
        return likeness < 0.5 || (Math.Min(from.Columns.Length, to.Columns.Length) < 4 && names < 0.4) ? 0 : (0.65 * likeness) + (0.35 * names);
    }
}
