using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>Why the migrations and the schema differ: what the record of the history says about the object.</summary>
internal sealed class DriftCauses
{
    private readonly Dictionary<(string Kind, ObjectName Name, string? Member), StatementOutcome> _drops = [];
    private readonly ReplayResult? _replay;

    /// <summary>The causes of a project's drift.</summary>
    /// <param name="replay">The history that drift is judged by; null where there is none.</param>
    public DriftCauses(ReplayResult? replay)
    {
        _replay = replay;
        foreach (var outcome in replay?.Outcomes ?? [])
        {
            foreach (var change in outcome.Changes)
            {
                if (change.Kind == ObjectChangeKind.Drop)
                    _drops[(change.Subject, change.Name, change.Member)] = outcome;
            }
        }
    }

    /// <summary>The last statement that drops a table, or a column of one; null where none does.</summary>
    public SourceLocation? LastDrop(ObjectName table, string? column) =>
        _drops.TryGetValue((column is null ? "table" : "column", table, column), out var outcome) ? outcome.Location : null;

    /// <summary>The cause of a change that leads from the migrations to the schema; null where the record does not know one.</summary>
    public Cause? Of(SchemaChange change) => change switch
    {
        { Kind: ChangeKind.AddTable, ToObject: Table table } => Dropped("table", table.Name, null),
        { Kind: ChangeKind.AddColumn, ToObject: Column column, FromParent: Table table } => Dropped("column", table.Name, column.Name),
        _ => null,
    };

    private Cause? Dropped(string kind, ObjectName name, string? member)
    {
        if (!_drops.TryGetValue((kind, name, member), out var outcome))
            return null;

        var migration = _replay!.Migrations[outcome.Migration].Name;
        return new Cause(CauseKind.DroppedByMigration, migration, $"{migration} drops", new FindingLocation(LocationRole.Migration, outcome.Location));
    }
}
