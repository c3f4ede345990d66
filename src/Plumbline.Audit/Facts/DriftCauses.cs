using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Replay.History;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>Why the migrations and the schema differ: what the record of the history says about the object.</summary>
internal sealed class DriftCauses
{
    private readonly ReplayResult? _replay;
    private readonly Func<HistoryProblems> _problems;
    private readonly Func<IEnumerable<SchemaChange>> _changes;
    private readonly Lazy<ILookup<ObjectName, ObjectAttempt>> _attempts;
    private readonly Lazy<Dictionary<(ObjectName Table, string Column), SchemaChange>> _newColumns;

    /// <summary>The causes of a project's drift.</summary>
    /// <param name="replay">The history that drift is judged by; null where there is none.</param>
    /// <param name="problems">What PostgreSQL refuses in the history.</param>
    /// <param name="changes">The changes that lead from the migrations to the schema.</param>
    public DriftCauses(ReplayResult? replay, Func<HistoryProblems> problems, Func<IEnumerable<SchemaChange>> changes)
    {
        _changes = changes;
        _replay = replay;
        _problems = problems;
        _newColumns = new Lazy<Dictionary<(ObjectName Table, string Column), SchemaChange>>(() =>
            changes().Where(c => c is { Kind: ChangeKind.AddColumn, ToObject: Column, ToParent: not null }).ToDictionary(c => (c.ToParent!.Name, ((Column)c.ToObject!).Name)));
        _attempts = new Lazy<ILookup<ObjectName, ObjectAttempt>>(() => (replay?.Objects.Attempts ?? []).ToLookup(a => a.Name));
    }

    /// <summary>What became of an object that the schema has and the database of the migrations lacks.</summary>
    public MissingObject Missing(SchemaChange change)
    {
        if (TraceOf(change) is not { } trace)
            return NeverCreated(change);

        switch (trace.Fate)
        {
            case ObjectFate.Dropped:
                var drop = trace.Record!.Dropped!;
                var migration = _replay!.Migrations[drop.Outcome.Migration].Name;
                return new MissingObject(
                    MissingFate.Dropped,
                    $"{migration} drops it",
                    new Cause(CauseKind.DroppedByMigration, migration, $"{migration} drops", new FindingLocation(LocationRole.Migration, drop.Location)));
            case ObjectFate.Renamed:
                return new MissingObject(MissingFate.Replaced, $"{_replay!.Migrations[trace.Decisive!.Migration].Name} renames {RenamedTo(change, trace.Record!)}", null);
            case ObjectFate.CreatedOtherwise:
                return new MissingObject(MissingFate.Replaced, $"the migrations create a {trace.Record!.Kind.Word} of this name", null);
            case ObjectFate.Exists:
                return new MissingObject(MissingFate.Replaced, "the migrations create a different one instead", null);
            case ObjectFate.RolledBack:
                return new MissingObject(MissingFate.Refused, "the transaction that creates it is rolled back", trace.RootRefusal is { } root ? RefusalOf(root) : null);
            case ObjectFate.Refused:
                return new MissingObject(MissingFate.Refused, "the statement that creates it is refused", RefusalOf(trace.Decisive!));
            case ObjectFate.Skipped:
                return new MissingObject(MissingFate.Refused, "the statement that creates it is not reached", RefusalOf(trace.Decisive!));
            default:
                // What it belongs to may have been made again with it. An ALTER TABLE of a table that is not there would make none.
                return change.Kind is not (ChangeKind.AddTable or ChangeKind.AddEnum) && AttemptOn(change, OutcomeKind.Refused, OutcomeKind.Skipped) is { } whole
                    ? new MissingObject(MissingFate.Refused, $"the statement that replaces {change.Subject.Table} is {(whole.Kind == OutcomeKind.Refused ? "refused" : "not reached")}", RefusalOf(whole))
                    : NeverCreated(change);
        }
    }

