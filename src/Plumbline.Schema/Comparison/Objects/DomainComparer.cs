using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares domains.</summary>
internal static class DomainComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<DomainType>.By(builder.From.Domains, builder.To.Domains, d => NameCutting.Cut(d.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            var subject = Subjects.Of(SubjectKind.Domain, to);
            var change = default(Parents).Change(ChangeKind.AlterDomain, subject, from, to, ObjectText.Of(from), ObjectText.Of(to));
            switch (Verdict(builder, from, to))
            {
                case ExpressionVerdict.Different:
                    builder.Differs(SchemaFeature.Domain, change);
                    break;
                case ExpressionVerdict.Unknown:
                    builder.NotComparable(change);
                    break;
            }

            foreach (var (left, right) in Pairing<CheckConstraint>.By(from.Checks, to.Checks, c => NameCutting.Cut(c.Name)).Pairs)
            {
                var parents = new Parents(from, to);
                CommonComparer.CompareComment(builder, Subjects.Member(SubjectKind.Constraint, right.Name, parents), left, right, parents);
            }

            CommonComparer.CompareNamed(builder, subject, from, to);
        }

        foreach (var from in pairing.OnlyFrom)
        {
            builder.OneSided(
                SchemaFeature.Domain,
                default(Parents).Change(ChangeKind.DropDomain, Subjects.Of(SubjectKind.Domain, from), from, null, ObjectText.Of(from), null),
                from.Name.Schema);
        }

        foreach (var to in pairing.OnlyTo)
        {
            builder.OneSided(
                SchemaFeature.Domain,
                default(Parents).Change(ChangeKind.AddDomain, Subjects.Of(SubjectKind.Domain, to), null, to, null, ObjectText.Of(to)),
                to.Name.Schema);
        }
    }

    private static ExpressionVerdict Verdict(ComparisonBuilder builder, DomainType from, DomainType to)
    {
        if (!TypeEquality.AreEqual(from.BaseType, to.BaseType, builder.Renames, schemaIsUnknown: false) || from.NotNull != to.NotNull ||
            from.Collation != to.Collation || from.Checks.Length != to.Checks.Length)
        {
            return ExpressionVerdict.Different;
        }

        var worst = builder.CompareExpressions(from.Default, to.Default);
        var checks = Pairing<CheckConstraint>.By(from.Checks, to.Checks, c => NameCutting.Cut(c.Name));
        if (checks.OnlyFrom.Count > 0)
        {
            return ExpressionVerdict.Different;
        }

        foreach (var (left, right) in checks.Pairs)
        {
            var verdict = left.IsValidated != right.IsValidated ? ExpressionVerdict.Different : builder.CompareExpressions(left.Expression, right.Expression);
            worst = verdict == ExpressionVerdict.Different || worst == ExpressionVerdict.Equal
                ? (worst == ExpressionVerdict.Different ? worst : verdict)
                : worst;
        }

        return worst;
    }
}
