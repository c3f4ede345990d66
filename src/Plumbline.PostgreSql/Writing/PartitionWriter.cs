using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Writes tables so that partitions and children come out with their own names. A partition is made as a table of its own, with its own indexes and
/// constraints, and then attached: PostgreSQL takes what is there for what the parent asks, and invents no names.
/// </summary>
internal static class PartitionWriter
{
    internal static IEnumerable<string> Create(
        Table table, IReadOnlyDictionary<ObjectName, Table> tables, IReadOnlyDictionary<(ObjectName, string), Sequence> identities, bool expressionsLater)
    {
        // Inheriting puts the parents' columns first; where they are not, the table is made alone and told to inherit.
        var inline = table.Inherits.Length == 1 && tables.TryGetValue(table.Inherits[0], out var parent) && parent.Columns.Length <= table.Columns.Length
            && parent.Columns.Select(c => c.Name).SequenceEqual(table.Columns.Take(parent.Columns.Length).Select(c => c.Name));
        yield return TableWriter.Create(table, identities, inline, expressionsLater);
        foreach (var statement in TableWriter.Settings(table))
        {
            yield return statement;
        }

        if (!inline)
        {
            foreach (var other in table.Inherits)
            {
                yield return $"{TableWriter.Alter(table.Name)} INHERIT {SqlIdentifier.Quote(other)}";
            }
        }
    }

    /// <summary>Partitions are attached from the leaves up; their own indexes must be there before.</summary>
    internal static IEnumerable<string> Attachments(DatabaseSchema schema)
    {
        var partitions = schema.Tables.Where(t => t.PartitionOf is not null).ToList();
        foreach (var index in partitions.SelectMany(t => t.Indexes.Select(i => IndexWriter.Create(t.Name, i))))
        {
            yield return index;
        }

        foreach (var key in partitions.SelectMany(t => t.ForeignKeys.Where(k => !IsToItself(schema, t, k)).Select(k => TableWriter.AddForeignKey(t, k))))
        {
            yield return key;
        }

        foreach (var table in partitions)
        {
            yield return TableWriter.Attach(table);
        }
    }

    /// <summary>The indexes of tables that are no partitions.</summary>
    internal static IEnumerable<string> Indexes(DatabaseSchema schema) =>
        schema.Tables.Where(t => t.PartitionOf is null).SelectMany(t => t.Indexes.Select(i => IndexWriter.Create(t.Name, i, only: t.Kind == TableKind.Partitioned && !i.IsValid)));

    /// <summary>The foreign keys of tables that are no partitions: those of partitions are made before these are attached.</summary>
    internal static IEnumerable<string> ForeignKeys(DatabaseSchema schema) =>
        schema.Tables.Where(t => t.PartitionOf is null &&
            t.Persistence != Persistence.Temporary).SelectMany(t => t.ForeignKeys.Select(k => TableWriter.AddForeignKey(t, k)));

    /// <summary>Triggers; a row trigger of a partitioned table is made on its partitions by itself.</summary>
    internal static IEnumerable<string> Triggers(DatabaseSchema schema)
    {
        var tables = schema.Tables.ToDictionary(t => t.Name);
        foreach (var table in schema.Tables)
        {
            foreach (var trigger in table.Triggers)
            {
                if (!IsInherited(table, trigger, tables))
                {
                    yield return TriggerWriter.Create(table.Name, trigger);
                }
            }
        }

        foreach (var table in schema.Tables)
        {
            foreach (var trigger in table.Triggers.Where(t => t.State != TriggerState.Enabled))
            {
                yield return $"ALTER TABLE ONLY {SqlIdentifier.Quote(table.Name)} {TriggerWriter.Switch("TRIGGER", trigger.Name, trigger.State)}";
            }
        }
    }

    private static bool IsInherited(Table table, Trigger trigger, Dictionary<ObjectName, Table> tables) =>
        trigger.ForEachRow && table.PartitionOf is { } parent && tables.TryGetValue(parent, out var partitioned) &&
            partitioned.Triggers.Any(t => t.ForEachRow && t.Name == trigger.Name);

    /// <summary>A key that points to the partitioned table comes to its partitions when that table gets it.</summary>
    private static bool IsToItself(DatabaseSchema schema, Table table, ForeignKey key) =>
        key.ReferencedTable == table.PartitionOf &&
            schema.Tables.Any(t => t.Name == table.PartitionOf && t.ForeignKeys.Any(k => k.Columns.SequenceEqual(key.Columns)));
}
