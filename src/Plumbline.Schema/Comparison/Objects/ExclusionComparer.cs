using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares EXCLUDE constraints. PostgreSQL can't alter one, so another definition is reported as its removal and addition.</summary>
internal static class ExclusionComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePair pair)
    {
        if (pair.From.Exclusions.Length == 0 && pair.To.Exclusions.Length == 0)
        {
            return;
        }

        var parents = pair.Parents;
        var table = pair.From.Name;
        var names = builder.Renames.Columns(table);
        string Old(ExclusionConstraint e) => Shape(e, c => builder.Renames.Column(table, c), names);
        string New(ExclusionConstraint e) => Shape(e, c => c, null);
        bool AreSame(ExclusionConstraint left, ExclusionConstraint right) =>
            Old(left with { Predicate = null }) == New(right with { Predicate = null })
            && builder.CompareExpressions(left.Predicate, right.Predicate, names, pair.To.Columns) == ExpressionVerdict.Equal;

        var byName = Pairing<ExclusionConstraint>.By(pair.From.Exclusions, pair.To.Exclusions, e => NameCutting.Cut(e.Name));
        foreach (var (from, to) in byName.Pairs)
        {
            if (!AreSame(from, to))
            {
                Drop(builder, parents, from);
                Add(builder, parents, to);
                continue;
            }

            var subject = SubjectOf(to, parents);
            ConstraintStates.Compare(builder, parents, subject, from, to);
            CommonComparer.CompareComment(builder, subject, from, to, parents);
        }

        var renamed = Pairing<ExclusionConstraint>.By(byName.OnlyFrom, byName.OnlyTo, Old, New);
        foreach (var (from, to) in renamed.Pairs)
        {
            var subject = SubjectOf(to, parents);
            builder.Differs(SchemaFeature.Exclusion, parents.Change(ChangeKind.RenameConstraint, subject, from, to, from.Name, to.Name, 1));
            ConstraintStates.Compare(builder, parents, subject, from, to);
            CommonComparer.CompareComment(builder, subject, from, to, parents);
        }

        foreach (var from in renamed.OnlyFrom)
        {
            Drop(builder, parents, from);
        }

        foreach (var to in renamed.OnlyTo)
        {
            Add(builder, parents, to);
        }
    }

    private static void Drop(ComparisonBuilder builder, Parents parents, ExclusionConstraint from) =>
        builder.OneSided(SchemaFeature.Exclusion, parents.Change(ChangeKind.DropExclusion, SubjectOf(from, parents), from, null, ObjectText.Of(from), null), null);

    private static void Add(ComparisonBuilder builder, Parents parents, ExclusionConstraint to) =>
        builder.OneSided(SchemaFeature.Exclusion, parents.Change(ChangeKind.AddExclusion, SubjectOf(to, parents), null, to, null, ObjectText.Of(to)), null);

    private static string Shape(ExclusionConstraint exclusion, Func<string, string> rename, IReadOnlyDictionary<string, string>? names)
    {
        var elements = exclusion.Elements.Select(e => string.Join(
            '\u0002',
            e.Key.Column is { } column ? rename(column) : ExpressionNormalizer.Normalize(e.Key.Expression?.Text ?? "", names),
            e.Key.OperatorClass,
            e.Key.Collation?.ToString(),
            e.Operator));
        var predicate = exclusion.Predicate is { } condition ? ExpressionNormalizer.Normalize(condition.Text, names) : "";
        return string.Join('\u0001', [exclusion.Method, .. elements, "include", .. exclusion.Include.Select(rename), predicate]);
    }

    private static Subject SubjectOf(ExclusionConstraint exclusion, Parents parents) => Subjects.Member(SubjectKind.Constraint, exclusion.Name, parents);
}
