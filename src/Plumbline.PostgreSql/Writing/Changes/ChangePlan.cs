using System.Collections.Immutable;
using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>What is known while a plan is made: both sides with the dependencies of their objects, what becomes of each, and the operations so far.</summary>
internal sealed class ChangePlan
{
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<(PlanPhase, string), Operation> _seen = [];
    private readonly HashSet<string> _temporary = [];
    private readonly ILookup<ObjectKey, ObjectKey> _origins;
    private readonly ILookup<ObjectKey, ObjectKey> _heirs;
    private readonly Lazy<ILookup<ObjectName, (ObjectKey Heir, ObjectKey Origin)>> _untilThen;
    private readonly Lazy<ILookup<ObjectName, Sequence>> _ownedInFrom;
    private readonly Lazy<ILookup<ObjectName, Sequence>> _ownedInTo;
    private readonly Lazy<HashSet<ObjectName>> _ownSequences;
    private readonly Dictionary<ObjectKey, (DependencyNode Node, SchemaChange Cause)> _made = [];

    /// <summary>Begins a plan.</summary>
    /// <param name="comparison">What is planned.</param>
    /// <param name="of">A plan between the same two schemas, whose dependencies are known already; null where there is none.</param>
    internal ChangePlan(SchemaComparison comparison, ChangePlan? of = null)
    {
        Comparison = comparison;
        _ownedInFrom = of?._ownedInFrom ?? Owned(comparison.From);
        _ownedInTo = of?._ownedInTo ?? Owned(comparison.To);
        _ownSequences = of?._ownSequences ?? new Lazy<HashSet<ObjectName>>(() => [.. comparison.To.Sequences.Where(s => !s.IsIdentity).Select(s => s.Name)]);
        Names = new CurrentNames(comparison);
        Raw = of?.Raw ?? DependencyReader.Read(comparison.From);
        var isOfSameNames = of is not null && Names.AreSame(of.Names);
        FromGraph = isOfSameNames ? of!.FromGraph : Raw.Renamed(Names.Key);
        ToGraph = of?.ToGraph ?? DependencyReader.Read(comparison.To);
        Identities = of?.Identities ?? SchemaWriter.Identities(comparison.To);
        ToTables = of?.ToTables ?? comparison.To.Tables.DistinctBy(t => t.Name).ToDictionary(t => t.Name);

        // A link that breaks gives children a fate of their own, which may break others: each round breaks at least one more.
        HashSet<ObjectKey> broken = [];
        do
        {
            Families = new TableFamilies(FromGraph, ToGraph, broken);
            Fates = new ObjectFates(comparison, Raw, Names, FromGraph, ToGraph, Families);
            broken.UnionWith(Fates.Broken);
        }
        while (Fates.Broken.Count > 0);
        NewObjects.Find(this);
        var links = new List<(ObjectKey Heir, ObjectKey Origin)>();
        _untilThen = isOfSameNames ? of!._untilThen : new Lazy<ILookup<ObjectName, (ObjectKey Heir, ObjectKey Origin)>>(FindUntilThen);
        if (FromGraph.Links.Count > 0)
        {
            // A child that goes is with its parent until then.
            foreach (var table in Fates.Decided(f => f == Fate.Gone).Where(n => n.Key.Kind == ObjectKind.Table))
            {
                links.AddRange(_untilThen.Value[table.Key.Name]);
            }

            foreach (var node in Families.IsEmpty ? [] : FromGraph.Nodes.Where(n => n.Parent is Table && Fates.Of(ObjectKey.Of(ObjectKind.Table, n.Key.Name)) != Fate.Gone))
            {
                links.AddRange(Families.OriginsInFrom(node.Key).Select(origin => (node.Key, origin)));
            }
        }

        _heirs = links.ToLookup(o => o.Origin, o => o.Heir);
        _origins = links.ToLookup(o => o.Heir, o => o.Origin);
    }

    // What the tables have from their parents, before anything changes.
    private ILookup<ObjectName, (ObjectKey Heir, ObjectKey Origin)> FindUntilThen()
    {
        var all = new TableFamilies(FromGraph, FromGraph, new HashSet<ObjectKey>());
        return FromGraph.Nodes.Where(n => n.Parent is Table).SelectMany(n => all.OriginsInFrom(n.Key).Select(origin => (Heir: n.Key, Origin: origin))).ToLookup(l => l.Heir.Name);
    }

    internal SchemaComparison Comparison { get; }

    internal DatabaseSchema From => Comparison.From;

    internal DatabaseSchema To => Comparison.To;

    /// <summary>The names of FROM's objects once renames are done.</summary>
    internal CurrentNames Names { get; }

    /// <summary>The objects of FROM under the names that they have there.</summary>
    internal DependencyGraph Raw { get; }

