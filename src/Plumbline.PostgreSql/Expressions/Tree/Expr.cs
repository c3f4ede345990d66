using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Expressions.Tree;

/// <summary>An expression after names and types are resolved; the nodes are those of PostgreSQL's executable expressions.</summary>
/// <param name="Type">Number of its type.</param>
/// <param name="Modifier">Its type's modifier; -1 where none is known.</param>
/// <param name="Location">Offset that an error about it points at; -1 where none is known.</param>
internal abstract record Expr(uint Type, int Modifier, int Location)
{
    /// <summary>Collation of its value; 0 where the type has none.</summary>
    public uint Collation { get; init; }
}

/// <summary>How a function call came to be, and so how it is printed.</summary>
internal enum CoercionForm : byte
{
    /// <summary>Written as a call.</summary>
    Call,

    /// <summary>Written as a cast.</summary>
    Explicit,

    /// <summary>Put in by a conversion that nobody wrote; not printed.</summary>
    Implicit,

    /// <summary>Written in one of SQL's own spellings, such as EXTRACT.</summary>
    SqlSyntax,
}

/// <summary>A column of an item of the range table.</summary>
/// <param name="Item">Number of the item, from 1.</param>
/// <param name="Column">Number of the column; 0 for the whole row.</param>
/// <param name="LevelsUp">How many queries out the range table is.</param>
/// <param name="Type">Its type.</param>
/// <param name="Modifier">Its type's modifier.</param>
/// <param name="Location">Its place in the text.</param>
internal sealed record VarExpr(int Item, short Column, int LevelsUp, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location)
{
    /// <summary>The item that it really belongs to: of a join's column that is not merged, the one that was joined.</summary>
    public int BaseItem { get; init; } = Item;

    /// <summary>The column of <see cref="BaseItem"/>.</summary>
    public short BaseColumn { get; init; } = Column;
}

