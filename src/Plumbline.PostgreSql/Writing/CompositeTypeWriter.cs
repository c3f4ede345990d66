using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes composite types.</summary>
internal static class CompositeTypeWriter
{
    internal static string Create(CompositeType type) =>
        $"CREATE TYPE {SqlIdentifier.Quote(type.Name)} AS ({string.Join(", ", type.Attributes.Select(Attribute))})";

    internal static string Attribute(Column attribute) =>
        $"{SqlIdentifier.Quote(attribute.Name)} {SqlType.Of(attribute.Type)}{(attribute.Collation is { } collation ? $" COLLATE {ColumnWriter.Collation(collation)}" : "")}";
}
