using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Tree;

/// <summary>A query after names and types are resolved. It is filled while it is analysed and never changed afterwards.</summary>
internal sealed class Query
{
    /// <summary>The range table: everything that FROM brings, joins included, in the order met.</summary>
    public List<RangeItem> Items { get; } = [];

    /// <summary>The items of FROM.</summary>
    public List<JoinNode> From { get; } = [];

    /// <summary>WHERE; else null.</summary>
    public Expr? Where { get; set; }

    /// <summary>The select list, with entries that only sorting or grouping need (<see cref="TargetEntry.IsJunk"/>).</summary>
    public List<TargetEntry> Targets { get; set; } = [];

    /// <summary>GROUP BY.</summary>
    public List<SortClause> GroupBy { get; set; } = [];

    /// <summary>GROUP BY's ROLLUP, CUBE and GROUPING SETS; empty for a plain GROUP BY.</summary>
    public List<GroupingSet> GroupingSets { get; set; } = [];

    /// <summary>Whether GROUP BY DISTINCT is written.</summary>
    public bool IsGroupByDistinct { get; set; }

    /// <summary>HAVING; else null.</summary>
    public Expr? Having { get; set; }

    /// <summary>The windows, those of OVER (…) too.</summary>
    public List<WindowClause> Windows { get; } = [];

    /// <summary>DISTINCT or DISTINCT ON.</summary>
    public List<SortClause> Distinct { get; set; } = [];

    /// <summary>Whether it is DISTINCT ON.</summary>
    public bool IsDistinctOn { get; set; }

    /// <summary>ORDER BY.</summary>
    public List<SortClause> OrderBy { get; set; } = [];

    /// <summary>LIMIT; else null.</summary>
    public Expr? Limit { get; set; }

    /// <summary>OFFSET; else null.</summary>
    public Expr? Offset { get; set; }

    /// <summary>Whether FETCH … WITH TIES is written.</summary>
    public bool WithTies { get; set; }

    /// <summary>FOR UPDATE and its kin: strength, item and what to do with locked rows.</summary>
    public List<RowMark> RowMarks { get; } = [];

    /// <summary>WITH.</summary>
    public List<CommonTableNode> CommonTables { get; } = [];

    /// <summary>Whether WITH RECURSIVE is written.</summary>
    public bool IsRecursive { get; set; }

    /// <summary>UNION and its kin; null for a plain SELECT.</summary>
    public SetNode? SetOperations { get; set; }

    /// <summary>Whether a query of its WITH changes data.</summary>
    public bool ModifiesData { get; set; }

    /// <summary>Whether an aggregate is in it.</summary>
    public bool HasAggregates { get; set; }

    /// <summary>The constraints that GROUP BY relies on.</summary>
    public List<uint> Constraints { get; } = [];
}

/// <summary>An entry of a select list.</summary>
internal sealed record TargetEntry(Expr Value, int Number, string? Name, bool IsJunk)
{
    /// <summary>The expression; an unknown literal becomes text once it is sorted by.</summary>
    public Expr Value { get; set; } = Value;

    /// <summary>What sorting and grouping clauses refer to it by; 0 where none does.</summary>
    public int SortReference { get; set; }
}

/// <summary>An item of ORDER BY, GROUP BY, DISTINCT or a window.</summary>
internal sealed record SortClause(int Reference, bool IsDescending, bool NullsFirst, string? Using = null);

/// <summary>A grouping set.</summary>
internal sealed record GroupingSet(GroupingKind Kind, ImmutableArray<int> References, ImmutableArray<GroupingSet> Sets);

/// <summary>FOR UPDATE and its kin on one item.</summary>
internal sealed record RowMark(int Item, string Strength, string? Wait, bool IsPushedDown);

/// <summary>A window.</summary>
internal sealed record WindowClause(
    string? Name,
    string? Base,
    ImmutableArray<SortClause> PartitionBy,
    ImmutableArray<SortClause> OrderBy,
    WindowFrame? Frame,
    Expr? StartOffset,
    Expr? EndOffset,
    int Number)
{
    /// <summary>Whether the ORDER BY is that of the base window.</summary>
    public bool CopiedOrder { get; init; }
}

/// <summary>A query of WITH.</summary>
internal sealed record CommonTableNode(string Name, ImmutableArray<string> AliasColumns, bool? IsMaterialized)
{
    /// <summary>The query; null while a recursive one is being analysed.</summary>
    public Query? Query { get; set; }

    /// <summary>Whether it refers to itself.</summary>
    public bool IsRecursive { get; set; }

    /// <summary>Whether it changes data and has no RETURNING, so that nothing can be read from it.</summary>
    public bool ReturnsNothing { get; init; }

    /// <summary>Its columns; known before its query where it is recursive.</summary>
    public List<OutputColumn> Columns { get; set; } = [];

    /// <summary>How often it is referred to.</summary>
    public int References { get; set; }
}

