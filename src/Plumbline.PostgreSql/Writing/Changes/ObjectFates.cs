using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>What becomes of an object of FROM.</summary>
internal enum Fate
{
    /// <summary>It stays, and is altered in place at most.</summary>
    Kept,

    /// <summary>A column gets another type, or its type is made again.</summary>
    Retyped,

    /// <summary>It goes and comes again.</summary>
    Remade,

    /// <summary>It goes.</summary>
    Gone,
}

/// <summary>
/// Decides what becomes of each object of FROM: what the comparison says of it, and beyond that what it must be since another one that it needs goes, comes
/// again, or is altered in a way that PostgreSQL refuses while it is there.
/// </summary>
internal sealed class ObjectFates
{
    private readonly DependencyGraph _from;
    private readonly DependencyGraph _to;
    private readonly TableFamilies _families;
    private readonly Dictionary<ObjectKey, (Fate Fate, SchemaChange Cause)> _fates = [];
    private readonly Queue<ObjectKey> _open = [];
    private readonly Dictionary<ObjectKey, List<ObjectKey>> _heirs = [];

    internal ObjectFates(SchemaComparison comparison, DependencyGraph raw, CurrentNames names, DependencyGraph from, DependencyGraph to, TableFamilies families)
    {
        (_from, _to, _families) = (from, to, families);
        foreach (var node in families.IsEmpty ? [] : from.Nodes)
        {
            foreach (var origin in families.OriginsInFrom(node.Key))
            {
                if (!_heirs.TryGetValue(origin, out var heirs))
                {
                    _heirs[origin] = heirs = [];
                }

                heirs.Add(node.Key);
            }
        }

        foreach (var change in comparison.Changes)
        {
            if (change is { Kind: ChangeKind.DropEnumValue, ToParent: { } type })
            {
                Raise(ObjectKey.Of(type), Fate.Remade, change);
            }
            else if (change.FromObject is { } item && raw.Find(item, change.FromParent) is { } node)
            {
                Say(change, names.Key(node));
            }
        }

        foreach (var change in comparison.Changes.Where(c => c.Kind == ChangeKind.AddColumn))
        {
            TouchRows(ObjectKey.Of(ObjectKind.Table, change.ToParent!.Name), change);
        }

        while (_open.TryDequeue(out var key))
        {
            var (fate, cause) = _fates[key];
            foreach (var user in from.Users(key))
            {
                React(user, key, fate, cause);
            }

            Share(key, fate, cause);
        }
    }

    /// <summary>The links that can't stay as they are: a child keeps what its parent loses.</summary>
    internal HashSet<ObjectKey> Broken { get; } = [];

