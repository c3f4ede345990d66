using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes views and materialized views.</summary>
internal static class ViewWriter
{
    internal static IEnumerable<string> Create(View view)
    {
        if (view.Definition.Text.Length == 0)
        {
            // A Prisma schema knows the view and its columns, but not its query.
            yield break;
        }

        var sql = new StringBuilder(view.IsMaterialized ? "CREATE MATERIALIZED VIEW " : "CREATE VIEW ").Append(SqlIdentifier.Quote(view.Name));
        if (!view.Definition.IsCanonical && view.Columns.Length > 0)
        {
            // PostgreSQL's own form names every column in the query; what a person wrote may have named them in front of it.
            sql.Append(" (").Append(SqlIdentifier.List(view.Columns.Select(c => c.Name))).Append(')');
        }

        sql.Append(StorageParameters.With(view.Options)).Append(" AS\n").Append(view.Definition.Text.TrimEnd().TrimEnd(';').TrimEnd());
        yield return sql.Append(view is { IsMaterialized: true, IsPopulated: false } ? "\n  WITH NO DATA" : "").ToString();
        foreach (var column in view.Columns.Where(c => c.Default is not null && !view.IsMaterialized))
        {
            yield return $"ALTER VIEW {SqlIdentifier.Quote(view.Name)} ALTER COLUMN {SqlIdentifier.Quote(column.Name)} SET DEFAULT {column.Default!.Text}";
        }
    }

    /// <summary>The view as other statements name it.</summary>
    internal static string Reference(View view) => $"{(view.IsMaterialized ? "MATERIALIZED VIEW" : "VIEW")} {SqlIdentifier.Quote(view.Name)}";
}
