using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares EXCLUDE constraints. PostgreSQL can't alter one, so another definition is told as its removal and addition.</summary>
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
        string Old(ExclusionConstraint e) => Shape(e, c => builder.Renames.Column(table, c), builder.Renames.Columns(table));
        string New(ExclusionConstraint e) => Shape(e, c => c, null);

        var same = Pairing<ExclusionConstraint>.By(
            pair.From.Exclusions, pair.To.Exclusions, e => (NameCutting.Cut(e.Name), Old(e)), e => (NameCutting.Cut(e.Name), New(e)));
        foreach (var (from, to) in same.Pairs)
        {
            var subject = SubjectOf(to, parents);
            ConstraintStates.Compare(builder, parents, subject, from, to);
            CommonComparer.CompareComment(builder, subject, from, to, parents);
        }

        var renamed = Pairing<ExclusionConstraint>.By(same.OnlyFrom, same.OnlyTo, Old, New);
        foreach (var (from, to) in renamed.Pairs)
        {
            var subject = SubjectOf(to, parents);
            builder.Differs(SchemaFeature.Exclusion, parents.Change(ChangeKind.RenameConstraint, subject, from, to, from.Name, to.Name, 1));
            ConstraintStates.Compare(builder, parents, subject, from, to);
            CommonComparer.CompareComment(builder, subject, from, to, parents);
        }

        foreach (var from in renamed.OnlyFrom)
        {
            builder.OneSided(
                SchemaFeature.Exclusion, parents.Change(ChangeKind.DropExclusion, SubjectOf(from, parents), from, null, ObjectText.Of(from), null), null);
        }

        foreach (var to in renamed.OnlyTo)
        {
            builder.OneSided(SchemaFeature.Exclusion, parents.Change(ChangeKind.AddExclusion, SubjectOf(to, parents), null, to, null, ObjectText.Of(to)), null);
        }
    }

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
