using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Expressions;

/// <summary>A query as a value: <c>(SELECT …)</c>, <c>EXISTS (…)</c>, <c>ARRAY(…)</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">Which.</param>
/// <param name="Query">The query.</param>
public sealed record SubqueryExpr(TextSpan Span, SubqueryKind Kind, SelectStatement Query) : SqlExpr(Span);

/// <summary>What a <see cref="SubqueryExpr"/> asks of its query.</summary>
public enum SubqueryKind
{
    /// <summary>Its single value.</summary>
    Scalar,

    /// <summary>Whether it has a row.</summary>
    Exists,

    /// <summary>All its values as an array.</summary>
    Array,
}

/// <summary>CASE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What is between CASE and WHEN; null where nothing is.</param>
/// <param name="Branches">The WHEN branches; at least one.</param>
/// <param name="Else">The ELSE value; null where none is written.</param>
public sealed record CaseExpr(TextSpan Span, SqlExpr? Operand, ImmutableArray<CaseBranch> Branches, SqlExpr? Else) : SqlExpr(Span);

/// <summary>One WHEN of a <see cref="CaseExpr"/>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Condition">What follows WHEN.</param>
/// <param name="Result">What follows THEN.</param>
public sealed record CaseBranch(TextSpan Span, SqlExpr Condition, SqlExpr Result) : SqlNode(Span);

/// <summary>COALESCE, GREATEST, LEAST or NULLIF.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">Which.</param>
/// <param name="Arguments">Its arguments; two for NULLIF.</param>
public sealed record ConditionalExpr(TextSpan Span, ConditionalKind Kind, ImmutableArray<SqlExpr> Arguments) : SqlExpr(Span);

/// <summary>The conditional expressions that look like functions.</summary>
public enum ConditionalKind
{
    /// <summary>COALESCE.</summary>
    Coalesce,

    /// <summary>GREATEST.</summary>
    Greatest,

    /// <summary>LEAST.</summary>
    Least,

    /// <summary>NULLIF.</summary>
    NullIf,
}

/// <summary>A value that SQL spells without parentheses: <c>CURRENT_TIMESTAMP</c>, <c>SESSION_USER</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">The word in lower case, such as <c>current_timestamp</c>.</param>
/// <param name="Precision">The number in parentheses; null where none is written.</param>
public sealed record ValueFunctionExpr(TextSpan Span, string Name, int? Precision) : SqlExpr(Span);

/// <summary>A function call, in any of its forms.</summary>
/// <param name="Span">The whole, with FILTER and OVER.</param>
/// <param name="Name">The function; for SQL's own spellings (<c>EXTRACT(… FROM …)</c>) the function in <c>pg_catalog</c> that the grammar puts there.</param>
/// <param name="Arguments">Its arguments, in the order in which the function takes them.</param>
public sealed record FunctionCallExpr(TextSpan Span, QualifiedName Name, ImmutableArray<CallArgument> Arguments) : SqlExpr(Span)
{
    /// <summary>Whether it is written in one of SQL's own spellings: EXTRACT, OVERLAY, POSITION, SUBSTRING … FROM, TRIM, NORMALIZE, COLLATION FOR.</summary>
    public bool IsSqlSpelling { get; init; }

    /// <summary>Whether the argument list is a star: <c>count(*)</c>.</summary>
    public bool IsStar { get; init; }

    /// <summary>Whether DISTINCT is written.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>Whether the last argument is VARIADIC.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>The ORDER BY among the arguments, or that of WITHIN GROUP.</summary>
    public ImmutableArray<SortItem> OrderBy { get; init; } = [];

    /// <summary>Whether <see cref="OrderBy"/> is WITHIN GROUP's.</summary>
    public bool IsWithinGroup { get; init; }

    /// <summary>The FILTER condition; null where none is written.</summary>
    public SqlExpr? Filter { get; init; }

    /// <summary>The OVER clause; null where none is written.</summary>
    public WindowSpec? Over { get; init; }
}

/// <summary>An argument of a call.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name where it is given as <c>name => value</c> or <c>name := value</c>; else null.</param>
/// <param name="Value">Its value.</param>
public sealed record CallArgument(TextSpan Span, Identifier? Name, SqlExpr Value) : SqlNode(Span);

