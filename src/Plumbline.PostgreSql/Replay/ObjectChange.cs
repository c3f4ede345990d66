using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What a statement did to one object, or to one member of an object.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Subject">
/// What kind of thing: <c>table</c>, <c>view</c>, <c>materialized view</c>, <c>index</c>, <c>sequence</c>, <c>type</c>, <c>enum</c>, <c>domain</c>,
/// <c>function</c>, <c>procedure</c>,
/// <c>aggregate</c>, <c>schema</c>, <c>extension</c>, <c>role</c>, <c>publication</c>, or a member: <c>column</c>, <c>constraint</c>, <c>trigger</c>,
/// <c>policy</c>, <c>rule</c>, <c>enum-value</c>.
/// </param>
/// <param name="Name">The object; for a member the object that it belongs to. What lives in no schema has an empty one.</param>
/// <param name="Member">Name of the member; null where the object itself is meant.</param>
public sealed record ObjectChange(ObjectChangeKind Kind, string Subject, ObjectName Name, string? Member = null)
{
    /// <summary>For a rename, the name (of the object or member) before it; for a move to another schema, the schema before it.</summary>
    public string? OldName { get; init; }

    /// <summary>What was changed about it, such as <c>type text → integer</c>; null where kind and names say all.</summary>
    public string? Detail { get; init; }

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
    /// <summary>Made it.</summary>
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
