using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Renames;

/// <summary>Finds columns of one table that were probably renamed: by like type, like name, and what else they have in common.</summary>
internal static class ColumnRenames
{
    private const double Threshold = 0.6;

    /// <summary>PostgreSQL documentation, "Type Conversion": types that one would turn into another of the same family.</summary>
    private static readonly string[][] Families =
    [
        ["text", "character varying", "character", "citext", "uuid", "name"],
        ["smallint", "integer", "bigint", "numeric", "real", "double precision"],
        ["timestamp without time zone", "timestamp with time zone", "date"],
        ["time without time zone", "time with time zone"],
        ["json", "jsonb"],
    ];

    internal static List<(Column From, Column To, double Confidence)> Find(Table from, Table to, List<Column> onlyFrom, List<Column> onlyTo, RenameMap renames)
    {
        var candidates = new List<(Column, Column, double)>();
        if (onlyFrom.Count == 0 || onlyTo.Count == 0 || (long)onlyFrom.Count * onlyTo.Count > 10_000)
        {
            return candidates;
        }

        foreach (var left in onlyFrom)
        {
            foreach (var right in onlyTo)
            {
                var type = TypeLikeness(left.Type, right.Type, renames);

                // The field still has the name that the column had: somebody mapped it to another one.
                var name = right.FieldName == left.Name || left.FieldName == right.Name ? 1 : NameSimilarity.Of(left.Name, right.Name);
                if (type == 0 || name < 0.5)
                {
                    continue;
                }

                var nullable = left.IsNullable == right.IsNullable ? 0.1 : 0;
                var place = 0.1 * (1 - Math.Abs(Place(from, left) - Place(to, right)));
                var confidence = (0.7 * name) + (0.1 * type) + nullable + place;
                if (confidence >= Threshold)
                {
                    candidates.Add((left, right, confidence));
                }
            }
        }

        return BestFirst.Assign(candidates);
    }

    /// <summary>Where a column stands in its table, from 0 to 1.</summary>
    private static double Place(Table table, Column column)
    {
        for (var i = 0; i < table.Columns.Length; i++)
        {
            if (ReferenceEquals(table.Columns[i], column))
            {
                return (double)i / table.Columns.Length;
            }
        }

        return 0;
    }

    private static double TypeLikeness(ColumnType from, ColumnType to, RenameMap renames)
    {
        if (from.IsArray != to.IsArray)
        {
            return 0;
        }

        if (TypeEquality.AreEqual(from, to, renames, schemaIsUnknown: true))
        {
            return 1;
        }

        var left = TypeEquality.Canonical(from).Name;
        var right = TypeEquality.Canonical(to).Name;
        return left == right ? 0.8 : Array.Exists(Families, f => f.Contains(left) && f.Contains(right)) ? 0.5 : 0;
    }
}
