using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>
/// All objects of a schema, down to defaults and constraints, and what each needs. What an expression or query needs is read off the names in its text, so
/// an object may be said to need one that it does not; then it goes and comes again without need, and nothing is lost.
/// </summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<ObjectKey, DependencyNode> _nodes = [];
    private readonly Dictionary<ObjectIdentity, ObjectKey> _keys = [];
    private readonly Dictionary<ObjectKey, List<DependencyNode>> _users = [];
    private readonly ILookup<ObjectName, DependencyNode> _named;
    private readonly Lazy<Dictionary<ObjectKey, int>> _places;
    private readonly Lazy<ILookup<ObjectKey, DependencyNode>> _members;
    private readonly Lazy<List<DependencyNode>> _links;

    internal DependencyGraph(IEnumerable<DependencyNode> nodes)
    {
        foreach (var node in nodes)
        {
            _nodes[node.Key] = node;
            if (node.Key.Kind is not (ObjectKind.Default or ObjectKind.Link))
            {
                _keys[new ObjectIdentity(node.Item, node.Parent)] = node.Key;
            }
        }

        _named = _nodes.Values.ToLookup(n => n.Key.Name);
        _places = new Lazy<Dictionary<ObjectKey, int>>(() => _nodes.Keys.Select((key, place) => (key, place)).ToDictionary(p => p.key, p => p.place));
        _members = new Lazy<ILookup<ObjectKey, DependencyNode>>(() => _nodes.Values.Where(n => n.Owner is not null).ToLookup(n => n.Owner!));
        _links = new Lazy<List<DependencyNode>>(() => [.. _nodes.Values.Where(n => n.Key.Kind == ObjectKind.Link)]);
        foreach (var node in _nodes.Values)
        {
            foreach (var need in node.Needs)
            {
                if (!_users.TryGetValue(need, out var users))
                {
                    _users[need] = users = [];
                }

                users.Add(node);
            }
        }
    }

    internal IEnumerable<DependencyNode> Nodes => _nodes.Values;

    /// <summary>The links of children and partitions to their parents.</summary>
    internal IReadOnlyList<DependencyNode> Links => _links.Value;

    internal DependencyNode? Find(ObjectKey key) => _nodes.GetValueOrDefault(key);

    /// <summary>Some of the objects, in the order of <see cref="Nodes"/>.</summary>
    /// <param name="keys">Their keys, each once.</param>
    internal IEnumerable<DependencyNode> InOrder(IEnumerable<ObjectKey> keys) => keys.OrderBy(k => _places.Value[k]).Select(k => _nodes[k]);

    /// <summary>The objects that are parts of another.</summary>
    internal IEnumerable<DependencyNode> Members(ObjectKey owner) => _members.Value[owner];

    /// <summary>The node of an object of the schema; null where it has none.</summary>
    /// <param name="item">The object.</param>
    /// <param name="parent">The table, view or domain that it is a member of; null where it is none.</param>
    internal DependencyNode? Find(SchemaObject item, NamedObject? parent) => _keys.TryGetValue(new ObjectIdentity(item, parent), out var key) ? _nodes[key] : null;

    /// <summary>The objects of a name: of a table's, the table with its members.</summary>
    internal IEnumerable<DependencyNode> Named(ObjectName name) => _named[name];

    /// <summary>The objects that need another.</summary>
    internal IReadOnlyList<DependencyNode> Users(ObjectKey key) => _users.TryGetValue(key, out var users) ? users : [];

    /// <summary>Whether an object needs another, or needs what does.</summary>
    internal bool Reaches(ObjectKey from, ObjectKey to)
    {
        var seen = new HashSet<ObjectKey>();
        var open = new Stack<ObjectKey>([from]);
        while (open.TryPop(out var key))
        {
            if (key == to)
            {
                return true;
            }

            if (seen.Add(key) && _nodes.TryGetValue(key, out var node))
            {
                foreach (var need in node.Needs)
                {
                    open.Push(need);
                }
            }
        }

        return false;
    }

    /// <summary>The same graph under other names.</summary>
    internal DependencyGraph Renamed(Func<DependencyNode, ObjectKey> rename)
    {
        var keys = _nodes.Values.ToDictionary(n => n.Key, rename);
        HashSet<ObjectKey> All(HashSet<ObjectKey> old) => [.. old.Select(k => keys.GetValueOrDefault(k, k))];
        return new DependencyGraph(_nodes.Values.Select(n => n with
        {
            Key = keys[n.Key],
            Owner = n.Owner is { } owner ? keys.GetValueOrDefault(owner, owner) : null,
            Needs = All(n.Needs),
            Names = All(n.Names),
        }));
    }
}
