using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay.Effects;

/// <summary>What is different about an object, in a few words.</summary>
internal static class ChangeDetail
{
    /// <summary>The words; null where kind and names say all.</summary>
    public static string? Of(ObjectChange change)
    {
        if (change.Kind == ObjectChangeKind.Create)
        {
            return change.After is IndexState { Constraint: null } index ? $"on {index.Table}" : null;
        }

        if (change.Kind != ObjectChangeKind.Change)
        {
            return null;
        }

        var details = change.Rows switch
        {
            (ColumnRow before, ColumnRow after) => Column(change, before, after),
            (RelationRow before, RelationRow after) => Relation(before, after),
            (ConstraintRow before, ConstraintRow after) => Constraint(before, after),
            (TriggerRow before, TriggerRow after) => [before.State != after.State ? Lower(after.State) : null, Comment(before.Comment, after.Comment)],
            (TypeRow before, TypeRow after) => Common(before.Owner, after.Owner, before.Acl != after.Acl, before.Comment, after.Comment),
            (FunctionRow before, FunctionRow after) => Common(before.Owner, after.Owner, before.Acl != after.Acl, before.Comment, after.Comment),
            (NamespaceRow before, NamespaceRow after) => Common(before.Owner, after.Owner, before.Acl != after.Acl, before.Comment, after.Comment),
            (PublicationRow before, PublicationRow after) => Common(before.Owner, after.Owner, false, before.Comment, after.Comment),
            (ExtensionRow before, ExtensionRow after) =>
                [before.Version != after.Version ? "version" : null, before.Namespace != after.Namespace ? "schema" : null, Comment(before.Comment, after.Comment)],
            (RuleRow before, RuleRow after) => [before.State != after.State ? Lower(after.State) : null, Comment(before.Comment, after.Comment)],
            (PolicyRow before, PolicyRow after) => [Comment(before.Comment, after.Comment)],
            _ => Array.Empty<string?>(),
        };
        var text = string.Join(", ", details.Where(d => d is not null));
        return text.Length == 0 ? null : text;
    }

    private static IEnumerable<string?> Column(ObjectChange change, ColumnRow before, ColumnRow after)
    {
        var (from, to) = ((ColumnState)change.Before!, (ColumnState)change.After!);
        yield return from.Type != to.Type ? $"type {from.Type} → {to.Type}" : null;
        yield return before.IsGenerated && !after.IsGenerated ? "no longer generated"
            : before.IsGenerated && from.Generated != to.Generated && from.Type == to.Type ? "generation expression"
            : before.Default is not null && after.Default is null ? "default dropped"
            : !before.IsGenerated && from.Default != to.Default && from.Type == to.Type ? "default"
            : null;
        yield return before.IsNotNull == after.IsNotNull ? null : after.IsNotNull ? "not null" : "nullable";
        yield return before.Identity == after.Identity ? null : before.Identity == '\0' ? "identity added" : after.Identity == '\0' ? "identity dropped" : "identity";
        yield return before.StatisticsTarget != after.StatisticsTarget ? "statistics target" : null;
        yield return from.Type == to.Type && before.Storage != after.Storage ? "storage" : null;
        yield return from.Type == to.Type && before.Compression != after.Compression ? "compression" : null;
        yield return before.Acl != after.Acl ? "privileges" : null;
        yield return Comment(before.Comment, after.Comment);
    }

    private static IEnumerable<string?> Relation(RelationRow before, RelationRow after)
    {
        yield return before.RowSecurity == after.RowSecurity ? null : after.RowSecurity ? "enable row level security" : "disable row level security";
        yield return before.ForceRowSecurity == after.ForceRowSecurity ? null : after.ForceRowSecurity ? "force row level security" : "no force row level security";
        yield return before.Persistence == after.Persistence ? null : after.Persistence == 'u' ? "unlogged" : "logged";
        yield return before.ReplicaIdentity != after.ReplicaIdentity || before.Index?.IsReplicaIdentity != after.Index?.IsReplicaIdentity ? "replica identity" : null;
        yield return before.Options != after.Options ? "options" : null;
        yield return before.Index?.IsClustered != after.Index?.IsClustered ? "cluster" : null;
        yield return before.Index?.Parent != after.Index?.Parent && after.Index?.Parent is { } index ? $"attached to {index.QualifiedName}" : null;
        yield return before.Parents == after.Parents ? null
            : after.IsPartition && !before.IsPartition ? $"attached to {after.Parents[0].QualifiedName}"
            : before.IsPartition && !after.IsPartition ? $"detached from {before.Parents[0].QualifiedName}"
            : "inheritance";
        yield return before.IsPopulated == after.IsPopulated ? null : after.IsPopulated ? "populated" : "emptied";
        foreach (var detail in Common(before.Owner, after.Owner, before.Acl != after.Acl, before.Comment, after.Comment))
        {
            yield return detail;
        }
    }

    private static string?[] Constraint(ConstraintRow before, ConstraintRow after) =>
    [
        !before.IsValidated && after.IsValidated ? "validated" : null,
        Comment(before.Comment, after.Comment),
    ];

    private static string?[] Common(RoleObject from, RoleObject to, bool hasOtherPrivileges, string? before, string? after) =>
        [from != to ? "owner" : hasOtherPrivileges ? "privileges" : null, Comment(before, after)];

    private static string? Comment(string? before, string? after) => before != after ? "comment" : null;

    private static string Lower(Schema.Model.TriggerState state) => state.ToString().ToLowerInvariant();
}
