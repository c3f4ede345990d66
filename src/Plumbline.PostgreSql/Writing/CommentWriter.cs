using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes comments. PostgreSQL documentation, "COMMENT".</summary>
internal static class CommentWriter
{
    internal static string On(string reference, string? comment) => $"COMMENT ON {reference} IS {(comment is null ? "NULL" : SqlLiteral.Quote(comment))}";

    /// <summary>All comments of a schema.</summary>
    internal static IEnumerable<string> All(DatabaseSchema schema)
    {
        // The standard comment of "public" is not the schema's to say.
        IEnumerable<IEnumerable<(SchemaObject, NamedObject?)>> objects =
        [
            schema.Namespaces.Where(n => n.Name != "public" || n.Comment is not (null or "standard public schema")).Select(Alone),
            schema.Extensions.Select(Alone),
            schema.Enums.Select(Alone),
            schema.CompositeTypes.SelectMany(t => t.Attributes.Select(a => Of(a, t)).Prepend((t, null))),
            schema.Domains.SelectMany(d => d.Checks.Select(c => Of(c, d)).Prepend((d, null))),
            schema.RangeTypes.Select(Alone),
            schema.Functions.Select(Alone),
            schema.Tables.SelectMany(Members),
            schema.Sequences.Select(Alone),
            schema.Views.SelectMany(Members),
            schema.Publications.Select(Alone),
        ];
        foreach (var (item, parent) in objects.SelectMany(o => o))
        {
            if (item.Comment is { } comment && Reference(item, parent) is { } reference)
            {
                yield return On(reference, comment);
            }
        }
    }

    /// <summary>How <c>COMMENT ON</c> names an object; null where it can have no comment.</summary>
    /// <param name="item">The object.</param>
    /// <param name="parent">The table, view or type that it is a member of; null where it is none.</param>
    internal static string? Reference(SchemaObject item, NamedObject? parent)
    {
        var owner = parent is null ? "" : SqlIdentifier.Quote(parent.Name);
        return item switch
        {
            Namespace schema => $"SCHEMA {SqlIdentifier.Quote(schema.Name)}",
            Extension extension => $"EXTENSION {SqlIdentifier.Quote(extension.Name)}",
            DomainType domain => $"DOMAIN {SqlIdentifier.Quote(domain.Name)}",
            EnumType or CompositeType or RangeType => $"TYPE {SqlIdentifier.Quote(((NamedObject)item).Name)}",
            Function function => FunctionWriter.Reference(function),
            Table { Kind: TableKind.Foreign } table => $"FOREIGN TABLE {SqlIdentifier.Quote(table.Name)}",
            Table table => $"TABLE {SqlIdentifier.Quote(table.Name)}",
            View view => ViewWriter.Reference(view),
            Sequence sequence => $"SEQUENCE {SqlIdentifier.Quote(sequence.Name)}",
            Publication publication => $"PUBLICATION {SqlIdentifier.Quote(publication.Name)}",
            Column column when parent is not null => $"COLUMN {owner}.{SqlIdentifier.Quote(column.Name)}",
            Constraint constraint when parent is DomainType => $"CONSTRAINT {SqlIdentifier.Quote(constraint.Name)} ON DOMAIN {owner}",
            Constraint constraint when parent is not null => $"CONSTRAINT {SqlIdentifier.Quote(constraint.Name)} ON {owner}",
            Schema.Model.Index index when parent is not null => $"INDEX {SqlIdentifier.Quote(new ObjectName(parent.Name.Schema, index.Name))}",
            Trigger trigger when parent is not null => $"TRIGGER {SqlIdentifier.Quote(trigger.Name)} ON {owner}",
            Policy policy when parent is not null => $"POLICY {SqlIdentifier.Quote(policy.Name)} ON {owner}",
            RewriteRule rule when parent is not null => $"RULE {SqlIdentifier.Quote(rule.Name)} ON {owner}",
            _ => null,
        };
    }

    /// <summary>A table with its members.</summary>
    internal static IEnumerable<(SchemaObject Item, NamedObject? Parent)> Members(Table table)
    {
        IEnumerable<SchemaObject> members =
            [.. table.Columns, .. table.UniqueConstraints, .. table.Checks, .. table.Exclusions, .. table.ForeignKeys, .. table.Indexes, .. table.Triggers, .. table.Policies, .. table.Rules];
        return members.Select(m => Of(m, table)).Concat(table.PrimaryKey is { } key ? [Of(key, table)] : []).Prepend((table, null));
    }

    private static IEnumerable<(SchemaObject, NamedObject?)> Members(View view)
    {
        IEnumerable<SchemaObject> members = [.. view.Columns, .. view.Indexes, .. view.Triggers, .. view.Rules];
        return members.Select(m => Of(m, view)).Prepend((view, null));
    }

    private static (SchemaObject Item, NamedObject? Parent) Alone(SchemaObject item) => (item, null);

    private static (SchemaObject Item, NamedObject? Parent) Of(SchemaObject item, NamedObject parent) => (item, parent);
}
