using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is reported of an index that the schema declares a second time under another name.</summary>
internal static class DeclaredTwice
{
    /// <summary>The text for an index that only the schema has; null where no other index of the model is equal to it and does its work.</summary>
    /// <param name="change">The index that is missing in the migrations.</param>
    /// <param name="attribute">The attribute that declares such an index.</param>
    public static DriftText? Of(SchemaChange change, string attribute)
    {
        if (change is not { ToObject: Index index, ToParent: Table model } ||
            model.Indexes.FirstOrDefault(other => other.Name != index.Name && AreEqual(other, index) && Stands(other, index, change.FromParent as Table)) is not { } twin)
            return null;

        return new DriftText(
            $"{DriftNames.TableOf(change)}: the schema declares the same {(index.IsUnique ? "unique index" : "index")} on ({string.Join(", ", index.Keys.Select(k => k.Column))}) twice: {twin.Name} and {index.Name}",
            $"Both are {change.To}. No migration creates {index.Name}, and prisma migrate dev creates no second index where the database already has an equal one.",
            "Queries are not affected. A database made by prisma db push maintains two equal indexes on every write.",
            $"Remove the second {attribute}, {index.Name}, from the schema.",
            Severity.Low)
        {
            Ways = FixWays.None,
        };
    }

    // The one that the migrations have stays; where they have neither, the one that is declared first.
    private static bool Stands(Index twin, Index index, Table? migrations) =>
        migrations?.Indexes.Any(i => AreEqual(i, twin)) == true || migrations?.UniqueConstraints.Any(k => twin.IsUnique && twin.Keys.Select(key => key.Column).SequenceEqual(k.Columns)) == true ||
        (twin.Location is { } first && index.Location is { } second && (first.Line, first.Column).CompareTo((second.Line, second.Column)) < 0);

    private static bool AreEqual(Index left, Index right) =>
        left.IsUnique == right.IsUnique && left.Method == right.Method && left.Predicate is null && right.Predicate is null &&
        left.Keys.Select(k => (k.Column, k.IsDescending)).SequenceEqual(right.Keys.Select(k => (k.Column, k.IsDescending)));
}
