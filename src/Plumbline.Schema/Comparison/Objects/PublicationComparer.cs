using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares publications.</summary>
internal static class PublicationComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<Publication>.By(builder.From.Publications, builder.To.Publications, p => NameCutting.Cut(p.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            var subject = new Subject(SubjectKind.Publication, to.Name);
            var same = from.AllTables == to.AllTables && from.Tables.Select(builder.Renames.Table).ToHashSet().SetEquals(to.Tables) && from.Schemas.ToHashSet().SetEquals(to.Schemas) && CommonComparer.AreEqual(from.Options, to.Options);
            if (!same)
            {
                builder.Differs(SchemaFeature.Publication, default(Parents).Change(ChangeKind.AlterPublication, subject, from, to, Text(from), Text(to)));
            }

            CommonComparer.CompareComment(builder, subject, from, to, default);
        }

        foreach (var from in pairing.OnlyFrom)
        {
            builder.OneSided(SchemaFeature.Publication, default(Parents).Change(ChangeKind.DropPublication, new Subject(SubjectKind.Publication, from.Name), from, null, Text(from), null), null);
        }

        foreach (var to in pairing.OnlyTo)
        {
            builder.OneSided(SchemaFeature.Publication, default(Parents).Change(ChangeKind.AddPublication, new Subject(SubjectKind.Publication, to.Name), null, to, null, Text(to)), null);
        }
    }

    private static string Text(Publication publication)
    {
        var members = publication.Tables.Select(t => $"TABLE {ObjectText.Of(t)}").Concat(publication.Schemas.Select(s => $"TABLES IN SCHEMA {s}"));
        return "FOR " + (publication.AllTables ? "ALL TABLES" : string.Join(", ", members)) + (ObjectText.Of(publication.Options) is { } options ? $" WITH ({options})" : "");
    }
}
