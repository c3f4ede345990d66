using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares composite types.</summary>
internal static class CompositeTypeComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<CompositeType>.By(builder.From.CompositeTypes, builder.To.CompositeTypes, t => NameCutting.Cut(t.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            var subject = Subjects.Of(SubjectKind.Type, to);
            var same = from.Attributes.Length == to.Attributes.Length
                && from.Attributes.Zip(to.Attributes).All(p => p.First.Name == p.Second.Name && p.First.Collation == p.Second.Collation
                    && TypeEquality.AreEqual(p.First.Type, p.Second.Type, builder.Renames, schemaIsUnknown: false));
            if (!same)
            {
                builder.Differs(SchemaFeature.CompositeType, default(Parents).Change(ChangeKind.AlterType, subject, from, to, Text(from), Text(to)));
            }

            foreach (var (left, right) in Pairing<Column>.By(from.Attributes, to.Attributes, a => a.Name).Pairs)
            {
                var parents = new Parents(from, to);
                CommonComparer.CompareComment(builder, Subjects.Member(SubjectKind.Column, right.Name, parents), left, right, parents);
            }

            CommonComparer.CompareNamed(builder, subject, from, to);
        }

        foreach (var from in pairing.OnlyFrom)
        {
            builder.OneSided(
                SchemaFeature.CompositeType,
                default(Parents).Change(ChangeKind.DropType, Subjects.Of(SubjectKind.Type, from), from, null, Text(from), null),
                from.Name.Schema);
        }

        foreach (var to in pairing.OnlyTo)
        {
            builder.OneSided(
                SchemaFeature.CompositeType,
                default(Parents).Change(ChangeKind.AddType, Subjects.Of(SubjectKind.Type, to), null, to, null, Text(to)),
                to.Name.Schema);
        }
    }

    private static string Text(CompositeType type) => $"({string.Join(", ", type.Attributes.Select(a => $"{a.Name} {ObjectText.Of(a.Type)}"))})";
}
