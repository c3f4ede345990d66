using System.Text;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes policies. PostgreSQL documentation, "CREATE POLICY".</summary>
internal static class PolicyWriter
{
    internal static string Create(ObjectName table, Policy policy)
    {
        var sql = new StringBuilder("CREATE POLICY ")
            .Append(SqlIdentifier.Quote(policy.Name))
            .Append(" ON ")
            .Append(SqlIdentifier.Quote(table))
            .Append(policy.IsPermissive ? "" : " AS RESTRICTIVE");
        sql.Append(policy.Command == PolicyCommand.All ? "" : $" FOR {policy.Command.ToString().ToUpperInvariant()}");
        sql.Append(policy.Roles is ["public"] ? "" : $" TO {string.Join(", ", policy.Roles.Select(RoleWriter.Name))}");
        return sql.Append(policy.Using is { } condition ? $" USING ({condition.Text})" : "")
            .Append(policy.WithCheck is { } check ? $" WITH CHECK ({check.Text})" : "")
            .ToString();
    }
}
