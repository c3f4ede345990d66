using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>The names that a table takes among those of tables, views, indexes, sequences and types.</summary>
internal static class RelationNames
{
    /// <summary>A table's own name, and those of its indexes and sequences.</summary>
    internal static IEnumerable<ObjectName> Of(DatabaseSchema schema, Table table)
    {
        var indexes = table.Indexes.Select(i => i.Name)
            .Concat(table.UniqueConstraints.Select(k => k.Name))
            .Concat(table.Exclusions.Select(e => e.Name))
            .Concat(table.PrimaryKey is { } key ? [key.Name] : []);
        return indexes.Select(n => table.Name with { Name = n }).Prepend(table.Name)
            .Concat(schema.Sequences.Where(s => s.OwnedByTable == table.Name).Select(s => s.Name));
    }

    /// <summary>The names of a column's sequences.</summary>
    internal static IEnumerable<ObjectName> OfColumn(DatabaseSchema schema, Table table, Column column) =>
        schema.Sequences.Where(s => s.OwnedByTable == table.Name && s.OwnedByColumn == column.Name).Select(s => s.Name);
}
