using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Expressions;

/// <summary>What an expression needs to stay as it is.</summary>
internal enum DependencyKind : byte
{
    /// <summary>A relation as a whole.</summary>
    Relation,

    /// <summary>A column of a relation.</summary>
    Column,

    /// <summary>A function or aggregate.</summary>
    Function,

    /// <summary>An operator.</summary>
    Operator,

    /// <summary>A type.</summary>
    Type,

    /// <summary>A collation.</summary>
    Collation,

    /// <summary>A constraint: the primary key that a GROUP BY relies on.</summary>
    Constraint,
}

/// <summary>An object that an expression or query uses; built-in objects are not told.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Oid">Its number; of a column, that of its relation.</param>
/// <param name="Column">The column's number; else 0.</param>
internal readonly record struct ObjectDependency(DependencyKind Kind, uint Oid, short Column = 0);

/// <summary>What both expressions and queries are after names and types are resolved.</summary>
internal abstract record BoundNode
{
    /// <summary>What was written.</summary>
    public required string Source { get; init; }

    /// <summary>Whether names and types could be resolved, so that PostgreSQL's own text can be printed.</summary>
    public bool IsCanonical { get; init; }

    /// <summary>What it uses, each once.</summary>
    public ImmutableArray<ObjectDependency> Dependencies { get; init; } = [];
}

/// <summary>What came of resolving an expression or query: the bound one, or the error with which PostgreSQL refuses it.</summary>
/// <typeparam name="T">What was bound.</typeparam>
/// <param name="Value">The bound one; null where it is refused.</param>
/// <param name="Error">The refusal; null where it is accepted.</param>
internal readonly record struct BindResult<T>(T? Value, SqlError? Error)
    where T : class
{
    /// <summary>An accepted one.</summary>
    public static implicit operator BindResult<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator BindResult<T>(SqlError error) => new(null, error);
}
