using Plumbline.Schema.Concurrency;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Puts composite types, domains, ranges, sequences, functions, tables and views into an order in which each comes after what it needs. What an
/// expression or query needs is read off the names in its text: one edge too many does no harm, and where such edges make a circle, only the names that
/// can be nothing else count.
/// </summary>
internal static class DependencyOrder
{
    // Fewer are done sooner than a thread has started.
    private const int PiecesOfWorker = 16;

    /// <summary>The objects in order, and the tables whose defaults and checks must come later since they use what uses the table.</summary>
    internal static (List<NamedObject> Objects, HashSet<Table> Later) Of(DatabaseSchema schema)
    {
        // The order of kinds is what an acyclic schema is printed in.
        List<NamedObject> nodes = [.. schema.CompositeTypes, .. schema.RangeTypes, .. schema.Domains, .. schema.Sequences.Where(s => !s.IsIdentity), .. schema.Functions, .. schema.Tables, .. schema.Views];
        var byName = new Dictionary<string, List<int>>();
        for (var i = 0; i < nodes.Count; i++)
        {
            if (!byName.TryGetValue(nodes[i].Name.Name, out var holders))
            {
                byName[nodes[i].Name.Name] = holders = [];
            }

            holders.Add(i);
        }

        var needs = new HashSet<int>[nodes.Count];
        var soft = new HashSet<int>[nodes.Count];
        Workers.Run(nodes.Count, PiecesOfWorker, Link, CancellationToken.None);
        void Link(int i)
        {
            needs[i] = Links(i, DependencyNames.Hard(nodes[i]), byName);
            soft[i] = Links(i, DependencyNames.Soft(nodes[i]), byName);
        }


        var schemas = new HashSet<string>(schema.Namespaces.Select(n => n.Name));
        return Sort(nodes, needs, soft, node =>
        {
            var certain = new HashSet<int>();
            foreach (var name in DependencyNames.Certain(nodes[node], schemas.Contains))
            {
                LinkCertain(certain, node, name, byName, nodes);
            }

            return certain;
        });
    }

    // A schema and a name with a zero between them are a name in that schema.
    private static void LinkCertain(HashSet<int> edges, int node, string name, Dictionary<string, List<int>> byName, List<NamedObject> nodes)
    {
        if (name.Split('\0') is not [var schema, var own])
        {
            Link(edges, node, name, byName);
        }
        else if (byName.TryGetValue(own, out var holders))
        {
            edges.UnionWith(holders.Where(h => h != node && nodes[h].Name.Schema == schema));
        }
    }

    private static HashSet<int> Links(int node, IEnumerable<string> names, Dictionary<string, List<int>> byName)
    {
        var edges = new HashSet<int>();
        foreach (var name in names)
        {
            Link(edges, node, name, byName);
        }

        return edges;
    }

    private static void Link(HashSet<int> edges, int node, string name, Dictionary<string, List<int>> byName)
    {
        if (byName.TryGetValue(name, out var holders))
        {
            edges.UnionWith(holders.Where(h => h != node));
        }
    }

    private static (List<NamedObject>, HashSet<Table>) Sort(
        List<NamedObject> nodes, HashSet<int>[] needs, HashSet<int>[] soft, Func<int, HashSet<int>> certainNeeds)
    {
        var users = new List<int>[nodes.Count];
        var waiting = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            users[i] = [];
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            soft[i].ExceptWith(needs[i]);
            waiting[i] = needs[i].Count + soft[i].Count;
            foreach (var need in needs[i].Concat(soft[i]))
            {
                users[need].Add(i);
            }
        }

        var ready = new SortedSet<int>(Enumerable.Range(0, nodes.Count).Where(i => waiting[i] == 0));
        var open = new SortedSet<int>(Enumerable.Range(0, nodes.Count));
        var released = new bool[nodes.Count];
        var ordered = new List<NamedObject>(nodes.Count);
        var later = new HashSet<Table>(ReferenceEqualityComparer.Instance);
        var certain = new HashSet<int>?[nodes.Count];
        while (open.Count > 0)
        {
            if (ready.Count == 0)
            {
                ready.Add(Release());
            }

            var node = ready.Min;
            ready.Remove(node);
            open.Remove(node);
            ordered.Add(nodes[node]);
            foreach (var user in users[node])
            {
                if (--waiting[user] == 0 && open.Contains(user))
                {
                    ready.Add(user);
                }
            }
        }

        return (ordered, later);

        // In a circle, a table whose own expressions close it is made without them; where there is none, the first that surely needs nothing comes first.
        int Release()
        {
            foreach (var node in open)
            {
                if (nodes[node] is Table table && !released[node] && !needs[node].Any(open.Contains))
                {
                    released[node] = true;
                    later.Add(table);
                    waiting[node] = 0;
                    return node;
                }
            }

            foreach (var node in open)
            {
                var needed = certain[node] ??= certainNeeds(node);
                if (!needed.Overlaps(open))
                {
                    return node;
                }
            }

            return open.Min;
        }
    }
}
