using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>What kind of expression is being analysed: what may stand in it, and how messages call it.</summary>
internal enum ExpressionKind : byte
{
    Other,
    JoinOn,
    JoinUsing,
    FromSubselect,
    FromFunction,
    Where,
    Having,
    Filter,
    WindowPartition,
    WindowOrder,
    WindowFrame,
    SelectTarget,
    GroupBy,
    OrderBy,
    DistinctOn,
    Limit,
    Offset,
    Values,
    Check,
    DomainCheck,
    ColumnDefault,
    FunctionDefault,
    IndexExpression,
    IndexPredicate,
    AlterColumnUsing,
    TriggerWhen,
    Policy,
    PartitionBound,
    PartitionKey,
    GeneratedColumn,
    CallArgument,
    ValuesSingle,
    StatisticsExpression,
}

/// <summary>A column that a name can find.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Item">The item that is printed before it.</param>
/// <param name="Column">The column of that item.</param>
/// <param name="BaseItem">The item that it really belongs to, which for a join's column is one of the joined.</param>
/// <param name="BaseColumn">The column of that item.</param>
/// <param name="Type">Its type.</param>
/// <param name="Modifier">Its type's modifier.</param>
/// <param name="Collation">Its collation.</param>
internal sealed record NamespaceColumn(string Name, int Item, short Column, int BaseItem, short BaseColumn, uint Type, int Modifier, uint Collation);

/// <summary>An item of FROM as names see it.</summary>
internal sealed class NamespaceItem
{
    /// <summary>The range item.</summary>
    public required RangeItem Range { get; init; }

    /// <summary>Its number.</summary>
    public required int Index { get; init; }

    /// <summary>The name by which its columns can be qualified.</summary>
    public required string Name { get; init; }

    /// <summary>Its columns.</summary>
    public required List<NamespaceColumn> Columns { get; init; }

    /// <summary>Whether its name can be used.</summary>
    public bool IsRelationVisible { get; set; } = true;

    /// <summary>Whether its columns can be used without its name.</summary>
    public bool AreColumnsVisible { get; set; } = true;

    /// <summary>Whether only LATERAL items may use it.</summary>
    public bool IsLateralOnly { get; set; }

    /// <summary>Whether they really may.</summary>
    public bool IsLateralOk { get; set; } = true;

    /// <summary>A copy that shares the columns, for its use in another place of the query.</summary>
    public NamespaceItem Copy() => (NamespaceItem)MemberwiseClone();
}

/// <summary>What is known while one query, or one expression outside of a query, is analysed.</summary>
internal sealed class ParseState
{
    /// <summary>The state of the query around it; else null.</summary>
    public ParseState? Parent { get; init; }

    /// <summary>The query.</summary>
    public Query Query => field ??= new Query();

    /// <summary>What names can find.</summary>
    public List<NamespaceItem> Namespace { get; set; } = [];

    /// <summary>The WITH queries that can be referred to.</summary>
    public List<CommonTableNode> CommonTables { get; } = [];

    /// <summary>The WITH query whose query this is; else null.</summary>
    public CommonTableNode? ParentCommonTable { get; init; }

    /// <summary>What is being analysed.</summary>
    public ExpressionKind Kind { get; set; }

    /// <summary>Whether items marked as lateral-only can be used now.</summary>
    public bool IsLateralActive { get; set; }

    /// <summary>The windows, in the order met.</summary>
    public List<WindowSpec> Windows { get; } = [];

    /// <summary>Whether unknown literals in the select list become text.</summary>
    public bool ResolveUnknowns { get; init; } = true;

    /// <summary>Whether it has aggregates.</summary>
    public bool HasAggregates { get; set; }

    /// <summary>Whether it has window functions.</summary>
    public bool HasWindowFunctions { get; set; }

    /// <summary>The last set-returning function met.</summary>
    public Expr? LastSetFunction { get; set; }

    /// <summary>Whether it has set-returning functions in its select list.</summary>
    public bool HasSetFunctions { get; set; }

    /// <summary>The type behind VALUE in a domain's CHECK; 0 elsewhere.</summary>
    public uint DomainType { get; init; }

    /// <summary>The modifier that the domain gives it.</summary>
    public int DomainModifier { get; init; } = -1;

    /// <summary>The query is locked FOR UPDATE from outside.</summary>
    public bool IsLockedFromParent { get; init; }

    /// <summary>The parameters of a function body or prepared statement; empty elsewhere.</summary>
    public IReadOnlyList<uint> ParameterTypes { get; init; } = [];
}
