using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares row-level security policies.</summary>
internal static class PolicyComparer
{
    internal static void Compare(ComparisonBuilder builder, TablePair pair)
    {
        if (pair.From.Policies.Length == 0 && pair.To.Policies.Length == 0)
        {
            return;
        }

        var parents = pair.Parents;
        var names = builder.Renames.Columns(pair.From.Name);
        var pairing = Pairing<Policy>.By(pair.From.Policies, pair.To.Policies, p => NameCutting.Cut(p.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            var subject = SubjectOf(to, parents);
            var change = parents.Change(ChangeKind.AlterPolicy, subject, from, to, ObjectText.Of(from), ObjectText.Of(to));
            var same = from.IsPermissive == to.IsPermissive && from.Command == to.Command && from.Roles.ToHashSet().SetEquals(to.Roles);
            var verdicts = (
                builder.CompareExpressions(from.Using, to.Using, names, parents.Columns), builder.CompareExpressions(from.WithCheck, to.WithCheck, names, parents.Columns));
            if (!same || verdicts is (ExpressionVerdict.Different, _) or (_, ExpressionVerdict.Different))
            {
                builder.Differs(SchemaFeature.Policy, change);
            }
            else if (verdicts is (ExpressionVerdict.Unknown, _) or (_, ExpressionVerdict.Unknown))
            {
                builder.NotComparable(change);
            }

            CommonComparer.CompareComment(builder, subject, from, to, parents);
        }

        foreach (var from in pairing.OnlyFrom)
        {
            builder.OneSided(
                SchemaFeature.Policy, parents.Change(ChangeKind.DropPolicy, SubjectOf(from, parents), from, null, ObjectText.Of(from), null), null);
        }

        foreach (var to in pairing.OnlyTo)
        {
            builder.OneSided(SchemaFeature.Policy, parents.Change(ChangeKind.AddPolicy, SubjectOf(to, parents), null, to, null, ObjectText.Of(to)), null);
        }
    }

    private static Subject SubjectOf(Policy policy, Parents parents) => Subjects.Member(SubjectKind.Policy, policy.Name, parents);
}