    /// <summary>
    /// The cause of a refusal: that no migration creates the table or type of the schema that the statement names, or else the refusal itself, which explains what
    /// follows from it. What one migration names and nothing has is one cause.
    /// </summary>
    public Cause Of(HistoryProblem problem)
    {
        if (problem.Absent is not { } absent)
            return RefusalCause.Of(problem);

        // A statement that makes it may have been refused before: then its refusal is the cause.
        if (_replay?.Objects.Trace(ObjectKind.Table, absent.Schema.Length == 0 ? absent with { Schema = "public" } : absent) is { Fate: ObjectFate.Refused, Decisive: { } attempt } &&
            (attempt.Migration, attempt.Statement).CompareTo((problem.Outcome.Migration, problem.Outcome.Statement)) < 0 && RefusalOf(attempt) is { } earlier)
        {
            return earlier;
        }

        var missing = _changes().FirstOrDefault(change => change.Kind is ChangeKind.AddTable or ChangeKind.AddEnum && change.ToObject is NamedObject { Name: var name } &&
            name.Name == absent.Name && (absent.Schema.Length == 0 || name.Schema == absent.Schema));
        return missing is not null && (TraceOf(missing)?.Fate ?? ObjectFate.NeverCreated) == ObjectFate.NeverCreated ? NeverCreated(missing).Cause! with { Text = $"no migration creates what {problem.Migration} needs" } : RefusalCause.Of(problem);
    }

    // CREATE TABLE AS and SELECT INTO take over columns and rows, and nothing else (PostgreSQL documentation, "CREATE TABLE AS").
    private Cause? CreatedAs(SchemaChange change)
    {
        if (change.Kind is ChangeKind.AddTable or ChangeKind.DropTable || change.Subject.Table is null || ParentOf(change) is not { } table ||
            _replay?.Objects.Find(ObjectKind.Table, table)?.Created is not { Outcome: { Command: "CREATE TABLE AS" or "SELECT INTO" } outcome })
        {
            return null;
        }

        var text = $"{_replay.Migrations[outcome.Migration].Name} creates {ObjectText.Of(table)} with {outcome.Command}, which takes over columns and rows, but no constraints, defaults or indexes";
        return new Cause(CauseKind.CreatedOtherwise, table.ToString(), text, new FindingLocation(LocationRole.Migration, outcome.Location));
    }

    /// <summary>The change that adds a column which an index or constraint that is added too stands on; null where all of its columns exist.</summary>
    public SchemaChange? NewColumnOf(SchemaChange change) =>
        change is not { FromObject: null, ToObject: { } item, ToParent: Table table } ? null
        : ColumnsOf(item).Select(c => _newColumns.Value.GetValueOrDefault((table.Name, c))).FirstOrDefault(c => c is not null);

    /// <summary>The columns that an index or constraint stands on.</summary>
    public static IEnumerable<string> ColumnsOf(SchemaObject item) => item switch
    {
        Index index => index.Keys.Select(k => k.Column).OfType<string>(),
        KeyConstraint key => key.Columns,
        ForeignKey key => key.Columns,
        _ => [],
    };

    // Columns and values were left out of one table or type, tables and types of the history, and so was what stands beside columns.
    private MissingObject NeverCreated(SchemaChange change)
    {
        if (CreatedAs(change) is { } otherwise)
            return new MissingObject(MissingFate.NeverCreated, MissingObject.NoMigrationCreatesIt, otherwise);

        if (NewColumnOf(change) is { } column && Missing(column) is { Fate: MissingFate.NeverCreated } missing)
            return missing;

        var key = change.Kind switch
        {
            ChangeKind.AddColumn or ChangeKind.AddEnumValue => $"{change.Kind.Name()} {change.Subject.Schema}.{change.Subject.Table}",
            ChangeKind.AddTable or ChangeKind.AddEnum => "objects",
            var kind => kind.Name(),
        };
        return new MissingObject(MissingFate.NeverCreated, MissingObject.NoMigrationCreatesIt, new Cause(CauseKind.NeverCreated, key, MissingObject.NoMigrationCreatesIt));
    }

    /// <summary>
    /// What a statement has to do with a change that leads from the migrations to the schema; null where none has. That no migration was made is for the rule to say.
    /// </summary>
    public Cause? Of(SchemaChange change)
    {
        if (change.FromObject is null)
            return Missing(change) is { Fate: not MissingFate.NeverCreated } missing ? missing.Cause : null;

        // What a refused statement would have dropped or changed still is what it was. What would have been added to a table is no reason that the table is there.
        return AttemptOn(change, OutcomeKind.Refused, OutcomeKind.Skipped) is { } outcome ? RefusalOf(outcome)
            : change.Kind is ChangeKind.AlterColumnNullability or ChangeKind.AlterColumnDefault && change.FromObject.ChangedBy.IsEmpty ? CreatedAs(change)
            : null;
    }

    /// <summary>
    /// The statement that may have changed the object of a change in a way that cannot be known, so that nothing can be said of the change; null where every
    /// statement about the object is understood.
    /// </summary>
    public StatementOutcome? Unknown(SchemaChange change)
    {
        // Mostly every statement is understood, and the record of the objects need not be made to know that.
        if (_replay is null or { CannotKnowCount: 0, UnknownCount: 0 })
            return null;

        return AttemptOn(change, OutcomeKind.CannotKnow, OutcomeKind.Unknown) ??
            (change.FromObject is null && TraceOf(change) is { Fate: ObjectFate.Unknown } trace ? trace.Decisive : null);
    }

