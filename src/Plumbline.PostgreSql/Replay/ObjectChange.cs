using Plumbline.PostgreSql.Replay.Effects;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What a statement did to one object, or to one member of an object.</summary>
public sealed class ObjectChange
{
    private readonly StateSource? _before;
    private readonly StateSource? _after;

    internal ObjectChange(ObjectChangeKind kind, ObjectKind objectKind, ObjectName name, string? member, object identity, object? owner, StateSource? before, StateSource? after)
    {
        Kind = kind;
        ObjectKind = objectKind;
        Name = name;
        Member = member;
        Identity = identity;
        Owner = owner;
        _before = before;
        _after = after;
    }

    /// <summary>What was done.</summary>
    public ObjectChangeKind Kind { get; }

    /// <summary>What kind of object it was done to.</summary>
    public ObjectKind ObjectKind { get; }

    /// <summary>The word for the kind of object: <c>table</c>, <c>enum-value</c>, <c>constraint</c>.</summary>
    public string Subject => ObjectKind.Word;

    /// <summary>The object; for a member the object that it belongs to. What lives in no schema has an empty one.</summary>
    public ObjectName Name { get; }

    /// <summary>Name of the member; null where the object itself is meant.</summary>
    public string? Member { get; }

    /// <summary>For a rename, the name (of the object or member) before it; for a move to another schema, the schema before it.</summary>
    public string? OldName { get; internal init; }

    /// <summary>Whether the statement names the object, or it came or went with another.</summary>
    public ChangeOrigin Origin { get; internal init; }

    /// <summary>The part of the statement that did it (the action of ALTER TABLE, the statement inside a DO block) as offsets into the migration's text; null
    /// where it is the statement as a whole.</summary>
    public TextSpan? Part { get; internal init; }

    /// <summary>What was changed about it, such as <c>type text → integer</c>; null where kind and names say all.</summary>
    public string? Detail => ChangeDetail.Of(this);

    /// <summary>What the object was like before; null where it was created, or where its kind has no state worth telling.</summary>
    public ObjectState? Before => _before?.State;

    /// <summary>What the object was like after the statement; null where it was dropped, or where its kind has no state worth telling.</summary>
    public ObjectState? After => _after?.State;

    /// <summary>The object itself, the same through all its changes.</summary>
    internal object Identity { get; }

    /// <summary>The object that a member, index or sequence belongs to; else null.</summary>
    internal object? Owner { get; }

    /// <summary>The rows before and after, for the wording of details.</summary>
    internal (object? Before, object? After) Rows { get; init; }

    /// <summary>The subject with its name, as people write it: <c>table public.a</c>, <c>column public.a.id</c>.</summary>
    public override string ToString()
    {
        var name = Name.Schema.Length == 0 ? Name.Name : Name.ToString();
        return Member is null ? $"{Subject} {name}" : $"{Subject} {name}.{Member}";
    }
}

/// <summary>What a statement did to an object.</summary>
public enum ObjectChangeKind
{
    /// <summary>Created it.</summary>
    Create,

    /// <summary>Altered it.</summary>
    Change,

    /// <summary>Gave it another name.</summary>
    Rename,

    /// <summary>Moved it to another schema.</summary>
    Move,

    /// <summary>Dropped it.</summary>
    Drop,
}

/// <summary>Why an object is among the changes of a statement.</summary>
public enum ChangeOrigin
{
    /// <summary>The statement names it, or creates it by itself.</summary>
    Named,

    /// <summary>It is part of an object that the same statement created or dropped: a column of the table, the index of the constraint.</summary>
    Part,

    /// <summary>It depended on what the statement dropped: the index of the column, the view of the table.</summary>
    Cascade,
}
