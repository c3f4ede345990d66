using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay;

/// <summary>The privileges that new objects get from ALTER DEFAULT PRIVILEGES (<c>get_user_default_acl</c>).</summary>
internal static class DefaultPrivileges
{
    /// <summary>The list of a new object; null where nothing was altered, or it comes to the same.</summary>
    /// <param name="execution">The session.</param>
    /// <param name="kind"><c>r</c> table, <c>S</c> sequence, <c>f</c> function, <c>T</c> type, <c>n</c> schema.</param>
    /// <param name="schema">Where it lives; null for a schema.</param>
    public static ImmutableArray<AclItem>? For(Execution execution, char kind, NamespaceObject? schema)
    {
        var entries = execution.Database.DefaultAcls.Value;
        if (entries.IsEmpty)
        {
            return null;
        }

        var owner = execution.CurrentRole;
        var builtin = Privileges.Default(kind, owner);
        ImmutableArray<AclItem>? global = null;
        ImmutableArray<AclItem>? local = null;
        foreach (var entry in entries)
        {
            if (entry.Role != owner || entry.Kind != kind)
            {
                continue;
            }

            if (entry.Namespace is null)
            {
                global = entry.Acl;
            }
            else if (entry.Namespace == schema)
            {
                local = entry.Acl;
            }
        }

        if (global is null && local is null)
        {
            return null;
        }

        var merged = global ?? builtin;
        foreach (var item in local ?? [])
        {
            merged = Privileges.Grant(merged, item.Grantee, item.Grantor, item.Privileges, withGrantOption: false);
            merged = Privileges.Grant(merged, item.Grantee, item.Grantor, item.GrantOptions, withGrantOption: true);
        }

        var sorted = merged.OrderBy(i => i.Grantee?.Oid ?? 0).ThenBy(i => i.Grantor.Oid).ToImmutableArray();
        return Same(sorted, builtin) ? null : sorted;
    }

    private static bool Same(ImmutableArray<AclItem> a, ImmutableArray<AclItem> b) => a.Length == b.Length && a.All(b.Contains);
}
