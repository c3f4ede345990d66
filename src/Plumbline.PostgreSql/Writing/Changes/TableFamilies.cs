using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// The partitions and children that stay with their parents while a plan runs. What happens to a column or constraint of a parent happens to theirs by
/// itself, and can't be done to theirs alone. PostgreSQL documentation, "Inheritance" and "Table Partitioning".
/// </summary>
internal sealed class TableFamilies
{
    private readonly DependencyGraph _from;
    private readonly DependencyGraph _to;
    private readonly Dictionary<ObjectName, List<ObjectName>> _parents = [];
    private readonly Dictionary<ObjectName, List<ObjectName>> _children = [];

    /// <param name="from">The objects of FROM under their current names.</param>
    /// <param name="to">The objects of TO.</param>
    /// <param name="broken">The links that are taken apart, whatever becomes of them.</param>
    internal TableFamilies(DependencyGraph from, DependencyGraph to, IReadOnlySet<ObjectKey> broken)
    {
        (_from, _to) = (from, to);
        foreach (var link in from.Links.Where(n => !broken.Contains(n.Key) && to.Find(n.Key) is not null))
        {
            var child = link.Key.Name;
            var parent = link.Needs.First(k => k.Kind == ObjectKind.Table && k.Name.ToString() == link.Key.Member).Name;
            Put(_parents, child, parent);
            Put(_children, parent, child);
        }
    }

    /// <summary>Whether no table stays with a parent.</summary>
    internal bool IsEmpty => _parents.Count == 0;

    internal IReadOnlyList<ObjectName> Parents(ObjectName table) => _parents.TryGetValue(table, out var parents) ? parents : [];

    /// <summary>The children of a table, and theirs, each once.</summary>
    internal IEnumerable<ObjectName> Descendants(ObjectName table)
    {
        HashSet<ObjectName> seen = [];
        var open = new Stack<ObjectName>(ChildrenOf(table));
        while (open.TryPop(out var child))
        {
            if (seen.Add(child))
            {
                yield return child;
                foreach (var deeper in ChildrenOf(child))
                {
                    open.Push(deeper);
                }
            }
        }
    }

    // The last one first, as a stack takes them.
    private IEnumerable<ObjectName> ChildrenOf(ObjectName table) => _children.TryGetValue(table, out var children) ? Enumerable.Reverse(children) : [];

    /// <summary>What an object of FROM has from the parents of its table.</summary>
    internal IEnumerable<ObjectKey> OriginsInFrom(ObjectKey key) => _from.Find(key) is { } node ? Origins(_from, node) : [];

    /// <summary>What an object of TO has from the parents of its table.</summary>
    internal IEnumerable<ObjectKey> OriginsInTo(ObjectKey key) => _to.Find(key) is { } node ? Origins(_to, node) : [];

    private IEnumerable<ObjectKey> Origins(DependencyGraph graph, DependencyNode node)
    {
        if (node.Parent is not Table child || !_parents.TryGetValue(node.Key.Name, out var parents))
        {
            yield break;
        }

        foreach (var parent in parents)
        {
            if (graph.Find(ObjectKey.Of(ObjectKind.Table, parent))?.Item is Table table && Origin(graph, node, child, table, parent) is { } origin)
            {
                yield return origin;
            }
        }
    }

    private static ObjectKey? Origin(DependencyGraph graph, DependencyNode node, Table child, Table parent, ObjectName name)
    {
        var isPartition = child.PartitionOf is not null;
        var same = node.Key with { Name = name };
        return node.Item switch
        {
            Column when node.Key.Kind == ObjectKind.Column => graph.Find(same)?.Key,
            Column { Generated: not null } => graph.Find(same) is { Item: Column { Generated: not null } } ? same : null,
            CheckConstraint { NoInherit: false } => graph.Find(same) is { Item: CheckConstraint { NoInherit: false } } ? same : null,
            ForeignKey key when isPartition => KeyOf(graph, parent, parent.ForeignKeys.FirstOrDefault(k =>
                k.Columns.SequenceEqual(key.Columns) && k.ReferencedTable == key.ReferencedTable && k.ReferencedColumns.SequenceEqual(key.ReferencedColumns))),
            KeyConstraint key when isPartition && ReferenceEquals(child.PrimaryKey, key) => KeyOf(graph, parent, parent.PrimaryKey),
            KeyConstraint key when isPartition => KeyOf(graph, parent, parent.UniqueConstraints.FirstOrDefault(k => k.Columns.SequenceEqual(key.Columns))),
            Index { PartitionOf: { } whole } when isPartition => KeyOf(graph, parent, parent.Indexes.FirstOrDefault(i => i.Name == whole.Name)),
            Trigger { ForEachRow: true } when isPartition => graph.Find(same) is { Item: Trigger { ForEachRow: true } } ? same : null,
            _ => null,
        };
    }

    private static ObjectKey? KeyOf(DependencyGraph graph, Table parent, SchemaObject? item) => item is null ? null : graph.Find(item, parent)?.Key;

    private static void Put(Dictionary<ObjectName, List<ObjectName>> lists, ObjectName key, ObjectName value)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(value);
    }
}
