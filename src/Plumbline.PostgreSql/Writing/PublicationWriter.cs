using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes publications. PostgreSQL documentation, "CREATE PUBLICATION".</summary>
internal static class PublicationWriter
{
    internal static string Create(Publication publication)
    {
        // Before PostgreSQL 15 the word TABLE stood only once.
        var parts = publication.Tables.Select((t, i) => (i == 0 ? "TABLE " : "") + SqlIdentifier.Quote(t)).Concat(publication.Schemas.Select(s => $"TABLES IN SCHEMA {SqlIdentifier.Quote(s)}"));
        var scope = publication.AllTables
            ? " FOR ALL TABLES"
            : publication.Tables.Length + publication.Schemas.Length == 0
            ? ""
            : $" FOR {string.Join(", ", parts)}";
        var options = publication.Options.Length == 0
            ? ""
            : $" WITH ({string.Join(", ", publication.Options.Select(o => $"{o.Name} = {SqlLiteral.Quote(o.Value)}"))})";
        return $"CREATE PUBLICATION {SqlIdentifier.Quote(publication.Name)}{scope}{options}";
    }
}
