using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.History;

/// <summary>
/// The record of every object that the statements of a history created, changed or dropped, and of what statements without effect would have created. What is
/// said about an object's past stands on it: nothing may be claimed that is not in it.
/// </summary>
public sealed class ObjectHistory
{
    private readonly ReplayResult _replay;
    private readonly Dictionary<object, ObjectRecord> _byIdentity = [];
    private readonly List<ObjectRecord> _records = [];
    private readonly Dictionary<ObjectName, List<ObjectRecord>> _byName = [];
    private readonly Dictionary<ObjectRecord, List<ObjectRecord>> _parts = [];
    private readonly Lazy<ILookup<ObjectName, ObjectAttempt>> _attempts;

    internal ObjectHistory(ReplayResult replay)
    {
        _replay = replay;
        for (var i = 0; i < replay.Outcomes.Length; i++)
        {
            foreach (var change in replay.Outcomes[i].Effects)
            {
                Note(i, replay.Outcomes[i], change);
            }
        }

        _attempts = new Lazy<ILookup<ObjectName, ObjectAttempt>>(() => FindAttempts().ToLookup(a => a.Name));
    }

    /// <summary>All records, in the order in which their objects first appear.</summary>
    public IReadOnlyList<ObjectRecord> Records => _records;

    /// <summary>What statements without effect (refused, skipped, or of unknown effect) would have done, in their order.</summary>
    public IEnumerable<ObjectAttempt> Attempts => _attempts.Value.SelectMany(a => a).OrderBy(a => a.Outcome);

    /// <summary>The records of the objects that have or had a name: first what has it at the end, then what had it and exists, then what was dropped, the last
    /// one first.</summary>
    /// <param name="kind">The kind of object.</param>
    /// <param name="name">Its name; for a member the name of what it belongs to. Names over 63 bytes are cut as PostgreSQL cuts them.</param>
    /// <param name="member">The member's name; null where the object itself is meant.</param>
    public IEnumerable<ObjectRecord> FindAll(ObjectKind kind, ObjectName name, string? member = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = Cut(name);
        var found = member is null
            ? _byName.GetValueOrDefault(name, []).Where(r => r.Kind == kind)
            : Members(name, r => r.Kind == kind && r.Members.Contains(Cut(member)));
        return found.OrderBy(r => r.Exists && r.Name == name && (member is null || r.Member == Cut(member)) ? 0 : r.Exists ? 1 : 2)
            .ThenByDescending(r => r.Events.Count == 0 ? -1 : r.Events[^1].Index);
    }

    /// <summary>The record that speaks for a name; null where no object ever had it.</summary>
    public ObjectRecord? Find(ObjectKind kind, ObjectName name, string? member = null) => FindAll(kind, name, member).FirstOrDefault();

    /// <summary>The constraints and indexes of a table, whatever their names, that are or were on these columns in this order; those that exist come first.</summary>
    /// <param name="table">The table, by any name that it had.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="kinds">The kinds that are looked for; none for all.</param>
    public IEnumerable<ObjectRecord> FindOn(ObjectName table, IReadOnlyList<string> columns, params ReadOnlySpan<ObjectKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        ObjectKind[] wanted = [.. kinds];
        return Members(Cut(table), r => (wanted.Length == 0 || wanted.Contains(r.Kind)) && r.Events.Any(e => IsOn(e.Change.After ?? e.Change.Before, columns)))
            .OrderBy(r => r.Exists ? 0 : 1)
            .ThenByDescending(r => r.Events[^1].Index);
    }

    /// <summary>The parts of an object that were ever recorded: a table's columns, constraints, indexes and policies, an enum's values.</summary>
    public IReadOnlyList<ObjectRecord> PartsOf(ObjectRecord record) => _parts.GetValueOrDefault(record, []);

    /// <summary>What became of an object that is expected under a name.</summary>
    /// <param name="kind">The kind of object.</param>
    /// <param name="name">Its name; for a member the name of what it belongs to.</param>
    /// <param name="member">The member's name; null where the object itself is meant.</param>
    public ObjectTrace Trace(ObjectKind kind, ObjectName name, string? member = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var record = Find(kind, name, member);
        if (record is { Exists: true })
        {
            var isNamed = record.Name == Cut(name) && (member is null || record.Member == Cut(member));
            var last = isNamed
                ? record.Created
                : record.Events.LastOrDefault(e => e.Change.Kind is ObjectChangeKind.Rename or ObjectChangeKind.Move && !e.IsRolledBack)
                    ?? record.Owner?.Events.LastOrDefault(e => e.Change.Kind is ObjectChangeKind.Rename or ObjectChangeKind.Move && !e.IsRolledBack);
            return At(isNamed ? ObjectFate.Exists : ObjectFate.Renamed, last) with { Record = record };
        }

        if (member is null && kind.IsRelation && _byName.GetValueOrDefault(Cut(name), []).Find(r => r.Kind.IsRelation && r.Exists && r.Name == Cut(name)) is { } other)
        {
            return At(ObjectFate.CreatedOtherwise, other.Created) with { Record = other };
        }

        var attempt = AttemptsOf(kind, name, member).LastOrDefault();
        if (record is not null && (attempt is null || attempt.Outcome < record.Events[^1].Index))
        {
            return Gone(record);
        }

        return attempt is not null ? Of(attempt) with { Record = record }
            : new ObjectTrace(IsInitial(kind, Cut(name), member) ? ObjectFate.Exists : ObjectFate.NeverCreated);
    }

