using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares CHECK constraints of tables.</summary>
internal static class CheckComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePair pair)
    {
        if (pair.From.Checks.Length == 0 && pair.To.Checks.Length == 0)
        {
            return;
        }

        var parents = pair.Parents;
        var names = builder.Renames.Columns(pair.From.Name);
        var byName = Pairing<CheckConstraint>.By(pair.From.Checks, pair.To.Checks, c => NameCutting.Cut(c.Name));
        foreach (var (from, to) in byName.Pairs)
        {
            ComparePair(builder, parents, names, from, to);
        }

        var byCondition = Pairing<CheckConstraint>.By(
            byName.OnlyFrom,
            byName.OnlyTo,
            c => ExpressionNormalizer.Normalize(c.Expression.Text, names),
            c => ExpressionNormalizer.Normalize(c.Expression.Text));
        foreach (var (from, to) in byCondition.Pairs)
        {
            builder.Differs(SchemaFeature.Check, parents.Change(ChangeKind.RenameConstraint, SubjectOf(to, parents), from, to, from.Name, to.Name, 1));
            ComparePair(builder, parents, names, from, to);
        }

        foreach (var from in byCondition.OnlyFrom)
        {
            builder.OneSided(SchemaFeature.Check, parents.Change(ChangeKind.DropCheck, SubjectOf(from, parents), from, null, ObjectText.Of(from), null), null);
        }

        foreach (var to in byCondition.OnlyTo)
        {
            builder.OneSided(SchemaFeature.Check, parents.Change(ChangeKind.AddCheck, SubjectOf(to, parents), null, to, null, ObjectText.Of(to)), null);
        }
    }

    private static void ComparePair(
        ComparisonBuilder builder, Parents parents, IReadOnlyDictionary<string, string>? names, CheckConstraint from, CheckConstraint to)
    {
        var subject = SubjectOf(to, parents);
        var change = parents.Change(ChangeKind.AlterCheck, subject, from, to, ObjectText.Of(from), ObjectText.Of(to));
        var verdict = from.NoInherit != to.NoInherit ? ExpressionVerdict.Different : builder.CompareExpressions(from.Expression, to.Expression, names, parents.Columns);
        if (verdict == ExpressionVerdict.Different)
        {
            builder.Differs(SchemaFeature.Check, change);
        }
        else if (verdict == ExpressionVerdict.Unknown)
        {
            builder.NotComparable(change);
        }

        ConstraintStates.Compare(builder, parents, subject, from, to);
        CommonComparer.CompareComment(builder, subject, from, to, parents);
    }

    private static Subject SubjectOf(CheckConstraint check, Parents parents) => Subjects.Member(SubjectKind.Constraint, check.Name, parents);
}
