using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares tables with all that hangs on them.</summary>
internal static class TableComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePairing tables)
    {
        foreach (var pair in tables.Pairs)
        {
            ComparePair(builder, pair);
        }

        foreach (var from in tables.OnlyFrom)
        {
            var kind = from.PartitionOf is null ? ChangeKind.DropTable : ChangeKind.DropPartition;
            builder.OneSided(FeatureOf(from), default(Parents).Change(kind, Subjects.Of(from), from, null, ObjectText.Of(from), null), from.Name.Schema);
        }

        foreach (var to in tables.OnlyTo)
        {
            var kind = to.PartitionOf is null ? ChangeKind.AddTable : ChangeKind.AddPartition;
            builder.OneSided(FeatureOf(to), default(Parents).Change(kind, Subjects.Of(to), null, to, null, ObjectText.Of(to)), to.Name.Schema);
        }
    }

    private static SchemaFeature FeatureOf(Table table) =>
        table.PartitionOf is null && table.Kind != TableKind.Foreign ? SchemaFeature.Table : SchemaFeature.Partition;

    private static void ComparePair(ComparisonBuilder builder, TablePair pair)
    {
        var (from, to) = (pair.From, pair.To);
        var before = builder.Disagreements;
        var subject = Subjects.Of(to, from);
        ColumnComparer.Compare(builder, pair);
        PrimaryKeyComparer.Compare(builder, pair);
        IndexComparer.CompareTable(builder, pair);
        ForeignKeyComparer.Compare(builder, pair);
        CheckComparer.Compare(builder, pair);
        ExclusionComparer.Compare(builder, pair);
        TriggerComparer.Compare(builder, pair.Parents, from.Triggers, to.Triggers);
        PolicyComparer.Compare(builder, pair);
        RuleComparer.Compare(builder, pair.Parents, from.Rules, to.Rules);
        if (RowSecurity(from) != RowSecurity(to))
        {
            builder.Differs(SchemaFeature.RowSecurity, default(Parents).Change(ChangeKind.AlterRls, subject, from, to, RowSecurity(from), RowSecurity(to)));
        }

        StorageComparer.CompareTable(builder, pair, subject);
        ComparePartitioning(builder, pair, subject);
        CommonComparer.CompareNamed(builder, subject, from, to);
        if (builder.Disagreements == before && !pair.IsRenamed)
        {
            builder.Agree(subject, from, to);
        }
    }

    private static string RowSecurity(Table table) => (table.RowSecurity ? "ENABLED" : "DISABLED") + (table.ForceRowSecurity ? ", FORCED" : "");

    private static void ComparePartitioning(ComparisonBuilder builder, TablePair pair, Subject subject)
    {
        var (from, to) = (pair.From, pair.To);
        var change = default(Parents).Change(ChangeKind.AlterPartition, subject, from, to, Partitioning(from), Partitioning(to));
        var sameParents = (from.PartitionOf is { } parent ? builder.Renames.Table(parent) : null) == to.PartitionOf &&
            from.Inherits.Select(builder.Renames.Table).SequenceEqual(to.Inherits);
        if (!sameParents || from.Kind != to.Kind || from.ForeignServer != to.ForeignServer)
        {
            builder.Differs(SchemaFeature.Partition, change);
            return;
        }

        var names = builder.Renames.Columns(from.Name);
        var verdicts = (
            builder.CompareExpressions(from.PartitionKey, to.PartitionKey, names, to.Columns), builder.CompareExpressions(from.PartitionBound, to.PartitionBound));
        if (verdicts is (ExpressionVerdict.Different, _) or (_, ExpressionVerdict.Different))
        {
            builder.Differs(SchemaFeature.Partition, change);
        }
        else if (verdicts is (ExpressionVerdict.Unknown, _) or (_, ExpressionVerdict.Unknown))
        {
            builder.NotComparable(change);
        }
    }

    private static string? Partitioning(Table table)
    {
        var parts = new List<string>();
        if (table.Kind == TableKind.Foreign)
        {
            parts.Add($"SERVER {table.ForeignServer}");
        }

        if (table.PartitionKey is { } key)
        {
            parts.Add($"PARTITION BY {key.Text}");
        }

        if (table.PartitionOf is { } parent)
        {
            parts.Add($"PARTITION OF {ObjectText.Of(parent)} {table.PartitionBound?.Text}");
        }

        if (table.Inherits.Length > 0)
        {
            parts.Add($"INHERITS ({string.Join(", ", table.Inherits.Select(ObjectText.Of))})");
        }

        return parts.Count == 0 ? null : string.Join(" ", parts);
    }
}
