using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>
/// Indexes with INCLUDE as Prisma compares them. Prisma reads the columns of INCLUDE as key columns: an index of the schema on the keys alone is another index to it, and one
/// on the keys and the included columns the same. Measured with Prisma's engines from 6.6 to 7.10.
/// </summary>
internal static class IncludedColumns
{
    /// <summary>The indexes that the schema has without INCLUDE, so that Prisma drops and re-creates them, from the migrations to the schema. They are no part of the
    /// comparison: a Prisma schema has no word for INCLUDE.</summary>
    /// <param name="drift">From the migrations to the schema.</param>
    public static ImmutableArray<SchemaChange> Find(SchemaComparison drift)
    {
        var changes = ImmutableArray.CreateBuilder<SchemaChange>();
        foreach (var item in drift.NotVisible.Where(i => i is { Feature: SchemaFeature.IndexDetail or SchemaFeature.UniqueConstraintForm, Holder: ComparisonSide.From }))
        {
            if (item.Object is not (Index { Include.IsEmpty: false } or KeyConstraint { Include.IsEmpty: false }))
                continue;

            var from = drift.From.Tables.FirstOrDefault(t => t.Indexes.Any(i => ReferenceEquals(i, item.Object)) || t.UniqueConstraints.Any(c => ReferenceEquals(c, item.Object)));
            var to = drift.To.Tables.FirstOrDefault(t => t.ModelName is not null && t.ModelName == item.Subject.Model);
            if (to?.Indexes.FirstOrDefault(i => i.Name == item.Subject.Name) is { } index)
            {
                changes.Add(new SchemaChange
                {
                    Kind = index.IsUnique ? ChangeKind.AlterUnique : ChangeKind.AlterIndex,
                    Subject = item.Subject,
                    From = item.Text,
                    To = ObjectText.Of(index),
                    FromObject = item.Object,
                    ToObject = index,
                    FromParent = from,
                    ToParent = to,
                });
            }
        }

        return changes.DrainToImmutable();
    }

    /// <summary>Whether two indexes are the same to Prisma: the keys of the one are the keys and the included columns of the other.</summary>
    public static bool AreSameToPrisma(SchemaChange change) => change is { FromObject: Index { Include.IsEmpty: false } from, ToObject: Index { Include.IsEmpty: true } to } &&
        from.IsUnique == to.IsUnique && from.Method == to.Method && from.Predicate is null &&
        from.Keys.Select(k => (k.Column, k.IsDescending)).Concat(from.Include.Select(c => ((string?)c, false))).SequenceEqual(to.Keys.Select(k => (k.Column, k.IsDescending)));
}
