using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Queries;

/// <summary>INSERT.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Table">The table.</param>
/// <param name="Alias">Its alias; null where none is written.</param>
/// <param name="Columns">The columns; empty where none are written.</param>
/// <param name="Source">The query or VALUES; null for DEFAULT VALUES.</param>
public sealed record InsertStatement(
    TextSpan Span, QualifiedName Table, Identifier? Alias, ImmutableArray<AssignmentTarget> Columns, SelectStatement? Source) : SqlStatement(Span)
{
    /// <summary>WITH; null where none is written.</summary>
    public WithClause? With { get; init; }

    /// <summary><c>USER</c> or <c>SYSTEM</c> of OVERRIDING … VALUE; null where none is written.</summary>
    public string? Overriding { get; init; }

    /// <summary>ON CONFLICT; null where none is written.</summary>
    public OnConflictClause? OnConflict { get; init; }

    /// <summary>RETURNING.</summary>
    public ImmutableArray<SelectTarget> Returning { get; init; } = [];
}

/// <summary>A column that is assigned to, with the fields and subscripts behind it.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Column">The column.</param>
/// <param name="Steps">Fields and subscripts behind it; mostly empty.</param>
public sealed record AssignmentTarget(TextSpan Span, Identifier Column, ImmutableArray<IndirectionStep> Steps) : SqlNode(Span);

/// <summary>ON CONFLICT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Elements">The columns and expressions that name the index.</param>
/// <param name="Where">The index's predicate; null where none is written.</param>
/// <param name="Constraint">ON CONSTRAINT; null where none is written.</param>
/// <param name="DoUpdate">The assignments of DO UPDATE; null for DO NOTHING.</param>
/// <param name="UpdateWhere">The condition of DO UPDATE; null where none is written.</param>
public sealed record OnConflictClause(
    TextSpan Span,
    ImmutableArray<IndexElement> Elements,
    SqlExpr? Where,
    Identifier? Constraint,
    ImmutableArray<Assignment>? DoUpdate,
    SqlExpr? UpdateWhere) : SqlNode(Span);

/// <summary>An assignment of UPDATE: one column, or several from a row.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Targets">One target, or those in parentheses.</param>
/// <param name="Value">The value; a row or query for several targets.</param>
/// <param name="IsRow">Whether the targets are in parentheses.</param>
public sealed record Assignment(TextSpan Span, ImmutableArray<AssignmentTarget> Targets, SqlExpr Value, bool IsRow) : SqlNode(Span);

/// <summary>UPDATE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Table">The table with its alias.</param>
/// <param name="Assignments">SET.</param>
public sealed record UpdateStatement(TextSpan Span, TableItem Table, ImmutableArray<Assignment> Assignments) : SqlStatement(Span)
{
    /// <summary>WITH; null where none is written.</summary>
    public WithClause? With { get; init; }

    /// <summary>FROM.</summary>
    public ImmutableArray<FromItem> From { get; init; } = [];

    /// <summary>WHERE; null where none is written.</summary>
    public SqlExpr? Where { get; init; }

    /// <summary>RETURNING.</summary>
    public ImmutableArray<SelectTarget> Returning { get; init; } = [];
}

/// <summary>DELETE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Table">The table with its alias.</param>
public sealed record DeleteStatement(TextSpan Span, TableItem Table) : SqlStatement(Span)
{
    /// <summary>WITH; null where none is written.</summary>
    public WithClause? With { get; init; }

    /// <summary>USING.</summary>
    public ImmutableArray<FromItem> Using { get; init; } = [];

    /// <summary>WHERE; null where none is written.</summary>
    public SqlExpr? Where { get; init; }

    /// <summary>RETURNING.</summary>
    public ImmutableArray<SelectTarget> Returning { get; init; } = [];
}

/// <summary>MERGE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Table">The target table with its alias.</param>
/// <param name="Source">USING.</param>
/// <param name="On">ON.</param>
/// <param name="Branches">The WHEN clauses.</param>
public sealed record MergeStatement(TextSpan Span, TableItem Table, FromItem Source, SqlExpr On, ImmutableArray<MergeBranch> Branches) : SqlStatement(Span)
{
    /// <summary>WITH; null where none is written.</summary>
    public WithClause? With { get; init; }

    /// <summary>RETURNING.</summary>
    public ImmutableArray<SelectTarget> Returning { get; init; } = [];
}

/// <summary>One WHEN of a MERGE.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Match">When it applies.</param>
/// <param name="Condition">AND condition; null where none is written.</param>
/// <param name="Action">What it does.</param>
public sealed record MergeBranch(TextSpan Span, MergeMatch Match, SqlExpr? Condition, MergeAction Action) : SqlNode(Span)
{
    /// <summary>The assignments of UPDATE.</summary>
    public ImmutableArray<Assignment> Assignments { get; init; } = [];

    /// <summary>The columns of INSERT.</summary>
    public ImmutableArray<AssignmentTarget> Columns { get; init; } = [];

    /// <summary>The values of INSERT; empty for DEFAULT VALUES.</summary>
    public ImmutableArray<SqlExpr> Values { get; init; } = [];
}

/// <summary>When a branch of MERGE applies.</summary>
public enum MergeMatch
{
    /// <summary>WHEN MATCHED.</summary>
    Matched,

    /// <summary>WHEN NOT MATCHED BY SOURCE.</summary>
    NotMatchedBySource,

    /// <summary>WHEN NOT MATCHED [BY TARGET].</summary>
    NotMatchedByTarget,
}

/// <summary>What a branch of MERGE does.</summary>
public enum MergeAction
{
    /// <summary>DO NOTHING.</summary>
    Nothing,

    /// <summary>UPDATE.</summary>
    Update,

    /// <summary>DELETE.</summary>
    Delete,

    /// <summary>INSERT.</summary>
    Insert,
}