    private ObjectTrace? TraceOf(SchemaChange change)
    {
        if (_replay is null || KeyOf(change, change.ToObject) is not { } key)
            return null;

        var named = _replay.Objects.Trace(key.Kind, key.Name, key.Member);
        if (named.Fate != ObjectFate.NeverCreated || ParentOf(change) is not { } table)
            return named;

        // Prisma makes a unique index of what PostgreSQL may have as a constraint; and either may have another name.
        return change.ToObject switch
        {
            Index index => _replay.Objects.TraceOn(table, [.. index.Keys.Select(k => k.Column ?? "")], ObjectKind.Index),
            KeyConstraint constraint => _replay.Objects.TraceOn(table, constraint.Columns, key.Kind),
            ForeignKey foreignKey => _replay.Objects.TraceOn(table, foreignKey.Columns, ObjectKind.ForeignKey),
            _ => named,
        };
    }

    // The last statement without effect that names the object of a change, or what it belongs to as a whole.
    private StatementOutcome? AttemptOn(SchemaChange change, params ReadOnlySpan<OutcomeKind> kinds)
    {
        if (_replay is null || KeyOf(change, change.FromObject ?? change.ToObject) is not { } key)
            return null;

        StatementOutcome? last = null;
        foreach (var attempt in _attempts.Value[key.Name])
        {
            var outcome = _replay.Outcomes[attempt.Outcome];
            if (change.Kind == ChangeKind.DropTable && attempt.Kind is not (ObjectChangeKind.Drop or ObjectChangeKind.Rename or ObjectChangeKind.Move))
                continue;

            if (kinds.Contains(outcome.Kind) && (attempt.Member is null || attempt.Member == key.Member || attempt.OldName == key.Member))
                last = outcome;
        }

        return last;
    }

    private static string RenamedTo(SchemaChange change, ObjectRecord record) =>
        record.Member is { } member && member != change.Subject.Name ? $"it to {member}"
        : record.Member is null ? $"it to {record.Name.Name}"
        : $"its table to {record.Name.Name}";

    private Cause? RefusalOf(StatementOutcome outcome)
    {
        if (outcome.Kind is not (OutcomeKind.Refused or OutcomeKind.Skipped))
            return null;

        foreach (var problem in _problems().All)
        {
            if (IsSame(problem.Outcome, outcome) || problem.Followers.Any(follower => IsSame(follower, outcome)))
                return Of(problem);
        }

        return null;
    }

    private static bool IsSame(StatementOutcome one, StatementOutcome other) => one.Statement == other.Statement && ReferenceEquals(one.Source, other.Source);

    private static ObjectName? ParentOf(SchemaChange change) => (change.FromParent ?? change.ToParent)?.Name;

    private static bool IsOfPrimaryKey(SchemaChange change) => change.Kind is ChangeKind.AddPrimaryKey or ChangeKind.DropPrimaryKey or ChangeKind.AlterPrimaryKey;

    // How the record calls the object; null for what it does not keep.
    private static (ObjectKind Kind, ObjectName Name, string? Member)? KeyOf(SchemaChange change, SchemaObject? item) => (item, ParentOf(change)) switch
    {
        (Table table, _) => (ObjectKind.Table, table.Name, null),
        (View view, _) => (view.IsMaterialized ? ObjectKind.MaterializedView : ObjectKind.View, view.Name, null),
        (EnumType type, _) => (ObjectKind.Enum, type.Name, null),
        (Sequence sequence, _) => (ObjectKind.Sequence, sequence.Name, null),
        (Extension extension, _) => (ObjectKind.Extension, new ObjectName("", extension.Name), null),
        (Index index, { } table) => (ObjectKind.Index, table with { Name = index.Name }, null),
        (Column column, { } table) => (ObjectKind.Column, table, column.Name),
        (EnumValue value, { } type) => (ObjectKind.EnumValue, type, value.Name),
        (ForeignKey key, { } table) => (ObjectKind.ForeignKey, table, key.Name),
        (KeyConstraint key, { } table) => (IsOfPrimaryKey(change) ? ObjectKind.PrimaryKey : ObjectKind.Unique, table, key.Name),
        (CheckConstraint check, { } table) => (ObjectKind.Check, table, check.Name),
        _ => null,
    };
}
