using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.History;

/// <summary>What a statement without effect would have done to an object, as far as its text says.</summary>
/// <param name="Outcome">The statement, as an index into <see cref="ReplayResult.Outcomes"/>.</param>
/// <param name="Kind">What it would have done: create, change, rename or drop.</param>
/// <param name="ObjectKind">To what kind of object.</param>
/// <param name="Name">The object; for a member the object that it belongs to. A name without a schema has the one in which it would have been created.</param>
/// <param name="Member">Name of the member; null where the object itself is meant.</param>
public sealed record ObjectAttempt(int Outcome, ObjectChangeKind Kind, ObjectKind ObjectKind, ObjectName Name, string? Member)
{
    /// <summary>Of a rename, the name (of the object or member) before it; else null.</summary>
    public string? OldName { get; init; }

    /// <summary>The columns of a constraint or index; empty where it has none or none are written.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>The table of an index; else null.</summary>
    public ObjectName? Table { get; init; }

    /// <summary>Whether the name is one that PostgreSQL would have chosen.</summary>
    public bool IsImplicitName { get; init; }
}
