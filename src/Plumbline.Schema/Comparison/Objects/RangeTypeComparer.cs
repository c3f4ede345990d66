using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares range types.</summary>
internal static class RangeTypeComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<RangeType>.By(builder.From.RangeTypes, builder.To.RangeTypes, t => NameCutting.Cut(t.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            var subject = Subjects.Of(SubjectKind.Type, to);
            if (!TypeEquality.AreEqual(from.Subtype, to.Subtype, builder.Renames, schemaIsUnknown: false) || !CommonComparer.AreEqual(from.Options, to.Options))
            {
                builder.Differs(SchemaFeature.RangeType, default(Parents).Change(ChangeKind.AlterType, subject, from, to, Text(from), Text(to)));
            }

            CommonComparer.CompareNamed(builder, subject, from, to);
        }

        foreach (var from in pairing.OnlyFrom)
        {
            builder.OneSided(
                SchemaFeature.RangeType,
                default(Parents).Change(ChangeKind.DropType, Subjects.Of(SubjectKind.Type, from), from, null, Text(from), null),
                from.Name.Schema);
        }

        foreach (var to in pairing.OnlyTo)
        {
            builder.OneSided(
                SchemaFeature.RangeType,
                default(Parents).Change(ChangeKind.AddType, Subjects.Of(SubjectKind.Type, to), null, to, null, Text(to)),
                to.Name.Schema);
        }
    }

    private static string Text(RangeType type) =>
        $"RANGE (subtype = {ObjectText.Of(type.Subtype)}{string.Concat(type.Options.Select(o => $", {o.Name} = {o.Value}"))})";
}
