using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>The names that the objects of FROM have once renames are done. A plan renames first, so all its other statements use these.</summary>
internal sealed class CurrentNames
{
    private readonly Dictionary<ObjectName, ObjectName> _tables = [];
    private readonly Dictionary<ObjectName, ObjectName> _types = [];
    private readonly Dictionary<ObjectName, ObjectName> _sequences = [];
    private readonly Dictionary<(ObjectName, string), string> _columns = [];
    private readonly Dictionary<ObjectIdentity, string> _members = [];

    internal CurrentNames(SchemaComparison comparison)
    {
        foreach (var change in comparison.Changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.RenameTable, FromObject: Table from, ToObject: Table to }:
                    _tables[from.Name] = to.Name;
                    break;
                case { Kind: ChangeKind.RenameEnum, FromObject: EnumType from, ToObject: EnumType to }:
                    _types[from.Name] = to.Name;
                    break;
                case { Kind: ChangeKind.AlterSequence, FromObject: Sequence from, ToObject: Sequence to } when from.IsIdentity == to.IsIdentity:
                    _sequences[from.Name] = to.Name;
                    break;
                case { Kind: ChangeKind.RenameColumn, FromObject: Column old, ToObject: Column @new, FromParent: { } parent }:
                    _columns[(parent.Name, old.Name)] = @new.Name;
                    break;
                case { Kind: ChangeKind.RenameIndex or ChangeKind.RenameConstraint, FromObject: { } item, To: { } name } when !IsRemade(change, comparison):
                    _members[new ObjectIdentity(item, change.FromParent)] = name;
                    break;
            }
        }

        Inherit(comparison);
    }

    /// <summary>Whether all objects have the same names by others.</summary>
    internal bool AreSame(CurrentNames other) =>
        AreSame(_tables, other._tables) && AreSame(_types, other._types) && AreSame(_sequences, other._sequences) && AreSame(_columns, other._columns) && AreSame(_members, other._members);

    private static bool AreSame<TKey, TName>(Dictionary<TKey, TName> names, Dictionary<TKey, TName> others)
        where TKey : notnull => names.Count == others.Count && names.All(n => others.TryGetValue(n.Key, out var other) && EqualityComparer<TName>.Default.Equals(n.Value, other));

    /// <summary>Whether a foreign key that has another name also goes and comes again, so that it gets its name with that.</summary>
    internal static bool IsRemade(SchemaChange rename, SchemaComparison comparison) =>
        rename.FromObject is ForeignKey && comparison.Changes.Any(c => c.Kind == ChangeKind.AlterForeignKey && ReferenceEquals(c.FromObject, rename.FromObject));

    internal ObjectName Table(ObjectName from) => _tables.GetValueOrDefault(from, from);

    internal string Column(ObjectName table, string from) => _columns.GetValueOrDefault((table, from), from);

    internal ObjectName Sequence(ObjectName from) => _sequences.GetValueOrDefault(from, from);

    internal ObjectName Type(ObjectName from) => _types.TryGetValue(from, out var to) ? to : Table(from);

    /// <summary>The key that an object of FROM has once renames are done.</summary>
    internal ObjectKey Key(DependencyNode node) => node switch
    {
        { Item: Function function } => ObjectKey.Of(function, Type),
        { Key.Kind: ObjectKind.Table } => ObjectKey.Of(ObjectKind.Table, Table(node.Key.Name)),
        { Key.Kind: ObjectKind.Type } => ObjectKey.Of(ObjectKind.Type, Type(node.Key.Name)),
        { Key.Kind: ObjectKind.Sequence } => ObjectKey.Of(ObjectKind.Sequence, Sequence(node.Key.Name)),
        { Item: Column column, Parent: { } table } => ObjectKey.Of(node.Key.Kind, Table(table.Name), Column(table.Name, column.Name)),
        { Key.Kind: ObjectKind.Link, Item: Table child } => ObjectKey.Of(
            ObjectKind.Link, Table(child.Name), Table(child.Inherits.Append(child.PartitionOf).First(p => p?.ToString() == node.Key.Member)!).ToString()),
        { Parent: { } parent } => ObjectKey.Of(node.Key.Kind, Table(parent.Name), node.Key.Kind == ObjectKind.Default ? "" : _members.GetValueOrDefault(new ObjectIdentity(node.Item, parent), MemberStatements.NameOf(node.Item))),
        _ => node.Key,
    };

    /// <summary>A column that is renamed in a parent is renamed in its children too, whatever they look like; and in no child alone.</summary>
    private void Inherit(SchemaComparison comparison)
    {
        if (_columns.Count == 0)
        {
            return;
        }

        var to = comparison.To.Tables.DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        var from = comparison.From.Tables.DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var child in from.Values)
            {
                if (!to.TryGetValue(Table(child.Name), out var target))
                {
                    continue;
                }

                foreach (var parent in ParentsOf(child).Where(p => ParentsOf(target).Contains(Table(p)) && from.ContainsKey(p)))
                {
                    foreach (var column in from[parent].Columns.Where(c => child.FindColumn(c.Name) is not null))
                    {
                        var name = Column(parent, column.Name);
                        if (name != Column(child.Name, column.Name))
                        {
                            _columns[(child.Name, column.Name)] = name;
                            changed = true;
                        }
                    }
                }
            }
        }
    }

    internal static IEnumerable<ObjectName> ParentsOf(Table table) => table.PartitionOf is { } parent ? [parent] : table.Inherits;
}