/// <summary>A column that a query or function gives.</summary>
internal sealed record OutputColumn(string Name, uint Type, int Modifier, uint Collation);

/// <summary>What an item of the range table is.</summary>
internal enum RangeKind : byte
{
    /// <summary>A relation.</summary>
    Relation,

    /// <summary>A query.</summary>
    Subquery,

    /// <summary>A join.</summary>
    Join,

    /// <summary>A function or several.</summary>
    Function,

    /// <summary>VALUES.</summary>
    Values,

    /// <summary>A query of WITH.</summary>
    CommonTable,
}

/// <summary>An item of the range table.</summary>
internal sealed class RangeItem
{
    /// <summary>What it is.</summary>
    public required RangeKind Kind { get; init; }

    /// <summary>The alias that was written; else null.</summary>
    public string? Alias { get; init; }

    /// <summary>The column names that were written with the alias.</summary>
    public ImmutableArray<string> AliasColumns { get; init; } = [];

    /// <summary>Its name in messages and for qualified references: the alias, or what stands for one.</summary>
    public required string Name { get; init; }

    /// <summary>Its columns by the names under which they can be referred to. Of a relation, those of its columns that are not dropped.</summary>
    public List<RangeColumn> Columns { get; init; } = [];

    /// <summary>The relation's number.</summary>
    public uint Relation { get; init; }

    /// <summary>Whether ONLY is written.</summary>
    public bool IsOnly { get; init; }

    /// <summary>TABLESAMPLE: method, arguments and seed.</summary>
    public (uint Function, ImmutableArray<Expr> Arguments, Expr? Seed)? Sample { get; set; }

    /// <summary>The query.</summary>
    public Query? Subquery { get; init; }

    /// <summary>Whether LATERAL is written or implied.</summary>
    public bool IsLateral { get; init; }

    /// <summary>The functions.</summary>
    public ImmutableArray<RangeFunction> Functions { get; init; } = [];

    /// <summary>Whether WITH ORDINALITY is written.</summary>
    public bool WithOrdinality { get; init; }

    /// <summary>The rows of VALUES.</summary>
    public List<ImmutableArray<Expr>> Rows { get; init; } = [];

    /// <summary>Name of the query of WITH.</summary>
    public string? CommonTable { get; init; }

    /// <summary>How many queries out that WITH stands.</summary>
    public int CommonTableLevelsUp { get; init; }

    /// <summary>Whether it is a reference of a recursive query to itself.</summary>
    public bool IsSelfReference { get; init; }

    /// <summary>The kind of join.</summary>
    public JoinKind JoinKind { get; init; }

    /// <summary>For a join: for each of its columns the expression behind it.</summary>
    public List<Expr> JoinColumns { get; init; } = [];

    /// <summary>For a join: for each of its columns the left item's column, or 0; and the right item's.</summary>
    public List<(int Left, int Right)> JoinSources { get; init; } = [];

    /// <summary>For a join with USING: how many of its first columns are merged.</summary>
    public int MergedColumns { get; init; }

    /// <summary>The alias of USING (…) AS alias; else null.</summary>
    public string? UsingAlias { get; init; }

    /// <summary>Whether it was in FROM; the rows OLD and NEW of a rule were not.</summary>
    public bool IsInFrom { get; init; } = true;
}

/// <summary>A column of a range item.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Number by which a <see cref="VarExpr"/> refers to it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Modifier">Its type's modifier.</param>
/// <param name="Collation">Its collation.</param>
internal sealed record RangeColumn(string Name, short Number, uint Type, int Modifier, uint Collation);

/// <summary>A function in FROM.</summary>
internal sealed record RangeFunction(Expr Call, int ColumnCount, ImmutableArray<OutputColumn> DefinedColumns);

/// <summary>A node of the tree of joins.</summary>
internal abstract record JoinNode;

/// <summary>An item of the range table.</summary>
internal sealed record JoinLeaf(int Item) : JoinNode;

/// <summary>A join.</summary>
internal sealed record JoinBranch(
    JoinKind Kind,
    bool IsNatural,
    JoinNode Left,
    JoinNode Right,
    ImmutableArray<string> Using,
    string? UsingAlias,
    Expr? On,
    string? Alias,
    int Item) : JoinNode
{
    /// <summary>The columns of the left and right items that USING merges.</summary>
    public ImmutableArray<(VarExpr Left, VarExpr Right)> UsingColumns { get; init; } = [];
}

/// <summary>A node of the tree of set operations.</summary>
internal abstract record SetNode;

/// <summary>A query of a set operation.</summary>
internal sealed record SetLeaf(int Item) : SetNode;

/// <summary>UNION, INTERSECT or EXCEPT.</summary>
internal sealed record SetBranch(SetOperationKind Kind, bool IsAll, SetNode Left, SetNode Right, ImmutableArray<OutputColumn> Columns) : SetNode;