    /// <summary>The objects of FROM under their current names.</summary>
    internal DependencyGraph FromGraph { get; }

    /// <summary>The objects of TO.</summary>
    internal DependencyGraph ToGraph { get; }

    /// <summary>The partitions and children that stay with their parents.</summary>
    internal TableFamilies Families { get; }

    internal ObjectFates Fates { get; }

    /// <summary>What the plan makes, new or again, by its key; of what TO cannot express, as it is in FROM.</summary>
    internal IReadOnlyDictionary<ObjectKey, (DependencyNode Node, SchemaChange Cause)> Made => _made;

    internal Dictionary<(ObjectName, string), Sequence> Identities { get; }

    internal Dictionary<ObjectName, Table> ToTables { get; }

    /// <summary>The name that a table of FROM has once renames are done.</summary>
    internal ObjectName NameOf(ObjectName table) => Names.Table(table);

    /// <summary>Whether an object of FROM goes by itself since its table has it from a parent where it goes.</summary>
    internal bool GoesWithOrigin(ObjectKey key) => _origins[key].Any(Fates.Goes);

    /// <summary>What the children of a table of FROM have from it of one of its members, and their children.</summary>
    internal IEnumerable<ObjectKey> Heirs(ObjectKey key)
    {
        HashSet<ObjectKey> seen = [];
        var open = new Stack<ObjectKey>([key]);
        while (open.TryPop(out var next))
        {
            foreach (var heir in _heirs[next].Where(seen.Add))
            {
                open.Push(heir);
            }
        }

        return seen;
    }

    /// <summary>The sequences that a table of FROM owns.</summary>
    internal IEnumerable<Sequence> OwnedInFrom(ObjectName table) => _ownedInFrom.Value[table];

    /// <summary>The sequences of TO that are made by themselves, not as part of an identity.</summary>
    internal IReadOnlySet<ObjectName> OwnSequences => _ownSequences.Value;

    /// <summary>The sequences that a table of TO owns.</summary>
    internal IEnumerable<Sequence> OwnedInTo(ObjectName table) => _ownedInTo.Value[table];

    private static Lazy<ILookup<ObjectName, Sequence>> Owned(DatabaseSchema schema) => new(() => schema.Sequences.Where(s => s.OwnedByTable is not null).ToLookup(s => s.OwnedByTable!));

    internal void Make(DependencyNode node, SchemaChange cause)
    {
        if (!_made.TryAdd(node.Key, (node, cause)))
        {
            Entangle(_made[node.Key].Cause, cause);
        }
    }

    private void Entangle(SchemaChange one, SchemaChange other)
    {
        if (!ReferenceEquals(one, other))
        {
            Fates.Entangled.Add(one);
            Fates.Entangled.Add(other);
        }
    }

    internal bool IsMade(ObjectKey key) => _made.ContainsKey(key);

    /// <summary>A name that neither side has, for what goes out of the way until it is dropped.</summary>
    internal ObjectName Temporary(ObjectName name)
    {
        var candidate = ImplicitName.Cut(name.Name, 50) + "_old";
        while (_temporary.Contains(candidate) || From.Tables.Any(t => t.Name.Name == candidate) || To.Tables.Any(t => t.Name.Name == candidate) ||
            From.Enums.Any(e => e.Name.Name == candidate) || To.Enums.Any(e => e.Name.Name == candidate))
        {
            candidate += "x";
        }

        _temporary.Add(candidate);
        return name with { Name = candidate };
    }

    /// <summary>Plans an operation; one that is planned already in the same phase is not planned twice.</summary>
    internal void Add(Operation operation)
    {
        if (_seen.TryGetValue((operation.Phase, operation.Sql), out var same))
        {
            Entangle(same.Cause, operation.Cause);
            same.Drops.UnionWith(operation.Drops);
            same.Makes.UnionWith(operation.Makes);
            same.Alters.UnionWith(operation.Alters);
            same.After.UnionWith(operation.After);
            return;
        }

        _seen[(operation.Phase, operation.Sql)] = operation;
        _operations.Add(operation);
    }

    /// <summary>Plans a statement whose place its phase alone decides.</summary>
    internal void Add(PlanPhase phase, SchemaChange cause, string sql, string? reverse = null, ChangeSafety safety = ChangeSafety.Safe, string? note = null) =>
        Add(new Operation(phase, cause, sql) { Reverse = reverse, Safety = safety, Note = note });

    internal ImmutableArray<PlannedStatement> Statements() =>
        [.. OperationOrder.Sort(_operations, FromGraph, key => Made.TryGetValue(key, out var made) ? made.Node : ToGraph.Find(key) ?? FromGraph.Find(key)).Select(o => o.Statement)];
}