/// <summary>A constant.</summary>
/// <param name="Value">Its value as the type's output function prints it; null for NULL.</param>
/// <param name="Type">Its type.</param>
/// <param name="Modifier">Its type's modifier.</param>
/// <param name="Location">Its place in the text.</param>
internal sealed record ConstExpr(string? Value, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>A parameter.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">Its type.</param>
/// <param name="Location">Its place in the text.</param>
internal sealed record ParamExpr(int Number, uint Type, int Location) : Expr(Type, -1, Location);

/// <summary>A function call.</summary>
internal sealed record FuncExpr(
    uint Function, ImmutableArray<Expr> Arguments, CoercionForm Form, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location)
{
    /// <summary>Whether the last argument is given as VARIADIC.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>Whether it returns a set.</summary>
    public bool ReturnsSet { get; init; }
}

/// <summary>An argument given by name.</summary>
internal sealed record NamedArgumentExpr(Expr Argument, string Name, int Number, int Location) : Expr(Argument.Type, Argument.Modifier, Location);

/// <summary>A call of an aggregate.</summary>
internal sealed record AggregateExpr(
    uint Function, ImmutableArray<Expr> DirectArguments, ImmutableArray<TargetEntry> Arguments, uint Type, int Location) : Expr(Type, -1, Location)
{
    /// <summary>ORDER BY among the arguments.</summary>
    public ImmutableArray<SortClause> OrderBy { get; init; } = [];

    /// <summary>Whether DISTINCT is written.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>FILTER; else null.</summary>
    public Expr? Filter { get; init; }

    /// <summary>Whether its argument is a star.</summary>
    public bool IsStar { get; init; }

    /// <summary>Whether the last argument is given as VARIADIC.</summary>
    public bool IsVariadic { get; init; }

    /// <summary><c>n</c> normal, <c>o</c> ordered-set, <c>h</c> hypothetical-set.</summary>
    public char Kind { get; init; } = 'n';

    /// <summary>How many queries out the query is that it belongs to.</summary>
    public int LevelsUp { get; init; }
}

/// <summary>GROUPING (…).</summary>
internal sealed record GroupingExpr(ImmutableArray<Expr> Arguments, int Location) : Expr(TypeOids.Int4, -1, Location);

/// <summary>A call of a window function, or of an aggregate with OVER.</summary>
internal sealed record WindowFuncExpr(
    uint Function, ImmutableArray<Expr> Arguments, Expr? Filter, int Window, bool IsStar, uint Type, int Location) : Expr(Type, -1, Location);

/// <summary>What an <see cref="OpExpr"/> does with its operator.</summary>
internal enum OpKind : byte
{
    /// <summary>Applies it.</summary>
    Apply,

    /// <summary>IS DISTINCT FROM.</summary>
    Distinct,

    /// <summary>NULLIF.</summary>
    NullIf,
}

/// <summary>An operator with one or two operands.</summary>
internal sealed record OpExpr(OpKind Kind, uint Operator, ImmutableArray<Expr> Arguments, uint Type, int Location) : Expr(Type, -1, Location)
{
    /// <summary>Whether it returns a set.</summary>
    public bool ReturnsSet { get; init; }
}

/// <summary><c>x op ANY (array)</c> or <c>ALL</c>.</summary>
internal sealed record ArrayOpExpr(uint Operator, bool IsAny, Expr Left, Expr Right, int Location) : Expr(TypeOids.Bool, -1, Location);

/// <summary>AND, OR and NOT.</summary>
internal sealed record BoolExpr(Sql.Ast.Expressions.BooleanKind Kind, ImmutableArray<Expr> Arguments, int Location) : Expr(TypeOids.Bool, -1, Location);

/// <summary>The kinds of <see cref="SubLinkExpr"/>.</summary>
internal enum SubLinkKind : byte
{
    /// <summary>EXISTS.</summary>
    Exists,

    /// <summary>op ALL (query).</summary>
    All,

    /// <summary>op ANY (query), IN.</summary>
    Any,

    /// <summary>row op (query).</summary>
    RowCompare,

    /// <summary>One value.</summary>
    Scalar,

    /// <summary>ARRAY(query).</summary>
    Array,
}

/// <summary>A query in an expression.</summary>
internal sealed record SubLinkExpr(
    SubLinkKind Kind, Expr? Test, string? OperatorName, Query Query, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>A column of the query of a <see cref="SubLinkExpr"/>, on the right of its comparison.</summary>
internal sealed record SubLinkColumnExpr(int Number, uint Type, int Modifier) : Expr(Type, Modifier, -1);

/// <summary>A field of a row.</summary>
internal sealed record FieldExpr(Expr Argument, short Field, string Name, uint Type, int Modifier) : Expr(Type, Modifier, Argument.Location);

/// <summary>An element or slice of an array, or of a jsonb value.</summary>
internal sealed record SubscriptExpr(Expr Container, ImmutableArray<Subscript> Subscripts, uint Type, int Modifier) : Expr(Type, Modifier, Container.Location);

/// <summary>One pair of brackets.</summary>
internal sealed record Subscript(Expr? Lower, Expr? Upper, bool IsSlice);

/// <summary>A cast that does nothing at run time.</summary>
internal sealed record RelabelExpr(Expr Argument, CoercionForm Form, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>A cast by way of text.</summary>
internal sealed record CoerceViaIoExpr(Expr Argument, CoercionForm Form, uint Type, int Location) : Expr(Type, -1, Location);

/// <summary>A cast of each element of an array.</summary>
internal sealed record ArrayCoerceExpr(Expr Argument, Expr Element, CoercionForm Form, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>A cast to a domain.</summary>
internal sealed record CoerceToDomainExpr(Expr Argument, CoercionForm Form, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>VALUE in a domain's CHECK.</summary>
internal sealed record DomainValueExpr(uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>COLLATE.</summary>
internal sealed record CollateNode(Expr Argument, uint CollationOid, int Location) : Expr(Argument.Type, Argument.Modifier, Location);

/// <summary>CASE.</summary>
internal sealed record CaseNode(
    Expr? Operand, ImmutableArray<CaseWhen> Whens, Expr? Default, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>One WHEN of a <see cref="CaseNode"/>.</summary>
internal sealed record CaseWhen(Expr Condition, Expr Result);

/// <summary>The operand of a CASE inside its conditions, or the element inside an array cast.</summary>
internal sealed record PlaceholderExpr(uint Type, int Modifier) : Expr(Type, Modifier, -1);

/// <summary>ARRAY[…].</summary>
internal sealed record ArrayNode(ImmutableArray<Expr> Elements, uint ElementType, bool IsMultidimensional, uint Type, int Location) : Expr(Type, -1, Location);

/// <summary>ROW(…).</summary>
internal sealed record RowNode(ImmutableArray<Expr> Items, CoercionForm Form, uint Type, int Location) : Expr(Type, -1, Location);

/// <summary>A comparison of rows.</summary>
internal sealed record RowCompareExpr(ImmutableArray<uint> Operators, ImmutableArray<Expr> Left, ImmutableArray<Expr> Right) : Expr(TypeOids.Bool, -1, -1);

/// <summary>COALESCE, GREATEST and LEAST.</summary>
internal sealed record ConditionalNode(
    Sql.Ast.Expressions.ConditionalKind Kind, ImmutableArray<Expr> Arguments, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>CURRENT_TIMESTAMP and its kin.</summary>
internal sealed record ValueFunctionNode(string Name, uint Type, int Modifier, int Location) : Expr(Type, Modifier, Location);

/// <summary>IS [NOT] NULL.</summary>
internal sealed record NullTestExpr(Expr Argument, bool IsNot, bool IsRow, int Location) : Expr(TypeOids.Bool, -1, Location);

/// <summary>IS [NOT] TRUE, FALSE or UNKNOWN.</summary>
internal sealed record BooleanTestExpr(Expr Argument, string Test, int Location) : Expr(TypeOids.Bool, -1, Location);
