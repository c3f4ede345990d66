using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Expressions;

/// <summary>An expression, in the shape in which PostgreSQL's grammar gives it (parentheses are not kept).</summary>
/// <param name="Span">The characters from its first to its last token.</param>
public abstract record SqlExpr(TextSpan Span) : SqlNode(Span);

/// <summary>A constant.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Text">Its value without quotes and escapes: <c>it's</c>, <c>42</c>, <c>1.5e3</c>, <c>b1010</c>, <c>x1F</c>, <c>true</c>; empty for
/// NULL.</param>
public sealed record ConstantExpr(TextSpan Span, ConstantKind Kind, string Text) : SqlExpr(Span);

/// <summary>What kind of constant.</summary>
public enum ConstantKind
{
    /// <summary>NULL.</summary>
    Null,

    /// <summary>An integer that fits in 32 bits (written in decimal, or as <c>0x1F</c>, <c>0o17</c>, <c>0b11</c>, and given in decimal).</summary>
    Integer,

    /// <summary>Any other number: <c>bigint</c> or <c>numeric</c>.</summary>
    Numeric,

    /// <summary>A string of unknown type.</summary>
    String,

    /// <summary>A bit string, with its <c>b</c> or <c>x</c> in front.</summary>
    BitString,

    /// <summary>TRUE or FALSE.</summary>
    Boolean,
}

/// <summary>A column, possibly qualified, possibly <c>t.*</c> or <c>*</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Parts">The names; without the star.</param>
/// <param name="IsStar">Whether it ends in a star.</param>
public sealed record ColumnRefExpr(TextSpan Span, ImmutableArray<Identifier> Parts, bool IsStar = false) : SqlExpr(Span);

/// <summary>A parameter, <c>$1</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Number">Its number.</param>
public sealed record ParameterExpr(TextSpan Span, int Number) : SqlExpr(Span);

/// <summary>DEFAULT, where a value is expected.</summary>
/// <param name="Span">Its place in the text.</param>
public sealed record DefaultExpr(TextSpan Span) : SqlExpr(Span);

/// <summary>A cast.</summary>
/// <param name="Span">The whole cast.</param>
/// <param name="Operand">What is cast.</param>
/// <param name="Type">To which type.</param>
/// <param name="Syntax">How it is written.</param>
/// <param name="CastLocation">Offset of the <c>::</c>, of CAST, or of the typed literal's type.</param>
public sealed record CastExpr(TextSpan Span, SqlExpr Operand, SqlTypeName Type, CastSyntax Syntax, int CastLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => CastLocation;
}

/// <summary>The ways to write a cast.</summary>
public enum CastSyntax
{
    /// <summary><c>x::type</c>.</summary>
    DoubleColon,

    /// <summary><c>CAST(x AS type)</c>.</summary>
    Cast,

    /// <summary><c>type 'literal'</c>.</summary>
    TypedLiteral,
}

/// <summary>A collation: <c>x COLLATE "C"</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What it is applied to.</param>
/// <param name="Collation">The collation.</param>
/// <param name="CollateLocation">Offset of COLLATE.</param>
public sealed record CollateExpr(TextSpan Span, SqlExpr Operand, QualifiedName Collation, int CollateLocation) : SqlExpr(Span)
{
    /// <inheritdoc/>
    public override int Location => CollateLocation;
}

/// <summary>What follows an expression: fields and subscripts, <c>(row).field</c>, <c>list[1:2]</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What it is applied to.</param>
/// <param name="Steps">Fields and subscripts in their order.</param>
public sealed record IndirectionExpr(TextSpan Span, SqlExpr Operand, ImmutableArray<IndirectionStep> Steps) : SqlExpr(Span);

/// <summary>One step of an <see cref="IndirectionExpr"/>.</summary>
/// <param name="Span">Its place in the text.</param>
public abstract record IndirectionStep(TextSpan Span) : SqlNode(Span);

/// <summary><c>.field</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">The field.</param>
public sealed record FieldStep(TextSpan Span, Identifier Name) : IndirectionStep(Span);

/// <summary><c>.*</c>.</summary>
/// <param name="Span">Its place in the text.</param>
public sealed record StarStep(TextSpan Span) : IndirectionStep(Span);

/// <summary><c>[index]</c> or <c>[lower:upper]</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Lower">Lower bound of a slice; null where none is written or it is no slice.</param>
/// <param name="Upper">The index, or the upper bound of a slice.</param>
/// <param name="IsSlice">Whether a colon is in it.</param>
public sealed record SubscriptStep(TextSpan Span, SqlExpr? Lower, SqlExpr? Upper, bool IsSlice) : IndirectionStep(Span);

/// <summary>A row: <c>ROW(a, b)</c> or <c>(a, b)</c>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Items">Its fields.</param>
/// <param name="IsExplicit">Whether ROW is written.</param>
public sealed record RowExpr(TextSpan Span, ImmutableArray<SqlExpr> Items, bool IsExplicit) : SqlExpr(Span);

/// <summary>An array: <c>ARRAY[1, 2]</c>, whose nested arrays may leave the word out.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Items">Its items.</param>
public sealed record ArrayExpr(TextSpan Span, ImmutableArray<SqlExpr> Items) : SqlExpr(Span);
