using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>The names that a table takes among those of tables, views, indexes, sequences and types.</summary>
internal static class RelationNames
{
    /// <summary>A table's own name, and those of its indexes and sequences.</summary>
    /// <param name="owned">The sequences that it owns.</param>
    /// <param name="table">The table.</param>
    internal static IEnumerable<ObjectName> Of(IEnumerable<Sequence> owned, Table table)
    {
        var indexes = table.Indexes.Select(i => i.Name)
            .Concat(table.UniqueConstraints.Select(k => k.Name))
            .Concat(table.Exclusions.Select(e => e.Name))
            .Concat(table.PrimaryKey is { } key ? [key.Name] : []);
        return indexes.Select(n => table.Name with { Name = n }).Prepend(table.Name)
            .Concat(owned.Select(s => s.Name));
    }

    /// <summary>The names of a column's sequences.</summary>
    /// <param name="owned">The sequences that its table owns.</param>
    /// <param name="column">The column.</param>
    internal static IEnumerable<ObjectName> OfColumn(IEnumerable<Sequence> owned, Column column) => owned.Where(s => s.OwnedByColumn == column.Name).Select(s => s.Name);
}
