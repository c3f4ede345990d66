using System.Collections.Immutable;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares triggers.</summary>
internal static class TriggerComparer
{
    internal static void Compare(ComparisonBuilder builder, Parents parents, ImmutableArray<Trigger> from, ImmutableArray<Trigger> to)
    {
        if (from.Length == 0 && to.Length == 0)
        {
            return;
        }

        var names = builder.Renames.Columns(parents.FromName);
        var pairing = Pairing<Trigger>.By(from, to, t => NameCutting.Cut(t.Name));
        foreach (var (left, right) in pairing.Pairs)
        {
            ComparePair(builder, parents, names, left, right);
        }

        foreach (var left in pairing.OnlyFrom)
        {
            builder.OneSided(
                SchemaFeature.Trigger, parents.Change(ChangeKind.DropTrigger, SubjectOf(left, parents), left, null, ObjectText.Of(left), null), null);
        }

        foreach (var right in pairing.OnlyTo)
        {
            builder.OneSided(
                SchemaFeature.Trigger, parents.Change(ChangeKind.AddTrigger, SubjectOf(right, parents), null, right, null, ObjectText.Of(right)), null);
        }
    }

    private static void ComparePair(ComparisonBuilder builder, Parents parents, IReadOnlyDictionary<string, string>? names, Trigger from, Trigger to)
    {
        var subject = SubjectOf(to, parents);
        var change = parents.Change(ChangeKind.AlterTrigger, subject, from, to, ObjectText.Of(from), ObjectText.Of(to));
        var same = from.Timing == to.Timing && from.Events == to.Events && from.ForEachRow == to.ForEachRow && from.Function == to.Function &&
            from.Arguments.SequenceEqual(to.Arguments)
            && from.UpdateColumns.Select(c => builder.Renames.Column(parents.FromName, c)).ToHashSet().SetEquals(to.UpdateColumns)
            && from.IsConstraint == to.IsConstraint && from.IsDeferrable == to.IsDeferrable && from.IsInitiallyDeferred == to.IsInitiallyDeferred
            && (from.ReferencedTable is { } table ? builder.Renames.Table(table) : null) == to.ReferencedTable && from.OldTable == to.OldTable &&
                from.NewTable == to.NewTable;
        var verdict = same ? builder.CompareExpressions(from.When, to.When, names, parents.Columns) : ExpressionVerdict.Different;
        if (verdict == ExpressionVerdict.Different)
        {
            builder.Differs(SchemaFeature.Trigger, change);
        }
        else if (verdict == ExpressionVerdict.Unknown)
        {
            builder.NotComparable(change);
        }

        if (from.State != to.State)
        {
            builder.Differs(SchemaFeature.ConstraintState, parents.Change(
                ChangeKind.AlterConstraintState, subject, from, to, from.State.ToString().ToUpperInvariant(), to.State.ToString().ToUpperInvariant()));
        }

        CommonComparer.CompareComment(builder, subject, from, to, parents);
    }

    private static Subject SubjectOf(Trigger trigger, Parents parents) => Subjects.Member(SubjectKind.Trigger, trigger.Name, parents);
}
