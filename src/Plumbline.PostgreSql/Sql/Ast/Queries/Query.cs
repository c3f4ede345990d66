using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Queries;

/// <summary>A query with what may stand around it: SELECT, VALUES, TABLE and their combinations.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Body">What it selects.</param>
public sealed record SelectStatement(TextSpan Span, QueryBody Body) : SqlStatement(Span)
{
    /// <summary>WITH; null where none is written.</summary>
    public WithClause? With { get; init; }

    /// <summary>ORDER BY.</summary>
    public ImmutableArray<SortItem> OrderBy { get; init; } = [];

    /// <summary>LIMIT or FETCH, the constant NULL for <c>LIMIT ALL</c>; null where none is written.</summary>
    public SqlExpr? Limit { get; init; }

    /// <summary>Whether FETCH … WITH TIES is written.</summary>
    public bool WithTies { get; init; }

    /// <summary>OFFSET; null where none is written.</summary>
    public SqlExpr? Offset { get; init; }

    /// <summary>FOR UPDATE and its kin.</summary>
    public ImmutableArray<LockingClause> Locking { get; init; } = [];

    /// <summary>The target of SELECT … INTO of the leftmost SELECT, which makes the statement a CREATE TABLE AS; null where none is written.</summary>
    public IntoClause? Into { get; init; }
}

/// <summary>What a query selects.</summary>
/// <param name="Span">Its place in the text.</param>
public abstract record QueryBody(TextSpan Span) : SqlNode(Span);

/// <summary>SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW; <c>TABLE name</c> is given as <c>SELECT * FROM name</c>.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Targets">The select list; may be empty.</param>
public sealed record SelectBody(TextSpan Span, ImmutableArray<SelectTarget> Targets) : QueryBody(Span)
{
    /// <summary>Whether DISTINCT is written.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>DISTINCT ON.</summary>
    public ImmutableArray<SqlExpr> DistinctOn { get; init; } = [];

    /// <summary>FROM.</summary>
    public ImmutableArray<FromItem> From { get; init; } = [];

    /// <summary>WHERE; null where none is written.</summary>
    public SqlExpr? Where { get; init; }

    /// <summary>GROUP BY.</summary>
    public ImmutableArray<GroupingItem> GroupBy { get; init; } = [];

    /// <summary>Whether GROUP BY DISTINCT is written.</summary>
    public bool IsGroupByDistinct { get; init; }

    /// <summary>HAVING; null where none is written.</summary>
    public SqlExpr? Having { get; init; }

    /// <summary>WINDOW.</summary>
    public ImmutableArray<WindowSpec> Windows { get; init; } = [];

    /// <summary>Whether it is written <c>TABLE name</c>.</summary>
    public bool IsTableCommand { get; init; }
}

/// <summary>VALUES.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Rows">Its rows; of a long list only the first ones, see <paramref name="RowCount"/>.</param>
/// <param name="RowCount">How many rows are written.</param>
public sealed record ValuesBody(TextSpan Span, ImmutableArray<ImmutableArray<SqlExpr>> Rows, int RowCount) : QueryBody(Span);

/// <summary>UNION, INTERSECT or EXCEPT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">Which.</param>
/// <param name="IsAll">Whether ALL is written.</param>
/// <param name="Left">Left query.</param>
/// <param name="Right">Right query.</param>
public sealed record SetOperationBody(TextSpan Span, SetOperationKind Kind, bool IsAll, SelectStatement Left, SelectStatement Right) : QueryBody(Span);

/// <summary>The set operations.</summary>
public enum SetOperationKind
{
    /// <summary>UNION.</summary>
    Union,

    /// <summary>INTERSECT.</summary>
    Intersect,

    /// <summary>EXCEPT.</summary>
    Except,
}

/// <summary>An item of a select list or of RETURNING.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Value">The expression; a <see cref="ColumnRefExpr"/> with a star for <c>*</c>.</param>
/// <param name="Alias">The name given to it; null where none is written.</param>
public sealed record SelectTarget(TextSpan Span, SqlExpr Value, Identifier? Alias) : SqlNode(Span);

/// <summary>An item of GROUP BY.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Value">The expression of a simple item; else null.</param>
/// <param name="Items">The expressions of ROLLUP and CUBE, or the sets of GROUPING SETS.</param>
public sealed record GroupingItem(TextSpan Span, GroupingKind Kind, SqlExpr? Value, ImmutableArray<GroupingItem> Items) : SqlNode(Span);

/// <summary>The kinds of grouping.</summary>
public enum GroupingKind
{
    /// <summary>One expression.</summary>
    Simple,

    /// <summary><c>()</c>.</summary>
    Empty,

    /// <summary>ROLLUP.</summary>
    Rollup,

    /// <summary>CUBE.</summary>
    Cube,

    /// <summary>GROUPING SETS.</summary>
    Sets,
}

/// <summary>WITH.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="IsRecursive">Whether RECURSIVE is written.</param>
/// <param name="Items">Its queries.</param>
public sealed record WithClause(TextSpan Span, bool IsRecursive, ImmutableArray<CommonTable> Items) : SqlNode(Span);

/// <summary>One query of a WITH.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The column names given to it.</param>
/// <param name="IsMaterialized">MATERIALIZED or NOT MATERIALIZED; null where none is written.</param>
/// <param name="Query">SELECT, INSERT, UPDATE, DELETE or MERGE.</param>
public sealed record CommonTable(TextSpan Span, Identifier Name, ImmutableArray<Identifier> Columns, bool? IsMaterialized, SqlStatement Query) : SqlNode(Span)
{
    /// <summary>SEARCH; null where none is written.</summary>
    public CteSearch? Search { get; init; }

    /// <summary>CYCLE; null where none is written.</summary>
    public CteCycle? Cycle { get; init; }
}

/// <summary>SEARCH BREADTH|DEPTH FIRST BY columns SET column.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="IsBreadthFirst">BREADTH.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Sequence">The column that is set.</param>
public sealed record CteSearch(TextSpan Span, bool IsBreadthFirst, ImmutableArray<Identifier> Columns, Identifier Sequence) : SqlNode(Span);

/// <summary>CYCLE columns SET mark [TO value DEFAULT value] USING path.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Mark">The column that is set.</param>
/// <param name="Value">The value of a cycle; null where none is written.</param>
/// <param name="Default">The value of none; null where none is written.</param>
/// <param name="Path">The path column.</param>
public sealed record CteCycle(TextSpan Span, ImmutableArray<Identifier> Columns, Identifier Mark, SqlExpr? Value, SqlExpr? Default, Identifier Path)
    : SqlNode(Span);

/// <summary>FOR UPDATE, FOR NO KEY UPDATE, FOR SHARE, FOR KEY SHARE.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Strength">The words behind FOR, in capitals.</param>
/// <param name="Tables">OF these; empty for all.</param>
/// <param name="Wait"><c>NOWAIT</c> or <c>SKIP LOCKED</c>; null where none is written.</param>
public sealed record LockingClause(TextSpan Span, string Strength, ImmutableArray<QualifiedName> Tables, string? Wait) : SqlNode(Span);

/// <summary>The table that SELECT INTO makes.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Table">Its name.</param>
/// <param name="Persistence">How its rows are kept.</param>
public sealed record IntoClause(TextSpan Span, QualifiedName Table, TablePersistence Persistence) : SqlNode(Span);

/// <summary>How a relation's rows are kept.</summary>
public enum TablePersistence
{
    /// <summary>For good.</summary>
    Permanent,

    /// <summary>TEMPORARY.</summary>
    Temporary,

    /// <summary>UNLOGGED.</summary>
    Unlogged,
}
