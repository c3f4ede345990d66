using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What an object was like before or after a change.</summary>
public abstract record ObjectState;

/// <summary>A column.</summary>
/// <param name="Type">Its type.</param>
/// <param name="IsNullable">Whether it takes NULL.</param>
/// <param name="Default">Its default; null where it has none.</param>
/// <param name="Generated">The expression of a generated column; null for any other.</param>
/// <param name="Identity">Whether it is an identity column.</param>
public sealed record ColumnState(ColumnType Type, bool IsNullable, SqlExpression? Default, SqlExpression? Generated, IdentityKind Identity) : ObjectState
{
    /// <summary>Whether the default is computed anew for each row; null where the replay does not understand it.</summary>
    public bool? HasVolatileDefault { get; init; }
}

/// <summary>A constraint.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Columns">Its columns; empty for one of expressions.</param>
public sealed record ConstraintState(ObjectKind Kind, ImmutableArray<string> Columns) : ObjectState
{
    /// <summary>The referenced table of a foreign key; else null.</summary>
    public ObjectName? ReferencedTable { get; init; }

    /// <summary>The referenced columns of a foreign key.</summary>
    public ImmutableArray<string> ReferencedColumns { get; init; } = [];

    /// <summary>ON DELETE.</summary>
    public ReferentialAction OnDelete { get; init; }

    /// <summary>ON UPDATE.</summary>
    public ReferentialAction OnUpdate { get; init; }

    /// <summary>False for NOT VALID.</summary>
    public bool IsValidated { get; init; }

    /// <summary>DEFERRABLE.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>INITIALLY DEFERRED.</summary>
    public bool IsInitiallyDeferred { get; init; }

    /// <summary>The condition of a CHECK; else null.</summary>
    public SqlExpression? Expression { get; init; }
}

/// <summary>An index.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Method">Its access method.</param>
/// <param name="Keys">Its keys: the names of columns, and expressions in parentheses.</param>
public sealed record IndexState(ObjectName Table, string Method, ImmutableArray<string> Keys) : ObjectState
{
    /// <summary>The INCLUDE columns.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Its predicate; null where it has none.</summary>
    public SqlExpression? Predicate { get; init; }

    /// <summary>UNIQUE.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The constraint that it enforces; null where it enforces none.</summary>
    public string? Constraint { get; init; }
}

/// <summary>A table, view or materialized view.</summary>
/// <param name="Origin">How it came to be.</param>
/// <param name="RowSecurity">Whether row-level security is enabled.</param>
/// <param name="ForceRowSecurity">Whether row-level security holds for the owner too.</param>
/// <param name="Persistence">Whether it is temporary or unlogged.</param>
public sealed record RelationState(RelationOrigin Origin, bool RowSecurity, bool ForceRowSecurity, Persistence Persistence) : ObjectState;

/// <summary>How a relation came to be.</summary>
public enum RelationOrigin
{
    /// <summary>By a statement that lists its columns, or by CREATE VIEW.</summary>
    Definition,

    /// <summary>By a query: CREATE TABLE AS or SELECT INTO.</summary>
    Query,

    /// <summary>From another table: CREATE TABLE (LIKE …).</summary>
    Like,
}
