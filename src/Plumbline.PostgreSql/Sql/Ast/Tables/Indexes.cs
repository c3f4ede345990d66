using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Tables;

/// <summary>CREATE INDEX.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="Table">The table.</param>
/// <param name="IsOnly">Whether ONLY is written before the table.</param>
/// <param name="Elements">Its elements.</param>
public sealed record CreateIndexStatement(TextSpan Span, Identifier? Name, QualifiedName Table, bool IsOnly, ImmutableArray<IndexElement> Elements)
    : SqlStatement(Span)
{
    /// <summary>UNIQUE.</summary>
    public bool IsUnique { get; init; }

    /// <summary>CONCURRENTLY.</summary>
    public bool IsConcurrent { get; init; }

    /// <summary>IF NOT EXISTS.</summary>
    public bool IfNotExists { get; init; }

    /// <summary>USING; null where it is not written.</summary>
    public Identifier? AccessMethod { get; init; }

    /// <summary>INCLUDE.</summary>
    public ImmutableArray<IndexElement> Include { get; init; } = [];

    /// <summary>NULLS NOT DISTINCT.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>WITH (…).</summary>
    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    /// <summary>TABLESPACE; null where it is not written.</summary>
    public Identifier? Tablespace { get; init; }

    /// <summary>WHERE; null where it is not written.</summary>
    public SqlExpr? Where { get; init; }
}

/// <summary>An element of an index, a partition key or an exclusion constraint: a column or an expression.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column; null for an expression.</param>
/// <param name="Expression">The expression; null for a column.</param>
public sealed record IndexElement(TextSpan Span, Identifier? Column, SqlExpr? Expression) : SqlNode(Span)
{
    /// <summary>COLLATE; null where it is not written.</summary>
    public QualifiedName? Collation { get; init; }

    /// <summary>The operator class; null where it is not written.</summary>
    public QualifiedName? OperatorClass { get; init; }

    /// <summary>The operator class's options.</summary>
    public ImmutableArray<DefinitionOption> OperatorClassOptions { get; init; } = [];

    /// <summary>ASC or DESC, where written.</summary>
    public SortDirection Direction { get; init; }

    /// <summary>NULLS FIRST or LAST, where written.</summary>
    public NullsOrder Nulls { get; init; }
}
