using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes schemas in PostgreSQL's sense.</summary>
internal static class NamespaceWriter
{
    /// <summary>The schemas to make; <c>public</c> is there, and goes where a source that speaks of all schemas does not have it.</summary>
    internal static IEnumerable<string> Create(DatabaseSchema schema)
    {
        foreach (var item in schema.Namespaces.Where(n => n.Name != "public"))
        {
            yield return Create(item.Name);
        }

        if (schema.Source is SourceKind.Sql or SourceKind.Database && !schema.Namespaces.IsEmpty && !schema.Namespaces.Any(n => n.Name == "public"))
        {
            yield return "DROP SCHEMA public";
        }
    }

    internal static string Create(string name) => $"CREATE SCHEMA {SqlIdentifier.Quote(name)}";

    internal static string CreateWhereMissing(string name) => $"CREATE SCHEMA IF NOT EXISTS {SqlIdentifier.Quote(name)}";
}
