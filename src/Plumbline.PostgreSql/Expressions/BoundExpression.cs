using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Analysis;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.Schema.Model;

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
    /// <summary>The resolved expression; null where it is not canonical.</summary>
    public Expr? Tree { get; init; }

    /// <summary>The items that its columns belong to: none, its relation, or the rows OLD and NEW.</summary>
    public ImmutableArray<RangeItem> Items { get; init; } = [];

    /// <summary>Its type; 0 where it is not canonical.</summary>
    public uint TypeOid => Tree?.Type ?? 0;

    /// <summary>Its type's modifier; -1 without one.</summary>
    public int Modifier => Tree?.Modifier ?? -1;

    /// <summary>Its collation; 0 where its type has none.</summary>
    public uint CollationOid => Tree?.Collation ?? 0;

    /// <summary>The greatest volatility of the functions in it.</summary>
    public PgVolatility Volatility { get; init; }

    /// <summary>Whether it is nothing but NULL, which as a DEFAULT is none.</summary>
    public bool IsNull => Tree is ConstExpr { Value: null };

    /// <summary>Whether it is nothing but TRUE, which as an index's predicate is none.</summary>
    public bool IsTrue => Tree is ConstExpr { Type: TypeOids.Bool, Value: "t" };

    /// <summary>The number of the column that it is nothing but; else 0. An index or partition key on it is one on the column.</summary>
    public short ColumnNumber => Tree is VarExpr { Column: > 0, LevelsUp: 0 } variable ? variable.Column : (short)0;

    /// <summary>Whether it is printed in a form that the grammar takes for a call, so that an index needs no parentheses around it.</summary>
    public bool LooksLikeFunction => Tree is not null && Deparser.LooksLikeFunction(Tree);

    /// <summary>Whether it is a value of a partition's bound, which is printed without its type.</summary>
    internal bool IsBoundValue { get; init; }

    /// <summary>The expression in PostgreSQL's words (<c>pg_get_expr</c>) where it is canonical, else as it was written.</summary>
    /// <param name="catalog">The database as it is now.</param>
    public SqlExpression Print(IObjectCatalog catalog)
    {
        if (Tree is not null)
        {
            try
            {
                var text = IsBoundValue && Tree is ConstExpr constant ? Deparser.PrintValue(catalog, constant) : Deparser.Print(catalog, Tree, [.. Items]);
                return new SqlExpression(text, true) { Source = Source == text ? null : Source };
            }
            catch (Exception e) when (e is NotUnderstoodException or InsufficientExecutionStackException)
            {
                // Printed as it was written.
            }
        }

        return new SqlExpression(Source, false);
    }
}

/// <summary>A query whose names and types are resolved.</summary>
internal sealed record BoundQuery : BoundNode
{
    /// <summary>The resolved query; null where it is not canonical.</summary>
    public Query? Tree { get; init; }

    /// <summary>The columns that it gives, under the names given to them; where it is not canonical, none.</summary>
    public ImmutableArray<BoundColumn> Columns { get; init; } = [];

    /// <summary>The query in PostgreSQL's words (<c>pg_get_viewdef</c>) where it is canonical, else as it was written.</summary>
    /// <param name="catalog">The database as it is now.</param>
    /// <param name="columnNames">The names of the view's columns as they are now; where none are given, those of <see cref="Columns"/>.</param>
    public SqlExpression Print(IObjectCatalog catalog, ImmutableArray<string> columnNames = default)
    {
        if (Tree is not null)
        {
            try
            {
                var names = columnNames.IsDefault ? [.. Columns.Select(c => c.Name)] : columnNames;
                return new SqlExpression(Deparser.PrintView(catalog, Tree, names), true) { Source = Source };
            }
            catch (Exception e) when (e is NotUnderstoodException or InsufficientExecutionStackException)
            {
                // Printed as it was written.
            }
        }

        return new SqlExpression(Source, false);
    }
}

/// <summary>A column that a query gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeOid">Its type.</param>
/// <param name="Modifier">Its type's modifier; -1 without one.</param>
/// <param name="CollationOid">Its collation; 0 where its type has none.</param>
internal sealed record BoundColumn(string Name, uint TypeOid, int Modifier, uint CollationOid);

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
