using Plumbline.Schema.Comparison;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>One statement of a plan that turns one schema into another.</summary>
/// <param name="Sql">The statement, without semicolon; empty where nothing is done and the note says why.</param>
/// <param name="Reverse">The statement that undoes it; null where nothing does. It brings back structure, not rows.</param>
/// <param name="Cause">The change that it is made for; of a statement that only makes way for another change, that change.</param>
/// <param name="Safety">What it may do to rows that exist.</param>
public sealed record PlannedStatement(string Sql, string? Reverse, SchemaChange Cause, ChangeSafety Safety)
{
    /// <summary>What a person has to know or do before it is run, as one sentence; else null.</summary>
    public string? Note { get; init; }

    /// <summary>The phase of the plan that it belongs to.</summary>
    public PlanPhase Phase { get; init; }

    /// <summary>Whether a later statement can use what it does only once it is committed: PostgreSQL refuses to use a new enum value in the transaction that
    /// adds it.</summary>
    public bool MustBeCommitted { get; init; }
}

/// <summary>What a statement may do to rows that exist.</summary>
public enum ChangeSafety
{
    /// <summary>It keeps every row and value, and no row can make it fail.</summary>
    Safe,

    /// <summary>It keeps every row and value, but it fails if rows violate what it adds: they need a backfill or cleanup first.</summary>
    NeedsBackfill,

    /// <summary>It may remove rows or values.</summary>
    Destructive,
}
