using Plumbline.Schema.Comparison.Canonical;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares schemas in PostgreSQL's sense.</summary>
internal static class NamespaceComparer
{
    internal static void Compare(ComparisonBuilder builder)
    {
        var pairing = Pairing<Namespace>.By(builder.From.Namespaces, builder.To.Namespaces, n => NameCutting.Cut(n.Name));
        foreach (var (from, to) in pairing.Pairs)
        {
            var subject = new Subject(SubjectKind.Schema, to.Name);
            CommonComparer.CompareComment(builder, subject, from, to, default);
            CommonComparer.CompareOwner(builder, subject, from, to, from.Owner, to.Owner);
            if (to.Name != "public" || !GrantsOfPublic.AreSame(builder, from.Grants, to.Grants))
            {
                CommonComparer.CompareGrants(builder, subject, from, to, from.Grants, to.Grants, default);
            }
        }

        foreach (var from in pairing.OnlyFrom)
        {
            OneSided(builder, ChangeKind.DropSchema, from, null);
        }

        foreach (var to in pairing.OnlyTo)
        {
            OneSided(builder, ChangeKind.AddSchema, null, to);
        }
    }

    private static void OneSided(ComparisonBuilder builder, ChangeKind kind, Namespace? from, Namespace? to)
    {
        // A Prisma schema that lists a schema says that it exists; that it does not list one says nothing. "public" exists in every new database.
        var item = (from ?? to)!;
        var holder = from is null ? builder.To : builder.From;
        if (item.Name == "public" && builder.OneSideIsPrisma)
        {
            return;
        }

        var change = default(Parents).Change(kind, new Subject(SubjectKind.Schema, item.Name), from, to, from?.Name, to?.Name);
        if (holder.Source == SourceKind.Prisma)
        {
            builder.Add(change);
        }
        else
        {
            builder.OneSided(SchemaFeature.Schema, change, item.Name);
        }
    }
}