/// <summary>A window, as OVER and WINDOW have it.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">The name that WINDOW gives it, or that OVER refers to; null where it is written out.</param>
/// <param name="IsReference">Whether it is <c>OVER name</c>.</param>
public sealed record WindowSpec(TextSpan Span, Identifier? Name, bool IsReference) : SqlNode(Span)
{
    /// <summary>The window that it builds on, <c>(base PARTITION …)</c>; else null.</summary>
    public Identifier? Base { get; init; }

    /// <summary>PARTITION BY.</summary>
    public ImmutableArray<SqlExpr> PartitionBy { get; init; } = [];

    /// <summary>ORDER BY.</summary>
    public ImmutableArray<SortItem> OrderBy { get; init; } = [];

    /// <summary>The frame; null where none is written.</summary>
    public WindowFrame? Frame { get; init; }
}

/// <summary>The frame of a window.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Unit"><c>RANGE</c>, <c>ROWS</c> or <c>GROUPS</c>.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends; null where only the start is written.</param>
/// <param name="Exclusion"><c>CURRENT ROW</c>, <c>GROUP</c>, <c>TIES</c> or <c>NO OTHERS</c>; null where none is written.</param>
public sealed record WindowFrame(TextSpan Span, string Unit, FrameBound Start, FrameBound? End, string? Exclusion) : SqlNode(Span);

/// <summary>A bound of a window's frame.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">Which.</param>
/// <param name="Offset">The offset; null for the kinds that have none.</param>
public sealed record FrameBound(TextSpan Span, FrameBoundKind Kind, SqlExpr? Offset) : SqlNode(Span);

/// <summary>The bounds of a window's frame.</summary>
public enum FrameBoundKind
{
    /// <summary>UNBOUNDED PRECEDING.</summary>
    UnboundedPreceding,

    /// <summary>offset PRECEDING.</summary>
    Preceding,

    /// <summary>CURRENT ROW.</summary>
    CurrentRow,

    /// <summary>offset FOLLOWING.</summary>
    Following,

    /// <summary>UNBOUNDED FOLLOWING.</summary>
    UnboundedFollowing,
}

/// <summary>GROUPING(a, b).</summary>
/// <param name="Span">The whole.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record GroupingExpr(TextSpan Span, ImmutableArray<SqlExpr> Arguments) : SqlExpr(Span);

/// <summary>WHERE CURRENT OF cursor.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Cursor">The cursor.</param>
public sealed record CurrentOfExpr(TextSpan Span, Identifier Cursor) : SqlExpr(Span);

/// <summary>A function of SQL/XML or SQL/JSON whose arguments have a grammar of their own: <c>XMLELEMENT(NAME a, …)</c>, <c>JSON_OBJECT('a': 1)</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name in lower case, such as <c>json_object</c>.</param>
/// <param name="Arguments">The expressions in it, in the order written.</param>
/// <param name="ReturningType">The type behind RETURNING or AS; null where none is written.</param>
public sealed record SqlStandardCallExpr(TextSpan Span, string Name, ImmutableArray<CallArgument> Arguments, SqlTypeName? ReturningType) : SqlExpr(Span)
{
    /// <summary>FILTER and OVER of the JSON aggregates.</summary>
    public SqlExpr? Filter { get; init; }

    /// <summary>The OVER clause of the JSON aggregates; null where none is written.</summary>
    public WindowSpec? Over { get; init; }
}

/// <summary>An item of ORDER BY, and of an index's or constraint's list where that is sorted.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Value">By what.</param>
/// <param name="Direction">ASC or DESC, where written.</param>
/// <param name="Nulls">NULLS FIRST or LAST, where written.</param>
/// <param name="Using">The operator of <c>USING &gt;</c>; else null.</param>
public sealed record SortItem(TextSpan Span, SqlExpr Value, SortDirection Direction, NullsOrder Nulls, OperatorName? Using) : SqlNode(Span);

/// <summary>The direction of a sort.</summary>
public enum SortDirection
{
    /// <summary>Not written.</summary>
    Default,

    /// <summary>ASC.</summary>
    Ascending,

    /// <summary>DESC.</summary>
    Descending,
}

/// <summary>Where nulls sort.</summary>
public enum NullsOrder
{
    /// <summary>Not written.</summary>
    Default,

    /// <summary>NULLS FIRST.</summary>
    First,

    /// <summary>NULLS LAST.</summary>
    Last,
}
