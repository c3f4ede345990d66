using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Collects the statements of a plan, phase by phase, and knows the names and objects of both sides.</summary>
internal sealed class ChangePlan
{
    private readonly SortedDictionary<PlanPhase, List<PlannedStatement>> _phases = [];
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<ObjectName, ObjectName> _tableNames = [];
    private readonly Dictionary<(ObjectName, string), string> _columnNames = [];

    internal ChangePlan(SchemaComparison comparison)
    {
        Comparison = comparison;
        Identities = SchemaWriter.Identities(comparison.To);
        foreach (var change in comparison.Changes)
        {
            if (change is { Kind: ChangeKind.RenameTable, FromObject: Table from, ToObject: Table to })
            {
                _tableNames[from.Name] = to.Name;
            }
            else if (change is { Kind: ChangeKind.RenameColumn, FromObject: Column old, ToObject: Column @new, FromParent: { } parent })
            {
                _columnNames[(parent.Name, old.Name)] = @new.Name;
            }
        }

        FromTables = comparison.From.Tables.DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        ToTables = comparison.To.Tables.DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        ByCause = comparison.Changes.Where(c => c.FromObject is not null)
            .GroupBy(c => c.FromObject!, (IEqualityComparer<SchemaObject>)ReferenceEqualityComparer.Instance)
            .ToDictionary(g => g.Key, g => g.ToList(), (IEqualityComparer<SchemaObject>)ReferenceEqualityComparer.Instance);
    }

    internal SchemaComparison Comparison { get; }

    internal DatabaseSchema From => Comparison.From;

    internal DatabaseSchema To => Comparison.To;

    internal Dictionary<(ObjectName, string), Sequence> Identities { get; }

    internal Dictionary<ObjectName, Table> FromTables { get; }

    internal Dictionary<ObjectName, Table> ToTables { get; }

    /// <summary>The changes of each object of FROM.</summary>
    internal Dictionary<SchemaObject, List<SchemaChange>> ByCause { get; }

    /// <summary>The name that a table of FROM has once renames are done.</summary>
    internal ObjectName NameOf(ObjectName table) => _tableNames.GetValueOrDefault(table, table);

    /// <summary>The name that a column of a table of FROM has once renames are done.</summary>
    internal string NameOf(ObjectName table, string column) => _columnNames.GetValueOrDefault((table, column), column);

    /// <summary>Whether a change of one of these kinds is planned for an object of FROM.</summary>
    internal bool Has(SchemaObject item, params ReadOnlySpan<ChangeKind> kinds)
    {
        if (ByCause.TryGetValue(item, out var changes))
        {
            foreach (var change in changes)
            {
                if (kinds.Contains(change.Kind))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Plans a statement; one that is planned already in the same phase is not planned twice.</summary>
    internal void Add(PlanPhase phase, SchemaChange cause, string sql, string? reverse = null, ChangeSafety safety = ChangeSafety.Safe, string? note = null)
    {
        if (!_seen.Add($"{phase} {sql}"))
        {
            return;
        }

        if (!_phases.TryGetValue(phase, out var statements))
        {
            _phases[phase] = statements = [];
        }

        statements.Add(new PlannedStatement(sql, reverse, cause, safety) { Note = note });
    }

    internal ImmutableArray<PlannedStatement> Statements() => [.. _phases.Values.SelectMany(s => s)];
}
