using System.Collections.Immutable;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>
/// Compares indexes and unique constraints together: to Prisma a unique constraint and a unique index on the same columns are one thing, and in
/// PostgreSQL they share their names.
/// </summary>
internal static class IndexComparer
{
    internal static void CompareTable(ComparisonBuilder builder, TablePair pair) => Compare(builder, pair.Parents, Entries(pair.From), Entries(pair.To));

    internal static void Compare(ComparisonBuilder builder, Parents parents, ImmutableArray<Index> from, ImmutableArray<Index> to) =>
        Compare(builder, parents, [.. from.Select(IndexEntry.Of)], [.. to.Select(IndexEntry.Of)]);

    private static List<IndexEntry> Entries(Table table) => [.. table.UniqueConstraints.Select(IndexEntry.Of), .. table.Indexes.Select(IndexEntry.Of)];

    private static void Compare(ComparisonBuilder builder, Parents parents, List<IndexEntry> from, List<IndexEntry> to)
    {
        if (from.Count == 0 && to.Count == 0)
        {
            return;
        }

        var table = parents.FromName;
        var byName = Pairing<IndexEntry>.By(from, to, e => NameCutting.Cut(e.Name));
        foreach (var (left, right) in byName.Pairs)
        {
            ComparePair(builder, parents, left, right);
        }

        // What has another name and is the same otherwise was renamed; that is what Prisma's migrations make of it too.
        var byShape = Pairing<IndexEntry>.By(
            byName.OnlyFrom, byName.OnlyTo, e => e.Shape(c => builder.Renames.Column(table, c), builder.Renames.Columns(table)), e => e.Shape(c => c, null));
        foreach (var (left, right) in byShape.Pairs)
        {
            var isConstraint = left.IsConstraint || (right.IsConstraint && !left.IsConstraint && builder.From.Source == SourceKind.Prisma);
            var kind = isConstraint ? ChangeKind.RenameConstraint : ChangeKind.RenameIndex;
            builder.Add(parents.Change(kind, SubjectOf(right, parents, isConstraint), left.Object, right.Object, left.Name, right.Name, 1));
            ComparePair(builder, parents, left, right);
        }

        foreach (var entry in byShape.OnlyFrom)
        {
            var kind = entry.IsPlainUnique ? ChangeKind.DropUnique : ChangeKind.DropIndex;
            builder.OneSided(entry.Feature, parents.Change(kind, SubjectOf(entry, parents), entry.Object, null, entry.Text, null), null);
        }

        foreach (var entry in byShape.OnlyTo)
        {
            var kind = entry.IsPlainUnique ? ChangeKind.AddUnique : ChangeKind.AddIndex;
            builder.OneSided(entry.Feature, parents.Change(kind, SubjectOf(entry, parents), null, entry.Object, null, entry.Text), null);
        }
    }

    private static void ComparePair(ComparisonBuilder builder, Parents parents, IndexEntry from, IndexEntry to)
    {
        var table = parents.FromName;
        var kind = from.IsPlainUnique && to.IsPlainUnique ? ChangeKind.AlterUnique : ChangeKind.AlterIndex;
        var subject = SubjectOf(to, parents);
        switch (from.Compare(to, builder, parents))
        {
            case ExpressionVerdict.Different:
                builder.Add(Change());
                break;
            case ExpressionVerdict.Unknown:
                builder.NotComparable(Change());
                break;
            default:
                if (from.IsConstraint != to.IsConstraint)
                {
                    builder.Differs(SchemaFeature.UniqueConstraintForm, Change());
                }
                else if (!from.SameDetail(to, c => builder.Renames.Column(table, c)))
                {
                    builder.Differs(SchemaFeature.IndexDetail, Change() with { From = from.DetailedText, To = to.DetailedText });
                }

                break;
        }

        if (from.Object is Constraint left && to.Object is Constraint right)
        {
            ConstraintStates.Compare(builder, parents, subject, left, right);
        }

        CommonComparer.CompareComment(builder, subject, from.Object, to.Object, parents);

        SchemaChange Change() => parents.Change(kind, subject, from.Object, to.Object, from.Text, to.Text);
    }

    private static Subject SubjectOf(IndexEntry entry, Parents parents) => SubjectOf(entry, parents, entry.IsConstraint);

    private static Subject SubjectOf(IndexEntry entry, Parents parents, bool isConstraint) =>
        Subjects.Member(isConstraint ? SubjectKind.Constraint : SubjectKind.Index, entry.Name, parents);
}
