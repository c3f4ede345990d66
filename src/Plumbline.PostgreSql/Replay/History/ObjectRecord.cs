using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.History;

/// <summary>Everything that statements did to one object, from its creation to its end, under all its names.</summary>
public sealed class ObjectRecord
{
    private readonly List<ObjectEvent> _events = [];
    private readonly List<ObjectName> _names = [];
    private readonly List<string> _members = [];

    internal ObjectRecord(ObjectKind kind, ObjectRecord? owner, bool isInitial)
    {
        Kind = kind;
        Owner = owner;
        IsInitial = isInitial;
    }

    /// <summary>What it is.</summary>
    public ObjectKind Kind { get; }

    /// <summary>The object that a member, an index or an owned sequence belongs to; null for any other.</summary>
    public ObjectRecord? Owner { get; }

    /// <summary>Whether it was there before the first statement.</summary>
    public bool IsInitial { get; }

    /// <summary>Its name, or that of the object it belongs to, at the end; where it was dropped, the last that it had.</summary>
    public ObjectName Name => Kind.IsMember && Owner is not null ? Owner.Name : _names[^1];

    /// <summary>The member's name at the end; null where it is no member.</summary>
    public string? Member => _members.Count == 0 ? null : _members[^1];

    /// <summary>All names that it had, the first one first; of a member the names of what it belongs to.</summary>
    public IReadOnlyList<ObjectName> Names => Kind.IsMember && Owner is not null ? Owner.Names : _names;

    /// <summary>All names that the member had, the first one first; empty where it is no member.</summary>
    public IReadOnlyList<string> Members => _members;

    /// <summary>What happened to it, in order. What was rolled back is among it and says so.</summary>
    public IReadOnlyList<ObjectEvent> Events => _events;

    /// <summary>The event that created it and was not rolled back; null where there is none.</summary>
    public ObjectEvent? Created => Last(ObjectChangeKind.Create);

    /// <summary>The event that dropped it and was not rolled back; null where there is none.</summary>
    public ObjectEvent? Dropped => Last(ObjectChangeKind.Drop);

    /// <summary>Whether it exists at the end.</summary>
    public bool Exists => (IsInitial || Created is not null) && Dropped is null;

    /// <summary>What it was like at the end, or just before it was dropped; null where its kind has no state worth telling.</summary>
    public ObjectState? State
    {
        get
        {
            for (var i = _events.Count - 1; i >= 0; i--)
            {
                if (!_events[i].IsRolledBack && (_events[i].Change.After ?? _events[i].Change.Before) is { } state)
                {
                    return state;
                }
            }

            return null;
        }
    }

    /// <summary>The last change of a column after which something about it was different; null where none was since its creation.</summary>
    /// <param name="aspect">What about the column is compared: <c>s => s.IsNullable</c>.</param>
    public ObjectEvent? LastChange(Func<ColumnState, object?> aspect)
    {
        ArgumentNullException.ThrowIfNull(aspect);
        return _events.LastOrDefault(e => !e.IsRolledBack && e.Change is { Before: ColumnState before, After: ColumnState after } && !Equals(aspect(before), aspect(after)));
    }

    internal void Add(ObjectEvent item) => _events.Add(item);

    internal void Call(ObjectName name, string? member)
    {
        if (_names.Count == 0 || _names[^1] != name)
        {
            _names.Add(name);
        }

        if (member is not null && (_members.Count == 0 || _members[^1] != member))
        {
            _members.Add(member);
        }
    }

    private ObjectEvent? Last(ObjectChangeKind kind) => _events.FindLast(e => e.Change.Kind == kind && !e.IsRolledBack);
}

/// <summary>Something that a statement did to an object.</summary>
/// <param name="Index">The statement, as an index into <see cref="ReplayResult.Outcomes"/>.</param>
/// <param name="Outcome">The statement.</param>
/// <param name="Change">What it did.</param>
public sealed record ObjectEvent(int Index, StatementOutcome Outcome, ObjectChange Change)
{
    /// <summary>Whether it was taken back with its transaction.</summary>
    public bool IsRolledBack => Outcome.IsRolledBack;

    /// <summary>Its place: the part of the statement that did it, else the statement.</summary>
    public Plumbline.Schema.Text.SourceLocation Location => Change.Part is { } part ? Outcome.Source.LocationOf(part) : Outcome.Location;
}
