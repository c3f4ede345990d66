using System.Collections.Immutable;
using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Plans any part of a comparison by itself. Two changes can need the same statements, such as the removal and the return of a view over two columns that both
/// get another type; the plan for either has them, and the plan for both has them once.
/// </summary>
public sealed class ChangePlanner
{
    private readonly SchemaComparison _comparison;
    private readonly Lazy<Whole> _whole;

    /// <summary>A planner; the comparison is planned when the first part is asked for.</summary>
    /// <param name="comparison">The comparison.</param>
    public ChangePlanner(SchemaComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        _comparison = comparison;
        _whole = new Lazy<Whole>(PlanAll);
    }

    /// <summary>
    /// Whether other statements are needed for some changes than those that the plan of the whole comparison makes for them alone: what is in their way, or in
    /// that of another change too, goes and comes again.
    /// </summary>
    /// <param name="changes">Changes of the comparison.</param>
    public bool AreEntangled(IEnumerable<SchemaChange> changes) => changes.Any(_whole.Value.Plan.Fates.Entangled.Contains);

    /// <summary>
    /// The statements for some of the changes, in the order in which they are to be run. Where they cannot be made without another change, such as both columns
    /// of a foreign key getting another type, that one is made too. Tables and columns have their new names: renames that are not among the changes are
    /// supposed to be done.
    /// </summary>
    /// <param name="changes">Changes of the comparison.</param>
    public ImmutableArray<PlannedStatement> Plan(IEnumerable<SchemaChange> changes)
    {
        var wanted = new HashSet<SchemaChange>(changes, ReferenceEqualityComparer.Instance);
        wanted.UnionWith(ColumnsOf(wanted));
        return WithRoles(AreEntangled(wanted) ? PlanPart(wanted) : [.. wanted.SelectMany(c => _whole.Value.Statements[c]).OrderBy(s => s.Place).Select(s => s.Statement)]);
    }

    /// <summary>The changes that add the columns on which indexes and constraints stand.</summary>
    private List<SchemaChange> ColumnsOf(HashSet<SchemaChange> wanted)
    {
        var found = new List<SchemaChange>();
        foreach (var change in wanted)
        {
            if (change is { ToObject: Index or Constraint } && _whole.Value.Plan.ToGraph.Find(change.ToObject, change.ToParent) is { } node)
            {
                found.AddRange(node.Needs.Select(need => _whole.Value.NewColumns.GetValueOrDefault(need)).OfType<SchemaChange>());
            }
        }

        return found;
    }

    private Whole PlanAll()
    {
        var plan = new ChangePlan(_comparison);
        ChangeWriter.Fill(plan);
        return new Whole(plan, plan.Statements().Select((statement, place) => (Statement: statement, Place: place)).ToLookup(s => (object)s.Statement.Cause, ReferenceEqualityComparer.Instance), [.. RoleWriter.Missing(_comparison)])
        {
            NewColumns = NewColumnsOf(plan),
        };
    }

    private static Dictionary<ObjectKey, SchemaChange> NewColumnsOf(ChangePlan plan)
    {
        var columns = new Dictionary<ObjectKey, SchemaChange>();
        foreach (var change in plan.Comparison.Changes)
        {
            if (change is { Kind: ChangeKind.AddColumn, ToObject: { } column } && plan.ToGraph.Find(column, change.ToParent) is { } node)
            {
                columns[node.Key] = change;
            }
        }

        return columns;
    }

    private List<PlannedStatement> PlanPart(HashSet<SchemaChange> wanted)
    {
        while (true)
        {
            var plan = new ChangePlan(_comparison with { Changes = [.. _comparison.Changes.Where(c => IsRename(c) || wanted.Contains(c))] }, _whole.Value.Plan);
            var count = wanted.Count;
            wanted.UnionWith(NeededFor(plan, wanted));
            if (wanted.Count == count)
            {
                ChangeWriter.Fill(plan);
                return [.. plan.Statements().Where(s => wanted.Contains(s.Cause))];
            }
        }
    }

    /// <summary>What comes again comes as TO has it, which takes the changes that make it so.</summary>
    private IEnumerable<SchemaChange> NeededFor(ChangePlan plan, HashSet<SchemaChange> wanted)
    {
        var retyped = _comparison.Changes.Where(c => c.Kind == ChangeKind.AlterColumnType && !wanted.Contains(c)).ToLookup(c => (c.FromParent?.Name, ((Column)c.FromObject!).Name));
        foreach (var node in plan.Fates.Going.Where(n => n.Item is ForeignKey && n.Parent is Table))
        {
            var key = (ForeignKey)node.Item;
            foreach (var change in key.Columns.SelectMany(c => retyped[(node.Parent!.Name, c)]).Concat(key.ReferencedColumns.SelectMany(c => retyped[(key.ReferencedTable, c)])))
            {
                yield return change;
            }
        }

        foreach (var change in _comparison.Changes.Where(c => !wanted.Contains(c) && (c.ToObject is null || MemberChanges.IsRemade(c))))
        {
            if (change is { FromObject: { } item } && plan.Raw.Find(item, change.FromParent) is { } node && plan.Names.Key(node) is var key && plan.Fates.Goes(key) &&
                (change.ToObject is not null || CannotComeAgain(plan, key)))
            {
                yield return change;
            }
        }
    }

    // What needs a column that goes for good, such as an index on it.
    private static bool CannotComeAgain(ChangePlan plan, ObjectKey key) => plan.FromGraph.Find(key) is { } node && node.Needs.Any(need => plan.Fates.Of(need) == Fate.Gone);

    private ImmutableArray<PlannedStatement> WithRoles(List<PlannedStatement> statements)
    {
        var roles = _whole.Value.MissingRoles.Where(r => statements.Exists(s => s.Sql.Contains(SqlIdentifier.Quote(r), StringComparison.Ordinal))).ToList();
        return [.. roles.Select(r => new PlannedStatement(RoleWriter.CreateWhereMissing(r), null, statements[0].Cause, ChangeSafety.Safe) { Phase = PlanPhase.Prepare }), .. statements];
    }

    private static bool IsRename(SchemaChange change) => change.Confidence is not null;

    private sealed record Whole(ChangePlan Plan, ILookup<object, (PlannedStatement Statement, int Place)> Statements, ImmutableArray<string> MissingRoles)
    {
        /// <summary>The changes that add columns, by the columns.</summary>
        public required Dictionary<ObjectKey, SchemaChange> NewColumns { get; init; }
    }
}
