using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes enum types.</summary>
internal static class EnumWriter
{
    internal static string Create(EnumType type) => Create(type, type.Name);

    internal static string Create(EnumType type, ObjectName name) =>
        $"CREATE TYPE {SqlIdentifier.Quote(name)} AS ENUM ({string.Join(", ", type.Values.Select(v => SqlLiteral.Quote(v.Name)))})";
}
