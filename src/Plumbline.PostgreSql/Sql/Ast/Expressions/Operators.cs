using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Expressions;

/// <summary>An operator with one operand (before it) or two.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Left">Left operand; null for a prefix operator.</param>
/// <param name="Right">Right operand.</param>
public sealed record OperatorExpr(TextSpan Span, OperatorName Operator, SqlExpr? Left, SqlExpr Right) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => Operator.Span.Start;
}

/// <summary>AND, OR, or NOT. A chain of the same word is one node, as in PostgreSQL.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">Which.</param>
/// <param name="Operands">Two or more; one for NOT.</param>
/// <param name="WordLocation">Offset of the (first) word.</param>
public sealed record BooleanExpr(TextSpan Span, BooleanKind Kind, ImmutableArray<SqlExpr> Operands, int WordLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => WordLocation;
}

/// <summary>The logical operators.</summary>
public enum BooleanKind
{
    /// <summary>AND.</summary>
    And,

    /// <summary>OR.</summary>
    Or,

    /// <summary>NOT.</summary>
    Not,
}

/// <summary>A test that follows its operand: <c>IS [NOT] NULL</c>, <c>IS TRUE</c>, <c>IS DOCUMENT</c>, <c>IS NFC NORMALIZED</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What is tested.</param>
/// <param name="Kind">Which test.</param>
/// <param name="IsNegated">Whether NOT is in it.</param>
/// <param name="IsLocation">Offset of IS (or ISNULL, NOTNULL).</param>
/// <param name="NormalForm">The form of a NORMALIZED test, such as <c>NFC</c>; null where none is written.</param>
public sealed record IsTestExpr(TextSpan Span, SqlExpr Operand, IsTestKind Kind, bool IsNegated, int IsLocation, string? NormalForm = null) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => IsLocation;
}

/// <summary>The tests of an <see cref="IsTestExpr"/>.</summary>
public enum IsTestKind
{
    /// <summary>IS NULL, ISNULL, NOTNULL.</summary>
    Null,

    /// <summary>IS TRUE.</summary>
    True,

    /// <summary>IS FALSE.</summary>
    False,

    /// <summary>IS UNKNOWN.</summary>
    Unknown,

    /// <summary>IS DOCUMENT.</summary>
    Document,

    /// <summary>IS NORMALIZED.</summary>
    Normalized,
}

/// <summary><c>a IS [NOT] DISTINCT FROM b</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Left">Left operand.</param>
/// <param name="Right">Right operand.</param>
/// <param name="IsNegated">Whether NOT is in it.</param>
/// <param name="IsLocation">Offset of IS.</param>
public sealed record DistinctExpr(TextSpan Span, SqlExpr Left, SqlExpr Right, bool IsNegated, int IsLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => IsLocation;
}

/// <summary><c>x IS [NOT] JSON [OBJECT] [WITH UNIQUE KEYS]</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What is tested.</param>
/// <param name="IsNegated">Whether NOT is in it.</param>
/// <param name="ItemType"><c>value</c>, <c>array</c>, <c>object</c> or <c>scalar</c>; null where none is written.</param>
/// <param name="UniqueKeys">Whether unique keys are asked for.</param>
public sealed record IsJsonExpr(TextSpan Span, SqlExpr Operand, bool IsNegated, string? ItemType, bool UniqueKeys) : SqlExpr(Span);

/// <summary>LIKE, ILIKE or SIMILAR TO.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Left">The string.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Escape">The escape character; null where ESCAPE is not written.</param>
/// <param name="Kind">Which.</param>
/// <param name="IsNegated">Whether NOT precedes it.</param>
/// <param name="WordLocation">Offset of the first word.</param>
public sealed record LikeExpr(TextSpan Span, SqlExpr Left, SqlExpr Pattern, SqlExpr? Escape, LikeKind Kind, bool IsNegated, int WordLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => WordLocation;
}

/// <summary>The kinds of pattern.</summary>
public enum LikeKind
{
    /// <summary>LIKE (<c>~~</c>).</summary>
    Like,

    /// <summary>ILIKE (<c>~~*</c>).</summary>
    ILike,

    /// <summary>SIMILAR TO.</summary>
    SimilarTo,
}

/// <summary><c>x [NOT] BETWEEN [SYMMETRIC] low AND high</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What is compared.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
/// <param name="IsNegated">Whether NOT precedes it.</param>
/// <param name="IsSymmetric">Whether SYMMETRIC is written.</param>
/// <param name="WordLocation">Offset of the first word.</param>
public sealed record BetweenExpr(TextSpan Span, SqlExpr Operand, SqlExpr Low, SqlExpr High, bool IsNegated, bool IsSymmetric, int WordLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => WordLocation;
}

/// <summary><c>x [NOT] IN (a, b)</c> or <c>x [NOT] IN (SELECT …)</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What is looked for.</param>
/// <param name="Items">The list; empty where a query is there.</param>
/// <param name="Query">The query; null where a list is there.</param>
/// <param name="IsNegated">Whether NOT precedes it.</param>
/// <param name="WordLocation">Offset of the first word.</param>
public sealed record InExpr(TextSpan Span, SqlExpr Operand, ImmutableArray<SqlExpr> Items, SelectStatement? Query, bool IsNegated, int WordLocation)
    : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => WordLocation;
}

/// <summary><c>x = ANY (array)</c>, <c>x &lt; ALL (SELECT …)</c>; SOME is ANY; LIKE and ILIKE are given as <c>~~</c> and <c>~~*</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Left">Left operand.</param>
/// <param name="Operator">The operator.</param>
/// <param name="IsAll">Whether ALL is written.</param>
/// <param name="Array">The array; null where a query is there.</param>
/// <param name="Query">The query; null where an array is there.</param>
public sealed record QuantifiedExpr(TextSpan Span, SqlExpr Left, OperatorName Operator, bool IsAll, SqlExpr? Array, SelectStatement? Query) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => Operator.Span.Start;
}

/// <summary><c>x AT TIME ZONE zone</c> or <c>x AT LOCAL</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">A time.</param>
/// <param name="Zone">The zone; null for AT LOCAL.</param>
/// <param name="AtLocation">Offset of AT.</param>
public sealed record AtTimeZoneExpr(TextSpan Span, SqlExpr Operand, SqlExpr? Zone, int AtLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => AtLocation;
}

/// <summary><c>(start, end) OVERLAPS (start, end)</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Left">Left row.</param>
/// <param name="Right">Right row.</param>
/// <param name="WordLocation">Offset of OVERLAPS.</param>
public sealed record OverlapsExpr(TextSpan Span, RowExpr Left, RowExpr Right, int WordLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => WordLocation;
}
