using Plumbline.PostgreSql.Writing.Dependencies;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Puts operations into an order in which PostgreSQL accepts each: an object goes before what it needs in FROM, and comes after what it needs in TO. Where
/// that leaves a choice, their phases decide, and then the order in which they were planned.
/// </summary>
internal sealed class OperationOrder
{
    private readonly IReadOnlyList<Operation> _operations;
    private readonly DependencyGraph _from;
    private readonly Func<ObjectKey, DependencyNode?> _made;
    private readonly HashSet<int>[] _next;
    private readonly Dictionary<ObjectKey, List<int>> _drops;
    private readonly Dictionary<ObjectKey, List<int>> _makes;
    private readonly Dictionary<ObjectKey, List<int>> _alters;
    private readonly Dictionary<ObjectKey, List<int>> _discards;

    private OperationOrder(IReadOnlyList<Operation> operations, DependencyGraph from, Func<ObjectKey, DependencyNode?> made)
    {
        (_operations, _from, _made) = (operations, from, made);
        _next = [.. operations.Select(_ => new HashSet<int>())];
        _drops = Index(o => o.Drops);
        _makes = Index(o => o.Makes);
        _alters = Index(o => o.Alters);
        _discards = Index(o => o.Discards);
    }

    /// <param name="operations">The operations as they were planned.</param>
    /// <param name="from">The objects of FROM under their current names.</param>
    /// <param name="made">What is known of an object that the plan makes or alters, as it will be.</param>
    internal static List<Operation> Sort(IReadOnlyList<Operation> operations, DependencyGraph from, Func<ObjectKey, DependencyNode?> made)
    {
        var order = new OperationOrder(operations, from, made);
        order.Link();
        return order.Sorted();
    }

    private void Link()
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            var operation = _operations[i];
            foreach (var key in operation.Drops)
            {
                LinkUsers(i, key, isDiscarded: true);
                Follow(i, _makes, key);
                Precede(i, _alters, key, onlyEarlier: true);
            }

            foreach (var key in operation.Alters)
            {
                LinkUsers(i, key, isDiscarded: false);
                Needs(i, key);
            }

            foreach (var key in operation.Discards)
            {
                LinkUsers(i, key, isDiscarded: true);
                Precede(i, _makes, key);
            }

            foreach (var key in operation.Makes)
            {
                Needs(i, key);
                Precede(i, _alters, key, onlyEarlier: true);
            }

            foreach (var key in operation.Before)
            {
                Follow(i, _drops, key);
                Follow(i, _discards, key);
                Follow(i, _alters, key);
            }

            foreach (var key in operation.BeforeDropping)
            {
                Follow(i, _drops, key);
                Follow(i, _discards, key);
            }

            foreach (var key in operation.BeforeMaking)
            {
                Follow(i, _makes, key);
            }

            foreach (var key in operation.After)
            {
                Precede(i, _makes, key);
                Precede(i, _alters, key);
            }

            foreach (var key in operation.AfterDropping)
            {
                Precede(i, _drops, key);
                Precede(i, _discards, key);
            }
        }

        LinkNames();
    }

    /// <summary>What needs an object in FROM and goes, goes before it; what stays lets go of it before it is discarded.</summary>
    private void LinkUsers(int operation, ObjectKey key, bool isDiscarded)
    {
        foreach (var user in _from.Users(key))
        {
            Precede(operation, _drops, user.Key);
            if (isDiscarded)
            {
                Precede(operation, _discards, user.Key);
                Precede(operation, _alters, user.Key);
            }
        }
    }

    private void Needs(int operation, ObjectKey key)
    {
        foreach (var need in _made(key)?.Needs ?? [])
        {
            Precede(operation, _makes, need);
            Precede(operation, _alters, need);
        }
    }

    private void LinkNames()
    {
        var frees = _operations.SelectMany((o, i) => o.Frees.Select(n => (Name: n, Index: i))).ToLookup(p => p.Name, p => p.Index);
        for (var i = 0; i < _operations.Count; i++)
        {
            foreach (var earlier in _operations[i].Takes.SelectMany(n => frees[n]))
            {
                Edge(earlier, i);
            }
        }
    }

    private void Precede(int operation, Dictionary<ObjectKey, List<int>> others, ObjectKey key, bool onlyEarlier = false)
    {
        foreach (var other in others.TryGetValue(key, out var list) ? list : [])
        {
            if (!onlyEarlier || _operations[other].Phase < _operations[operation].Phase)
            {
                Edge(other, operation);
            }
        }
    }

    private void Follow(int operation, Dictionary<ObjectKey, List<int>> others, ObjectKey key)
    {
        foreach (var other in others.TryGetValue(key, out var list) ? list : [])
        {
            Edge(operation, other);
        }
    }

    private void Edge(int earlier, int later)
    {
        if (earlier != later)
        {
            _next[earlier].Add(later);
        }
    }

    private Dictionary<ObjectKey, List<int>> Index(Func<Operation, HashSet<ObjectKey>> keys)
    {
        var index = new Dictionary<ObjectKey, List<int>>();
        for (var i = 0; i < _operations.Count; i++)
        {
            foreach (var key in keys(_operations[i]))
            {
                if (!index.TryGetValue(key, out var list))
                {
                    index[key] = list = [];
                }

                list.Add(i);
            }
        }

        return index;
    }

    private List<Operation> Sorted()
    {
        var waiting = new int[_operations.Count];
        foreach (var later in _next.SelectMany(n => n))
        {
            waiting[later]++;
        }

        var byPhase = Comparer<int>.Create((a, b) => _operations[a].Phase != _operations[b].Phase ? _operations[a].Phase.CompareTo(_operations[b].Phase) : a.CompareTo(b));
        var ready = new SortedSet<int>(Enumerable.Range(0, _operations.Count).Where(i => waiting[i] == 0), byPhase);
        var open = new SortedSet<int>(Enumerable.Range(0, _operations.Count), byPhase);
        var sorted = new List<Operation>(_operations.Count);
        while (open.Count > 0)
        {
            // A name in a text that is no object's can close a circle that is none: the phases are then all there is to go by.
            var next = ready.Count > 0 ? ready.Min : open.Min;
            ready.Remove(next);
            open.Remove(next);
            sorted.Add(_operations[next]);
            foreach (var later in _next[next])
            {
                if (--waiting[later] == 0 && open.Contains(later))
                {
                    ready.Add(later);
                }
            }
        }

        return sorted;
    }
}
