using System.Collections.Immutable;
using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares rewrite rules. Another definition is reported as the rule's removal and addition, which is how PostgreSQL would have it done.</summary>
internal static class RuleComparer
{
    internal static void Compare(ComparisonBuilder builder, Parents parents, ImmutableArray<RewriteRule> from, ImmutableArray<RewriteRule> to)
    {
        if (from.Length == 0 && to.Length == 0)
        {
            return;
        }

        var pairing = Pairing<RewriteRule>.By(from, to, r => NameCutting.Cut(r.Name));
        foreach (var (left, right) in pairing.Pairs)
        {
            ComparePair(builder, parents, left, right);
        }

        foreach (var left in pairing.OnlyFrom)
        {
            builder.OneSided(SchemaFeature.Rule, Drop(parents, left), null);
        }

        foreach (var right in pairing.OnlyTo)
        {
            builder.OneSided(SchemaFeature.Rule, Add(parents, right), null);
        }
    }

    private static void ComparePair(ComparisonBuilder builder, Parents parents, RewriteRule from, RewriteRule to)
    {
        var subject = SubjectOf(to, parents);
        switch (builder.CompareExpressions(from.Definition, to.Definition, columns: parents.Columns))
        {
            case ExpressionVerdict.Different:
                builder.OneSided(SchemaFeature.Rule, Drop(parents, from), null);
                builder.OneSided(SchemaFeature.Rule, Add(parents, to), null);
                return;
            case ExpressionVerdict.Unknown:
                builder.NotComparable(Drop(parents, from) with { To = to.Definition.Text, ToObject = to });
                break;
        }

        if (from.State != to.State)
        {
            builder.Differs(SchemaFeature.ConstraintState, parents.Change(
                ChangeKind.AlterConstraintState, subject, from, to, from.State.ToString().ToUpperInvariant(), to.State.ToString().ToUpperInvariant()));
        }

        CommonComparer.CompareComment(builder, subject, from, to, parents);
    }

    private static SchemaChange Drop(Parents parents, RewriteRule rule) =>
        parents.Change(ChangeKind.DropRule, SubjectOf(rule, parents), rule, null, rule.Definition.Text, null);

    private static SchemaChange Add(Parents parents, RewriteRule rule) =>
        parents.Change(ChangeKind.AddRule, SubjectOf(rule, parents), null, rule, null, rule.Definition.Text);

    private static Subject SubjectOf(RewriteRule rule, Parents parents) => Subjects.Member(SubjectKind.Rule, rule.Name, parents);
}
