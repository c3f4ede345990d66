using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes roles, which belong to the whole server: they are made only where they are missing.</summary>
internal static class RoleWriter
{
    /// <summary>A role as GRANT and CREATE POLICY name it.</summary>
    internal static string Name(string role) => role is "" or "public" ? "PUBLIC" : SqlIdentifier.Quote(role);

    internal static string CreateWhereMissing(string role)
    {
        var statement =
            $"IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {SqlLiteral.Quote(role)}) THEN CREATE ROLE {SqlIdentifier.Quote(role)}; END IF;";
        return $"DO {SqlLiteral.DollarQuote($"BEGIN {statement} END")}";
    }

    /// <summary>The roles that TO needs and FROM does not.</summary>
    internal static IEnumerable<string> Missing(SchemaComparison comparison) => Needed(comparison.To).Except(Needed(comparison.From));

    /// <summary>The roles that a schema creates, owns by, grants to or names in policies, sorted, without those that every server has.</summary>
    internal static IEnumerable<string> Needed(DatabaseSchema schema)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        roles.UnionWith(schema.Roles.Select(r => r.Name));
        foreach (var (_, owner, grants) in GrantWriter.Holders(schema))
        {
            if (owner is not null)
            {
                roles.Add(owner);
            }

            foreach (var grant in grants ?? [])
            {
                roles.Add(grant.Grantee);
                roles.Add(grant.Grantor ?? "");
            }
        }

        foreach (var table in schema.Tables)
        {
            roles.UnionWith(table.Policies.SelectMany(p => p.Roles));
            roles.UnionWith(table.Columns.SelectMany(c => c.Grants ?? []).SelectMany(g => new[] { g.Grantee, g.Grantor ?? "" }));
        }

        return roles.Where(r => r is not ("" or "public" or "postgres" or "current_user" or "session_user" or "current_role") &&
            !r.StartsWith("pg_", StringComparison.Ordinal));
    }
}
