using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares enum types and their values.</summary>
internal static class EnumComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<EnumType>.By(builder.From.Enums, builder.To.Enums, e => NameCutting.Cut(e.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            ComparePair(builder, from, to);
        }

        var renames = builder.Options.DetectRenames ? EnumRenames.Find(pairing.OnlyFrom, pairing.OnlyTo) : [];
        foreach (var (from, to, confidence) in renames)
        {
            builder.Renames.AddType(from.Name, to.Name);
            var texts = (ObjectText.Of(from.Name), ObjectText.Of(to.Name));
            builder.Add(default(Parents).Change(ChangeKind.RenameEnum, Subjects.Of(to, from), from, to, texts.Item1, texts.Item2, confidence));
            ComparePair(builder, from, to);
        }

        foreach (var from in pairing.OnlyFrom.Where(e => !renames.Any(r => r.From == e)))
        {
            builder.OneSided(
                SchemaFeature.Enum, default(Parents).Change(ChangeKind.DropEnum, Subjects.Of(from), from, null, ObjectText.Of(from), null), from.Name.Schema);
        }

        foreach (var to in pairing.OnlyTo.Where(e => !renames.Any(r => r.To == e)))
        {
            builder.OneSided(
                SchemaFeature.Enum, default(Parents).Change(ChangeKind.AddEnum, Subjects.Of(to), null, to, null, ObjectText.Of(to)), to.Name.Schema);
        }
    }

    private static void ComparePair(ComparisonBuilder builder, EnumType from, EnumType to)
    {
        var before = builder.Disagreements;
        var subject = Subjects.Of(to, from);
        var parents = new Parents(from, to);
        var values = Pairing<EnumValue>.By(from.Values, to.Values, v => NameCutting.Cut(v.Name));
        var renames = builder.Options.DetectRenames ? EnumRenames.FindValues(from, to, values.OnlyFrom, values.OnlyTo) : [];
        foreach (var (old, @new, confidence) in renames)
        {
            values.Pairs.Add((old, @new));
            builder.Renames.AddEnumValue(from.Name, old.Name, @new.Name);
            builder.Add(parents.Change(ChangeKind.RenameEnumValue, ValueSubject(@new, to, subject), old, @new, old.Name, @new.Name, confidence));
        }

        foreach (var value in values.OnlyFrom.Where(v => !renames.Any(r => r.From == v)))
        {
            builder.Add(parents.Change(ChangeKind.DropEnumValue, ValueSubject(value, to, subject), value, null, value.Name, null));
        }

        foreach (var value in values.OnlyTo.Where(v => !renames.Any(r => r.To == v)))
        {
            builder.Add(parents.Change(ChangeKind.AddEnumValue, ValueSubject(value, to, subject), null, value, null, value.Name));
        }

        if (OrderDiffers(from, to, values.Pairs))
        {
            builder.Add(default(Parents).Change(ChangeKind.AlterEnumOrder, subject, from, to, ObjectText.Of(from), ObjectText.Of(to)));
        }

        CommonComparer.CompareNamed(builder, subject, from, to);
        if (builder.Disagreements == before)
        {
            builder.Agree(subject, from, to);
        }
    }

    private static Subject ValueSubject(EnumValue value, EnumType type, Subject subject) =>
        new(SubjectKind.EnumValue, value.Name, type.Name.Schema, type.Name.Name, subject.Model, value.PrismaName);

    /// <summary>Whether the values that both have stand in another order; where values were added or dropped says nothing about the others.</summary>
    private static bool OrderDiffers(EnumType from, EnumType to, List<(EnumValue From, EnumValue To)> pairs)
    {
        var positions = new Dictionary<string, int>(to.Values.Length);
        for (var i = 0; i < to.Values.Length; i++)
        {
            positions[to.Values[i].Name] = i;
        }

        var partner = pairs.ToDictionary(p => p.From, p => p.To, (IEqualityComparer<EnumValue>)ReferenceEqualityComparer.Instance);
        var last = -1;
        foreach (var value in from.Values)
        {
            if (partner.TryGetValue(value, out var other))
            {
                var position = positions[other.Name];
                if (position < last)
                {
                    return true;
                }

                last = position;
            }
        }

        return false;
    }
}
