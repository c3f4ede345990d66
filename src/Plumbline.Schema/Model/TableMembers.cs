using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>A trigger of a table or view.</summary>
public sealed record Trigger : SchemaObject
{
    /// <summary>Name of the trigger.</summary>
    public required string Name { get; init; }

    /// <summary>When it fires.</summary>
    public required TriggerTiming Timing { get; init; }

    /// <summary>The events that fire it.</summary>
    public required TriggerEvents Events { get; init; }

    /// <summary>The columns of <c>UPDATE OF</c>; empty where it names none.</summary>
    public ImmutableArray<string> UpdateColumns { get; init; } = [];

    /// <summary>Whether it fires for each row; else for each statement.</summary>
    public bool ForEachRow { get; init; }

    /// <summary>Its WHEN condition; else null.</summary>
    public SqlExpression? When { get; init; }

    /// <summary>The function that it calls.</summary>
    public required ObjectName Function { get; init; }

    /// <summary>The literal arguments of the call.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Whether it is a constraint trigger.</summary>
    public bool IsConstraint { get; init; }

    /// <summary>Whether a constraint trigger is DEFERRABLE.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>Whether a constraint trigger is INITIALLY DEFERRED.</summary>
    public bool IsInitiallyDeferred { get; init; }

    /// <summary>The table that a constraint trigger names with FROM; else null.</summary>
    public ObjectName? ReferencedTable { get; init; }

    /// <summary>Name of the transition table of old rows; else null.</summary>
    public string? OldTable { get; init; }

    /// <summary>Name of the transition table of new rows; else null.</summary>
    public string? NewTable { get; init; }

    /// <summary>Whether, and in which replication role, it fires.</summary>
    public TriggerState State { get; init; }
}

/// <summary>When a trigger fires.</summary>
public enum TriggerTiming
{
    /// <summary><c>BEFORE</c>.</summary>
    Before,

    /// <summary><c>AFTER</c>.</summary>
    After,

    /// <summary><c>INSTEAD OF</c>.</summary>
    InsteadOf,
}

/// <summary>What fires a trigger.</summary>
[Flags]
public enum TriggerEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>INSERT</c>.</summary>
    Insert = 1,

    /// <summary><c>DELETE</c>.</summary>
    Delete = 2,

    /// <summary><c>UPDATE</c>.</summary>
    Update = 4,

    /// <summary><c>TRUNCATE</c>.</summary>
    Truncate = 8,
}

/// <summary>Whether a trigger or rule fires (<c>tgenabled</c>, <c>ev_enabled</c>).</summary>
public enum TriggerState
{
    /// <summary>In origin and local mode: the default.</summary>
    Enabled,

    /// <summary>Never.</summary>
    Disabled,

    /// <summary>In replica mode only.</summary>
    Replica,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>A row-level security policy of a table.</summary>
public sealed record Policy : SchemaObject
{
    /// <summary>Name of the policy.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is permissive; else restrictive.</summary>
    public bool IsPermissive { get; init; } = true;

    /// <summary>The command that it holds for.</summary>
    public PolicyCommand Command { get; init; }

    /// <summary>The roles that it holds for, sorted; <c>public</c> alone stands for all.</summary>
    public ImmutableArray<string> Roles { get; init; } = ["public"];

    /// <summary>Its USING condition; else null.</summary>
    public SqlExpression? Using { get; init; }

    /// <summary>Its WITH CHECK condition; else null.</summary>
    public SqlExpression? WithCheck { get; init; }
}

/// <summary>The command of a <see cref="Policy"/>.</summary>
public enum PolicyCommand
{
    /// <summary><c>ALL</c>, the default.</summary>
    All,

    /// <summary><c>SELECT</c>.</summary>
    Select,

    /// <summary><c>INSERT</c>.</summary>
    Insert,

    /// <summary><c>UPDATE</c>.</summary>
    Update,

    /// <summary><c>DELETE</c>.</summary>
    Delete,
}

/// <summary>A rewrite rule of a table or view (<c>CREATE RULE</c>); the rule that makes a view is not one.</summary>
public sealed record RewriteRule : SchemaObject
{
    /// <summary>Name of the rule.</summary>
    public required string Name { get; init; }

    /// <summary>The whole <c>CREATE RULE</c> statement, as <c>pg_get_ruledef</c> prints it where it is canonical.</summary>
    public required SqlExpression Definition { get; init; }

    /// <summary>Whether it fires.</summary>
    public TriggerState State { get; init; }
}
