using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Queries;

/// <summary>An item of FROM.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Alias">Its alias; null where none is written.</param>
public abstract record FromItem(TextSpan Span, TableAlias? Alias) : SqlNode(Span);

/// <summary>An alias with the column names given to it.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">The alias.</param>
/// <param name="Columns">The column names; empty where none are written.</param>
public sealed record TableAlias(TextSpan Span, Identifier Name, ImmutableArray<Identifier> Columns) : SqlNode(Span);

/// <summary>A table or view.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsOnly">Whether ONLY is written.</param>
/// <param name="Alias">Its alias; null where none is written.</param>
public sealed record TableItem(TextSpan Span, QualifiedName Name, bool IsOnly, TableAlias? Alias) : FromItem(Span, Alias)
{
    /// <summary>TABLESAMPLE; null where none is written.</summary>
    public TableSample? Sample { get; init; }
}

/// <summary>TABLESAMPLE method (arguments) [REPEATABLE (seed)].</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Method">The method.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Seed">The seed; null where none is written.</param>
public sealed record TableSample(TextSpan Span, QualifiedName Method, ImmutableArray<SqlExpr> Arguments, SqlExpr? Seed) : SqlNode(Span);

/// <summary>A query in FROM.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Query">The query.</param>
/// <param name="IsLateral">Whether LATERAL is written.</param>
/// <param name="Alias">Its alias; null where none is written.</param>
public sealed record SubqueryItem(TextSpan Span, SelectStatement Query, bool IsLateral, TableAlias? Alias) : FromItem(Span, Alias);

/// <summary>A function, or ROWS FROM several.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Functions">The calls with the columns that AS defines for each.</param>
/// <param name="IsRowsFrom">Whether ROWS FROM is written.</param>
/// <param name="IsLateral">Whether LATERAL is written.</param>
/// <param name="WithOrdinality">Whether WITH ORDINALITY is written.</param>
/// <param name="Alias">Its alias; null where none is written.</param>
/// <param name="Columns">The columns that the alias defines with types; empty where none are written.</param>
public sealed record FunctionItem(
    TextSpan Span,
    ImmutableArray<FunctionItemCall> Functions,
    bool IsRowsFrom,
    bool IsLateral,
    bool WithOrdinality,
    TableAlias? Alias,
    ImmutableArray<FieldDefinition> Columns) : FromItem(Span, Alias);

/// <summary>One call of a <see cref="FunctionItem"/>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Call">The call.</param>
/// <param name="Columns">The columns that AS defines for it inside ROWS FROM.</param>
public sealed record FunctionItemCall(TextSpan Span, SqlExpr Call, ImmutableArray<FieldDefinition> Columns) : SqlNode(Span);

/// <summary>A name with a type: a field of a composite type, or a column of a function's result.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Collation">Its collation; null where none is written.</param>
public sealed record FieldDefinition(TextSpan Span, Identifier Name, SqlTypeName Type, QualifiedName? Collation) : SqlNode(Span);

/// <summary>A join.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Left">Left item.</param>
/// <param name="Right">Right item.</param>
/// <param name="Alias">The alias of a join in parentheses; else null.</param>
public sealed record JoinItem(TextSpan Span, JoinKind Kind, FromItem Left, FromItem Right, TableAlias? Alias) : FromItem(Span, Alias)
{
    /// <summary>Whether NATURAL is written.</summary>
    public bool IsNatural { get; init; }

    /// <summary>ON; null where none is written.</summary>
    public SqlExpr? On { get; init; }

    /// <summary>USING.</summary>
    public ImmutableArray<Identifier> Using { get; init; } = [];

    /// <summary>The alias of USING (…) AS alias; null where none is written.</summary>
    public Identifier? UsingAlias { get; init; }
}

/// <summary>The kinds of join.</summary>
public enum JoinKind
{
    /// <summary>JOIN or INNER JOIN.</summary>
    Inner,

    /// <summary>LEFT JOIN.</summary>
    Left,

    /// <summary>RIGHT JOIN.</summary>
    Right,

    /// <summary>FULL JOIN.</summary>
    Full,

    /// <summary>CROSS JOIN.</summary>
    Cross,
}

/// <summary>XMLTABLE or JSON_TABLE.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name"><c>xmltable</c> or <c>json_table</c>.</param>
/// <param name="Expressions">The expressions in it, in the order written.</param>
/// <param name="Columns">Its columns; those of nested paths behind those of the outer one. A column FOR ORDINALITY is <c>int4</c>.</param>
/// <param name="IsLateral">Whether LATERAL is written.</param>
/// <param name="Alias">Its alias; null where none is written.</param>
public sealed record TableFunctionItem(
    TextSpan Span,
    string Name,
    ImmutableArray<SqlExpr> Expressions,
    ImmutableArray<FieldDefinition> Columns,
    bool IsLateral,
    TableAlias? Alias) : FromItem(Span, Alias);