    /// <summary>What became of a constraint or index that is expected on these columns of a table, whatever its name.</summary>
    /// <param name="table">The table, by any name that it had.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="kinds">The kinds that it may be of.</param>
    public ObjectTrace TraceOn(ObjectName table, IReadOnlyList<string> columns, params ReadOnlySpan<ObjectKind> kinds)
    {
        ObjectKind[] wanted = [.. kinds];
        var record = FindOn(table, columns, wanted).FirstOrDefault();
        if (record is { Exists: true })
        {
            return At(ObjectFate.Exists, record.Created) with { Record = record };
        }

        var attempt = AttemptsOn(table, columns).LastOrDefault(a => wanted.Contains(a.ObjectKind));
        return record is not null && (attempt is null || attempt.Outcome < record.Events[^1].Index) ? Gone(record)
            : attempt is not null ? Of(attempt) with { Record = record }
            : new ObjectTrace(ObjectFate.NeverCreated);
    }

    /// <summary>What statements without effect would have created, or renamed to, a name, in their order.</summary>
    public IEnumerable<ObjectAttempt> AttemptsOf(ObjectKind kind, ObjectName name, string? member = null) =>
        _attempts.Value[Cut(name)].Where(a => a.Kind is ObjectChangeKind.Create or ObjectChangeKind.Rename && a.ObjectKind == kind && a.Member == (member is null ? null : Cut(member)));

    /// <summary>The constraints and indexes on these columns of a table that statements without effect would have created, in their order.</summary>
    public IEnumerable<ObjectAttempt> AttemptsOn(ObjectName table, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        table = Cut(table);
        return Attempts.Where(a => a.Kind == ObjectChangeKind.Create && (a.Table ?? a.Name) == table && !a.Columns.IsEmpty && a.Columns.SequenceEqual(columns));
    }

    private ObjectTrace Gone(ObjectRecord record)
    {
        var decisive = record.Dropped ?? record.Events[^1];
        return At(record.Dropped is not null ? ObjectFate.Dropped : ObjectFate.RolledBack, decisive) with
        {
            Record = record,
            RootRefusal = record.Dropped is null && decisive.Outcome.RolledBackBy is { } cause ? Root(cause) : null,
        };
    }

    // What was there before the first statement (Supabase's tables) and was never touched is in no record.
    private bool IsInitial(ObjectKind kind, ObjectName name, string? member)
    {
        if (!kind.IsRelation && kind != ObjectKind.Column)
        {
            return false;
        }

        lock (_replay.Session)
        {
            var database = _replay.Session.Database;
            return database.FindNamespace(name.Schema) is { } schema && database.FindRelation(schema, name.Name) is { CreatedBy.Migration: < 0 } relation
                && (member is null || relation.FindColumn(member) is not null);
        }
    }

    private ObjectTrace Of(ObjectAttempt attempt)
    {
        var outcome = _replay.Outcomes[attempt.Outcome];
        var fate = outcome.Kind switch
        {
            OutcomeKind.Refused => ObjectFate.Refused,
            OutcomeKind.Skipped => ObjectFate.Skipped,
            _ => ObjectFate.Unknown,
        };
        return new ObjectTrace(fate)
        {
            Attempt = attempt,
            Decisive = outcome,
            DecisiveIndex = attempt.Outcome,
            RootRefusal = fate == ObjectFate.Refused ? Root(attempt.Outcome) : null,
        };
    }

    private StatementOutcome Root(int index)
    {
        while (_replay.Outcomes[index].CausedBy is { } cause && cause < index)
        {
            index = cause;
        }

        return _replay.Outcomes[index];
    }

    private static ObjectTrace At(ObjectFate fate, ObjectEvent? decisive) => new(fate) { Decisive = decisive?.Outcome, DecisiveIndex = decisive?.Index };

