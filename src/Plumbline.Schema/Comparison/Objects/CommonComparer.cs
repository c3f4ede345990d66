using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>Compares what objects of every kind have: comment, owner, privileges.</summary>
internal static class CommonComparer
{
    private const string OwnerOfAll = "postgres";

    // MAINTAIN came with this version, and ALL gives it.
    private const int MaintainVersion = 17;

    internal static void CompareNamed(ComparisonBuilder builder, Subject subject, NamedObject from, NamedObject to)
    {
        CompareComment(builder, subject, from, to, default);
        CompareOwner(builder, subject, from, to, from.Owner, to.Owner);
        CompareGrants(builder, subject, from, to, from.Grants, to.Grants, default);
    }

    internal static void CompareComment(ComparisonBuilder builder, Subject subject, SchemaObject from, SchemaObject to, Parents parents)
    {
        if (from.Comment == to.Comment)
        {
            return;
        }

        var kind = from.Comment is null ? ChangeKind.AddComment : to.Comment is null ? ChangeKind.DropComment : ChangeKind.AlterComment;
        builder.Differs(SchemaFeature.Comment, parents.Change(kind, subject, from, to, from.Comment, to.Comment));
    }

    internal static void CompareOwner(ComparisonBuilder builder, Subject subject, SchemaObject from, SchemaObject to, string? fromOwner, string? toOwner)
    {
        // In a database and in the SQL that made it, what nobody gave away belongs to the role that made everything. Other sources that do not say who owns an
        // object have nothing to differ in.
        if (builder.OneSideIsDatabase)
        {
            fromOwner ??= OwnerOfAll;
            toOwner ??= OwnerOfAll;
        }

        if (fromOwner is not null && toOwner is not null && fromOwner != toOwner)
        {
            builder.Differs(SchemaFeature.Owner, default(Parents).Change(ChangeKind.AlterOwner, subject, from, to, fromOwner, toOwner));
        }
    }

    internal static void CompareGrants(ComparisonBuilder builder, Subject subject, SchemaObject from, SchemaObject to, ImmutableArray<Grant>? fromGrants, ImmutableArray<Grant>? toGrants, Parents parents)
    {
        if (AreEqual(from, fromGrants, to, toGrants, withMaintain: !(builder.ServersDiffer && builder.OneSideIsBefore(MaintainVersion))))
        {
            return;
        }

        var kind = fromGrants is null ? ChangeKind.AddGrant : toGrants is null ? ChangeKind.DropGrant : ChangeKind.AlterGrant;
        var change = parents.Change(kind, subject with { Kind = SubjectKind.Grant }, from, to, ObjectText.Of(fromGrants), ObjectText.Of(toGrants));
        builder.Differs(SchemaFeature.Grant, change);
    }

    internal static bool AreEqual(ImmutableArray<StorageParameter> from, ImmutableArray<StorageParameter> to) =>
        from.Length == to.Length && (from.Length == 0 || from.Order(ParameterOrder).SequenceEqual(to.Order(ParameterOrder)));

    private static readonly Comparer<StorageParameter> ParameterOrder = Comparer<StorageParameter>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private static bool AreEqual(SchemaObject from, ImmutableArray<Grant>? fromGrants, SchemaObject to, ImmutableArray<Grant>? toGrants, bool withMaintain)
    {
        if (fromGrants is null && toGrants is null)
        {
            return true;
        }

        static ImmutableArray<Grant> Written(SchemaObject item, ImmutableArray<Grant>? grants) => grants ?? DefaultGrants.Of(item, OwnerOf(item));
        IEnumerable<string> Items(ImmutableArray<Grant> grants) => grants.Select(g => $"{g.Grantee}\0{Known(g.Privileges)}\0{g.Grantor}").Order(StringComparer.Ordinal);
        string Known(string privileges) => withMaintain ? privileges : privileges.Replace("m*", "", StringComparison.Ordinal).Replace("m", "", StringComparison.Ordinal);
        return Items(Written(from, fromGrants)).SequenceEqual(Items(Written(to, toGrants)));
    }

    private static string OwnerOf(SchemaObject item) => item switch { NamedObject named => named.Owner, Namespace schema => schema.Owner, _ => null } ?? OwnerOfAll;
}
