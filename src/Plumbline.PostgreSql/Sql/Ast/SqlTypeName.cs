using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast;

/// <summary>A type as it is written, with the names that SQL spells in words resolved as PostgreSQL's grammar resolves them (<c>int</c> is
/// <c>pg_catalog.int4</c>).</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name; for <c>%TYPE</c> the table's name followed by the column's.</param>
public sealed record SqlTypeName(TextSpan Span, QualifiedName Name) : SqlNode(Span)
{
    /// <summary>The modifiers in parentheses; for <c>bit</c> and <c>char</c> without any the 1 that PostgreSQL's grammar adds.</summary>
    public ImmutableArray<SqlExpr> Modifiers { get; init; } = [];

    /// <summary>One item for each dimension, null where no bound is written; empty for a type that is no array.</summary>
    public ImmutableArray<int?> ArrayBounds { get; init; } = [];

    /// <summary>Whether it is spelled by one of SQL's own words (<c>double precision</c>), which no user type can hide; its name is then in
    /// <c>pg_catalog</c>.</summary>
    public bool IsSqlSpelling { get; init; }

    /// <summary>Whether <c>SETOF</c> precedes it.</summary>
    public bool IsSetOf { get; init; }

    /// <summary>Whether it is <c>column%TYPE</c>.</summary>
    public bool IsColumnReference { get; init; }

    /// <summary>The fields of an interval, such as <c>day to second</c>, in lower case; null where none are written.</summary>
    public string? IntervalFields { get; init; }

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => !ArrayBounds.IsEmpty;
}
