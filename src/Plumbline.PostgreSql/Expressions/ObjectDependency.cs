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
internal sealed record ObjectDependency(DependencyKind Kind, uint Oid, short Column = 0);
