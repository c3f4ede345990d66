using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes domains. PostgreSQL documentation, "CREATE DOMAIN".</summary>
internal static class DomainWriter
{
    internal static IEnumerable<string> Create(DomainType domain)
    {
        var sql = new StringBuilder("CREATE DOMAIN ").Append(SqlIdentifier.Quote(domain.Name)).Append(" AS ").Append(SqlType.Of(domain.BaseType));
        sql.Append(domain.Collation is { } collation ? $" COLLATE {ColumnWriter.Collation(collation)}" : "").Append(domain.Default is { } value ? $" DEFAULT {value.Text}" : "");
        sql.Append(domain.NotNull ? " NOT NULL" : "");
        foreach (var check in domain.Checks.Where(c => c.IsValidated))
        {
            sql.Append(' ').Append(ConstraintWriter.Check(check));
        }

        yield return sql.ToString();
        foreach (var check in domain.Checks.Where(c => !c.IsValidated))
        {
            yield return $"ALTER DOMAIN {SqlIdentifier.Quote(domain.Name)} ADD {ConstraintWriter.Check(check)}";
        }
    }
}
