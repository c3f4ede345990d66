using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares extensions.</summary>
internal static class ExtensionComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<Extension>.By(builder.From.Extensions, builder.To.Extensions, e => e.Name);
        foreach (var (from, to) in pairing.Pairs)
        {
            var subject = new Subject(SubjectKind.Extension, to.Name);
            CommonComparer.CompareComment(builder, subject, from, to, default);
            var differs = (from.Version is not null && to.Version is not null && from.Version != to.Version && !builder.ServersDiffer) ||
                (from.Schema is not null && to.Schema is not null && from.Schema != to.Schema);
            if (differs)
            {
                builder.Differs(SchemaFeature.ExtensionDetail, default(Parents).Change(ChangeKind.AlterExtension, subject, from, to, Text(from), Text(to)));
            }
        }

        foreach (var from in pairing.OnlyFrom)
        {
            OneSided(builder, ChangeKind.DropExtension, from, null);
        }

        foreach (var to in pairing.OnlyTo)
        {
            OneSided(builder, ChangeKind.AddExtension, null, to);
        }
    }

    private static void OneSided(ComparisonBuilder builder, ChangeKind kind, Extension? from, Extension? to)
    {
        var item = (from ?? to)!;
        var change = default(Parents).Change(
            kind, new Subject(SubjectKind.Extension, item.Name), from, to, from is null ? null : Text(from), to is null ? null : Text(to));

        // What a Prisma schema lists must be there; what it does not list says nothing.
        if ((from is null ? builder.To : builder.From).Source == SourceKind.Prisma)
        {
            builder.Add(change);
        }
        else
        {
            builder.OneSided(SchemaFeature.Extension, change, null);
        }
    }

    private static string Text(Extension extension) =>
        extension.Name + (extension.Schema is null ? "" : $" SCHEMA {extension.Schema}") + (extension.Version is null ? "" : $" VERSION {extension.Version}");
}
