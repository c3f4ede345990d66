using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>A statement of a plan that is still being made, with what its place among the others follows from.</summary>
internal sealed class Operation(PlanPhase phase, SchemaChange cause, string sql)
{
    internal PlanPhase Phase { get; } = phase;

    internal SchemaChange Cause { get; } = cause;

    internal string Sql { get; } = sql;

    internal string? Reverse { get; init; }

    internal ChangeSafety Safety { get; init; }

    internal string? Note { get; init; }

    internal bool MustBeCommitted { get; init; }

    /// <summary>What is gone behind it.</summary>
    internal HashSet<ObjectKey> Drops { get; init; } = [];

    /// <summary>What is in the state of TO behind it.</summary>
    internal HashSet<ObjectKey> Makes { get; init; } = [];

    /// <summary>What it alters in place: what needs that in FROM and goes is gone before, and what needs it in TO comes behind.</summary>
    internal HashSet<ObjectKey> Alters { get; init; } = [];

    /// <summary>What it removes under another name, once what stays has been turned over to what was made in its place.</summary>
    internal HashSet<ObjectKey> Discards { get; init; } = [];

    /// <summary>What must still be there when it runs.</summary>
    internal HashSet<ObjectKey> Before { get; init; } = [];

    /// <summary>What may be renamed and replaced, but not dropped, when it runs.</summary>
    internal HashSet<ObjectKey> BeforeDropping { get; init; } = [];

    /// <summary>What must not be made yet when it runs.</summary>
    internal HashSet<ObjectKey> BeforeMaking { get; init; } = [];

    /// <summary>What must be in the state of TO when it runs.</summary>
    internal HashSet<ObjectKey> After { get; init; } = [];

    /// <summary>What must be gone when it runs.</summary>
    internal HashSet<ObjectKey> AfterDropping { get; init; } = [];

    /// <summary>Names of relations that can be used again behind it.</summary>
    internal HashSet<ObjectName> Frees { get; init; } = [];

    /// <summary>Names of relations that it uses.</summary>
    internal HashSet<ObjectName> Takes { get; init; } = [];

    internal PlannedStatement Statement => new(Sql, Reverse, Cause, Safety) { Note = Note, Phase = Phase, MustBeCommitted = MustBeCommitted };
}