    private IEnumerable<ObjectRecord> Members(ObjectName name, Func<ObjectRecord, bool> isWanted) =>
        _byName.GetValueOrDefault(name, []).Where(r => _parts.ContainsKey(r)).SelectMany(r => _parts[r]).Where(isWanted);

    private static bool IsOn(ObjectState? state, IReadOnlyList<string> columns) => state switch
    {
        ConstraintState constraint => constraint.Columns.SequenceEqual(columns),
        IndexState index => index.Keys.SequenceEqual(columns),
        _ => false,
    };

    private void Note(int index, StatementOutcome outcome, ObjectChange change)
    {
        var record = RecordOf(change);
        record.Add(new ObjectEvent(index, outcome, change));
        if (outcome.IsRolledBack && change.Kind != ObjectChangeKind.Create)
        {
            return;
        }

        Call(record, change.Name, change.Member);
        if (change is { Kind: ObjectChangeKind.Rename, ObjectKind: ObjectKind.Schema, OldName: { } old })
        {
            // What lives in a schema goes by its new name from now on.
            foreach (var item in _records.Where(r => !r.Kind.IsMember && r.Exists && r.Name.Schema == old).ToList())
            {
                Call(item, item.Name with { Schema = change.Name.Name }, null);
            }
        }
    }

    private ObjectRecord RecordOf(ObjectChange change)
    {
        if (_byIdentity.TryGetValue(change.Identity, out var record))
        {
            return record;
        }

        var owner = change.Owner is null ? null : OwnerOf(change);
        record = new ObjectRecord(change.ObjectKind, owner, isInitial: change.Kind != ObjectChangeKind.Create);
        _byIdentity.Add(change.Identity, record);
        _records.Add(record);
        if (owner is not null)
        {
            if (!_parts.TryGetValue(owner, out var parts))
            {
                _parts.Add(owner, parts = []);
            }

            parts.Add(record);
        }

        if (change is { Kind: ObjectChangeKind.Rename, OldName: { } name })
        {
            Call(record, change.Member is null ? change.Name with { Name = name } : change.Name, change.Member is null ? null : name);
        }
        else if (change is { Kind: ObjectChangeKind.Move, OldName: { } schema })
        {
            Call(record, change.Name with { Schema = schema }, null);
        }

        return record;
    }

    // What a member belongs to may have been there before the first statement, so that no statement created it.
    private ObjectRecord OwnerOf(ObjectChange change)
    {
        if (_byIdentity.TryGetValue(change.Owner!, out var owner))
        {
            return owner;
        }

        var (kind, name) = change.ObjectKind switch
        {
            ObjectKind.EnumValue => (ObjectKind.Enum, change.Name),
            ObjectKind.Index or ObjectKind.Sequence => (ObjectKind.Table, ((Objects.RelationObject)change.Owner!).QualifiedName),
            ObjectKind.Check when change.Owner is Objects.TypeObject => (ObjectKind.Domain, change.Name),
            ObjectKind.Column when change.Owner is Objects.RelationObject { Kind: 'c' } => (ObjectKind.Type, change.Name),
            ObjectKind.Column when change.Owner is Objects.RelationObject { Kind: 'v' } => (ObjectKind.View, change.Name),
            ObjectKind.Column when change.Owner is Objects.RelationObject { Kind: 'm' } => (ObjectKind.MaterializedView, change.Name),
            _ => (ObjectKind.Table, change.Name),
        };
        owner = new ObjectRecord(kind, null, isInitial: true);
        _byIdentity.Add(change.Owner!, owner);
        _records.Add(owner);
        Call(owner, name, null);
        return owner;
    }

    private void Call(ObjectRecord record, ObjectName name, string? member)
    {
        var count = record.Kind.IsMember && record.Owner is not null ? -1 : record.Names.Count;
        record.Call(name, member);
        if (count < 0 || record.Names.Count == count)
        {
            return;
        }

        if (!_byName.TryGetValue(name, out var list))
        {
            _byName.Add(name, list = []);
        }

        if (!list.Contains(record))
        {
            list.Add(record);
        }
    }

    private IEnumerable<ObjectAttempt> FindAttempts()
    {
        for (var i = 0; i < _replay.Outcomes.Length; i++)
        {
            var outcome = _replay.Outcomes[i];
            if (outcome.Kind == OutcomeKind.Done)
            {
                continue;
            }

            var statement = outcome.Parse();
            foreach (var attempt in AttemptReader.Read(statement, i, outcome.CreationSchema ?? _replay.Options.DefaultSchema ?? "public"))
            {
                yield return attempt;
            }
        }
    }

    private static ObjectName Cut(ObjectName name) => new(Cut(name.Schema), Cut(name.Name));

    private static string Cut(string name) => ImplicitNames.Cut(name, ImplicitNames.MaxBytes);
}
