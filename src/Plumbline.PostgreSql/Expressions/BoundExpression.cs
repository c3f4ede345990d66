using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.Schema;

namespace Plumbline.PostgreSql.Expressions;

/// <summary>What expressions and queries have in common once names and types are resolved.</summary>
internal abstract record BoundNode
{
    /// <summary>What was written.</summary>
    public required string Source { get; init; }

    /// <summary>Whether names and types could be resolved, so that PostgreSQL's own text can be printed.</summary>
    public bool IsCanonical { get; init; }

    /// <summary>What it uses, each once; empty where it is not canonical.</summary>
    public ImmutableArray<ObjectDependency> Dependencies { get; init; } = [];
}

/// <summary>An expression whose names and types are resolved. It holds numbers, not names, so that it prints the names that objects have by then.</summary>
internal sealed record BoundExpression : BoundNode
{
    /// <summary>Its type; 0 where it is not canonical.</summary>
    public uint TypeOid { get; init; }

    /// <summary>Its type's modifier; -1 without one.</summary>
    public int Modifier { get; init; } = -1;

    /// <summary>Its collation; 0 where its type has none.</summary>
    public uint CollationOid { get; init; }

    /// <summary>The greatest volatility of the functions in it.</summary>
    public PgVolatility Volatility { get; init; }

    /// <summary>The expression in PostgreSQL's words (<c>pg_get_expr</c>) where it is canonical, else as it was written.</summary>
    /// <param name="catalog">The database as it is now.</param>
    public SqlExpression Print(IObjectCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SqlExpression(Source, false);
    }
}

/// <summary>A query whose names and types are resolved.</summary>
internal sealed record BoundQuery : BoundNode
{
    /// <summary>The columns that it gives; where it is not canonical, those whose names are certain or none.</summary>
    public ImmutableArray<BoundColumn> Columns { get; init; } = [];

    /// <summary>The query in PostgreSQL's words (<c>pg_get_viewdef</c>) where it is canonical, else as it was written.</summary>
    /// <param name="catalog">The database as it is now.</param>
    public SqlExpression Print(IObjectCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new SqlExpression(Source, false);
    }
}

/// <summary>A column that a query gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeOid">Its type.</param>
/// <param name="Modifier">Its type's modifier; -1 without one.</param>
/// <param name="CollationOid">Its collation; 0 where its type has none.</param>
internal readonly record struct BoundColumn(string Name, uint TypeOid, int Modifier, uint CollationOid);

/// <summary>A type whose name is resolved.</summary>
/// <param name="Oid">The type's number.</param>
/// <param name="Modifier">Its modifier (<c>atttypmod</c>); -1 without one.</param>
/// <param name="Type">The type as the neutral model has it.</param>
internal sealed record BoundType(uint Oid, int Modifier, ColumnType Type);

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