    /// <summary>The changes that decide over an object together with another change, so that the statements for one of them serve the other too.</summary>
    internal HashSet<SchemaChange> Entangled { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The objects that go, for good or to come again, in their order.</summary>
    internal IEnumerable<DependencyNode> Going => Decided(f => f >= Fate.Remade);

    /// <summary>The objects of some fates other than <see cref="Fate.Kept"/>, in their order. A plan for one change of very many decides over few objects.</summary>
    internal IEnumerable<DependencyNode> Decided(Func<Fate, bool> isWanted) => _from.InOrder(_fates.Where(f => isWanted(f.Value.Fate)).Select(f => f.Key));

    internal Fate Of(ObjectKey key) => _fates.TryGetValue(key, out var known) ? known.Fate : Fate.Kept;

    /// <summary>Whether an object goes, for good or to come again.</summary>
    internal bool Goes(ObjectKey key) => Of(key) >= Fate.Remade;

    internal SchemaChange Cause(ObjectKey key) => _fates[key].Cause;

    private void Say(SchemaChange change, ObjectKey key)
    {
        switch (change.Kind)
        {
            case var _ when change.ToObject is null && change.Kind.ToString().StartsWith("Drop", StringComparison.Ordinal):
                // A column that is renamed with its parent's is there in TO under the new name.
                Raise(key, key.Kind == ObjectKind.Column && _to.Find(key) is not null && _families.OriginsInFrom(key).Any() ? Fate.Kept : Fate.Gone, change);
                break;
            case ChangeKind.AlterView or ChangeKind.AlterPublication:
            case ChangeKind.AlterPrimaryKey or ChangeKind.AlterUnique or ChangeKind.AlterIndex or ChangeKind.AlterForeignKey or ChangeKind.AlterCheck:
            case ChangeKind.AlterTrigger or ChangeKind.AlterPolicy:
            case ChangeKind.AlterConstraintState when MemberChanges.IsRemade(change):
            case ChangeKind.AlterFunction when ObjectChanges.IsRemade((Function)change.FromObject!, (Function)change.ToObject!):
            case ChangeKind.AlterType when change.FromObject is RangeType || ObjectChanges.IsRemade((CompositeType)change.FromObject!, (CompositeType)change.ToObject!):
            case ChangeKind.AlterDomain when ObjectChanges.IsRemade((DomainType)change.FromObject!, (DomainType)change.ToObject!, IsNested(key)):
                // A unique constraint that becomes an index is another object of the same name.
                Raise(key, change.ToObject is { } again && _to.Find(again, change.ToParent) is { } twin && twin.Key != key ? Fate.Gone : Fate.Remade, change);
                break;
            case ChangeKind.AlterDomain:
                foreach (var (item, other) in ObjectChanges.ChangedParts((DomainType)change.FromObject!, (DomainType)change.ToObject!))
                {
                    var part = item is null ? ObjectKey.Of(ObjectKind.Default, key.Name) : ObjectKey.Of(ObjectKind.Constraint, key.Name, item.Name);
                    Raise(part, other ? Fate.Remade : Fate.Gone, change);
                }

                break;
            case ChangeKind.AlterColumnType or ChangeKind.AlterColumnCollation:
                var isGenerated = change is { FromObject: Column { Generated: not null }, ToObject: Column { Generated: not null } };
                Raise(key, isGenerated ? Fate.Remade : Fate.Retyped, change);
                break;
            case ChangeKind.AlterColumnGenerated:
                var column = (Column)change.ToObject!;
                Raise(column.Generated is null ? key with { Kind = ObjectKind.Default } : key, column.Generated is null ? Fate.Gone : Fate.Remade, change);
                break;
            case ChangeKind.AlterColumnDefault:
                Raise(key with { Kind = ObjectKind.Default }, change.ToObject is Column { Default: null } ? Fate.Gone : Fate.Remade, change);
                break;
            case ChangeKind.AlterColumnIdentity:
                Raise(key with { Kind = ObjectKind.Default }, change.ToObject is Column { Default: null } ? Fate.Gone : Fate.Remade, change);
                DropSequenceOf(change);
                break;
            case ChangeKind.AlterPartition:
                SayPartition(change, key);
                break;
        }
    }

    private void DropSequenceOf(SchemaChange change)
    {
        if (change is not { FromObject: Column from, FromParent: { } table, ToObject: Column { Identity: not IdentityKind.None } } || from.Identity != IdentityKind.None)
        {
            return;
        }

        foreach (var node in _from.Nodes.Where(n => n.Item is Sequence s && s.OwnedByTable == table.Name && s.OwnedByColumn == from.Name && _to.Find(n.Key) is null))
        {
            Raise(node.Key, Fate.Gone, change);
        }
    }

    private void SayPartition(SchemaChange change, ObjectKey key)
    {
        var (from, to) = ((Table)change.FromObject!, (Table)change.ToObject!);
        if (from.Kind != to.Kind || from.PartitionKey?.Text != to.PartitionKey?.Text || from.ForeignServer != to.ForeignServer)
        {
            Raise(key, Fate.Remade, change);
        }

        foreach (var link in _from.Named(key.Name).Where(n => n.Key.Kind == ObjectKind.Link))
        {
            if (_to.Find(link.Key) is null)
            {
                Raise(link.Key, Fate.Gone, change);
            }
            else if (from.PartitionBound?.Text != to.PartitionBound?.Text)
            {
                Raise(link.Key, Fate.Remade, change);
            }
        }
    }

    /// <summary>Whether columns hold a domain inside an array, a composite type or a range: then PostgreSQL refuses to tighten it.</summary>
    private bool IsNested(ObjectKey domain) =>
        _from.Users(domain).Any(u => u.Item is CompositeType or RangeType or DomainType or Column { Type.IsArray: true });

    private void Raise(ObjectKey key, Fate fate, SchemaChange cause)
    {
        if (_from.Find(key) is null)
        {
            return;
        }

        if (_fates.TryGetValue(key, out var known) && !ReferenceEquals(known.Cause, cause))
        {
            Entangled.Add(known.Cause);
            Entangled.Add(cause);
        }

        if (Of(key) >= fate)
        {
            return;
        }

        _fates[key] = (fate, cause);
        _open.Enqueue(key);
        if (key.Kind == ObjectKind.Link)
        {
            Break(key);
        }
    }

    private void Break(ObjectKey link)
    {
        if (_families.Parents(link.Name).Any(p => p.ToString() == link.Member))
        {
            Broken.Add(link);
        }
    }

    private void React(DependencyNode user, ObjectKey need, Fate fate, SchemaChange cause)
    {
        // What goes for good takes its members with it; what else needs it is in the comparison, or comes again without it.
        var follows = user.Owner == need && fate == Fate.Gone ? Fate.Gone : Fate.Remade;
        switch (user.Key.Kind)
        {
            case ObjectKind.Column when need.Kind == ObjectKind.Table && user.Owner == need:
                if (fate >= Fate.Remade)
                {
                    Raise(user.Key, fate, cause);
                }

                break;
            case ObjectKind.Column when fate >= Fate.Remade:
                Raise(user.Key, user.Item is Column { Generated: not null } ? Fate.Remade : Fate.Retyped, cause);
                break;
            case ObjectKind.Default when user.Owner == need && user.Item is Column { Generated: not null }:
                Raise(user.Key, fate == Fate.Retyped ? Fate.Remade : fate, cause);
                break;
            case ObjectKind.Default when user.Item is Column { Generated: not null } && !StaysWithout(user.Key):
                Raise(user.Key, Fate.Remade, cause);
                Raise(user.Owner!, Fate.Remade, cause);
                break;
            case ObjectKind.Default:
                Raise(user.Key, user.Owner == need && fate >= Fate.Remade ? fate : Fate.Remade, cause);
                break;
            case ObjectKind.Index or ObjectKind.Constraint when fate == Fate.Retyped && FollowsByItself(user):
                break;
            case ObjectKind.Table:
                Raise(user.Key, fate >= Fate.Remade ? Fate.Remade : Fate.Kept, cause);
                break;
            case ObjectKind.Link when fate >= Fate.Remade:
                Raise(user.Key, need == user.Owner ? fate : Fate.Remade, cause);
                break;
            case ObjectKind.Publication when fate != Fate.Remade:
            case ObjectKind.Link:
            case ObjectKind.Column:
                break;
            default:
                Raise(user.Key, follows, cause);
                break;
        }

        // A partition key can't change its type under the table.
        if (user.Key.Kind == ObjectKind.Column && Of(user.Key) is Fate.Retyped or Fate.Remade)
        {
            RemakePartitioned(user, cause);
        }
    }

    // A table whose rows are values of a column elsewhere can't be rewritten (RowTypes).
    private void TouchRows(ObjectKey table, SchemaChange cause)
    {
        foreach (var holder in _from.Users(table).Where(u => u.Key.Kind == ObjectKind.Column && u.Owner != table))
        {
            Raise(holder.Key, holder.Item is Column { Generated: not null } ? Fate.Remade : Fate.Retyped, cause);
        }
    }

    private bool StaysWithout(ObjectKey generated) => _to.Find(generated with { Kind = ObjectKind.Column })?.Item is Column { Generated: null };

    private void RemakePartitioned(DependencyNode column, SchemaChange cause)
    {
        if (column is { Item: Column item, Parent: Table { PartitionKey: { } key } } && TextReferences.Read(key.Text).Words.Contains(item.Name))
        {
            Raise(column.Owner!, Fate.Remade, cause);
        }
    }

    /// <summary>Whether PostgreSQL rebuilds it by itself when a column of it gets another type.</summary>
    private static bool FollowsByItself(DependencyNode node) => node.Item switch
    {
        Index index => index.Predicate is null && index.Method is "btree" or "hash" && index.Keys.All(k => k.Expression is null && k.OperatorClass is null && k.Collation is null),
        KeyConstraint => true,
        _ => false,
    };

    /// <summary>What a table has from its parent goes and comes with the parent's.</summary>
    private void Share(ObjectKey key, Fate fate, SchemaChange cause)
    {
        var node = _from.Find(key)!;
        if (key.Kind == ObjectKind.Column)
        {
            TouchRows(node.Owner!, cause);
        }

        if (key.Kind == ObjectKind.Column && fate is Fate.Retyped or Fate.Remade)
        {
            RemakePartitioned(node, cause);
        }

        if (node.Owner is { } owner && owner.Kind == ObjectKind.Table && Goes(owner))
        {
            return;
        }

        foreach (var heir in _heirs.TryGetValue(key, out var heirs) ? heirs : [])
        {
            if (fate == Fate.Gone && _to.Find(heir) is not null)
            {
                // Keys and triggers of a partition can be made again; a column's values can't.
                if (key.Kind is ObjectKind.Column)
                {
                    foreach (var link in _from.Named(heir.Name).Where(n => n.Key.Kind == ObjectKind.Link && n.Key.Member == key.Name.ToString()))
                    {
                        Broken.Add(link.Key);
                    }
                }
                else
                {
                    Raise(heir, Fate.Remade, cause);
                }
            }
            else
            {
                Raise(heir, fate, cause);
            }
        }

        if (fate is Fate.Retyped or Fate.Remade)
        {
            foreach (var origin in _families.OriginsInFrom(key))
            {
                Raise(origin, fate, cause);
            }
        }
    }
}
