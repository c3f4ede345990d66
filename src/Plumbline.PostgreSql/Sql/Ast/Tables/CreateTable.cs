using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Tables;

/// <summary>CREATE TABLE and CREATE FOREIGN TABLE, in all their forms but AS.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The table.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Elements">Columns, table constraints and LIKE clauses, in their order.</param>
public sealed record CreateTableStatement(TextSpan Span, QualifiedName Name, bool IfNotExists, ImmutableArray<TableElement> Elements) : SqlStatement(Span)
{
    /// <summary>How its rows are kept.</summary>
    public TablePersistence Persistence { get; init; }

    /// <summary>INHERITS.</summary>
    public ImmutableArray<QualifiedName> Inherits { get; init; } = [];

    /// <summary>PARTITION OF this table; null where it is not written.</summary>
    public QualifiedName? PartitionOf { get; init; }

    /// <summary>The bounds of a partition; null where it is none.</summary>
    public PartitionBound? Bound { get; init; }

    /// <summary>PARTITION BY; null where it is not written.</summary>
    public PartitionKeyDefinition? PartitionBy { get; init; }

    /// <summary>OF this composite type; null where it is not written.</summary>
    public QualifiedName? OfType { get; init; }

    /// <summary>USING this access method; null where it is not written.</summary>
    public Identifier? AccessMethod { get; init; }

    /// <summary>WITH (…).</summary>
    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    /// <summary><c>DROP</c>, <c>DELETE ROWS</c> or <c>PRESERVE ROWS</c> of ON COMMIT; null where it is not written.</summary>
    public string? OnCommit { get; init; }

    /// <summary>TABLESPACE; null where it is not written.</summary>
    public Identifier? Tablespace { get; init; }

    /// <summary>The server of a foreign table; null for an ordinary one.</summary>
    public Identifier? Server { get; init; }

    /// <summary>OPTIONS of a foreign table.</summary>
    public ImmutableArray<DefinitionOption> ServerOptions { get; init; } = [];
}

/// <summary>Something between the parentheses of CREATE TABLE.</summary>
/// <param name="Span">Its place in the text.</param>
public abstract record TableElement(TextSpan Span) : SqlNode(Span);

/// <summary>A column.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null in a typed table or partition, which takes it from elsewhere.</param>
public sealed record ColumnDefinition(TextSpan Span, Identifier Name, SqlTypeName? Type) : TableElement(Span)
{
    /// <summary>Its constraints, with DEFAULT, GENERATED and NOT NULL among them, in their order.</summary>
    public ImmutableArray<ConstraintDefinition> Constraints { get; init; } = [];

    /// <summary>COLLATE; null where it is not written.</summary>
    public QualifiedName? Collation { get; init; }

    /// <summary>STORAGE; null where it is not written.</summary>
    public string? Storage { get; init; }

    /// <summary>COMPRESSION; null where it is not written.</summary>
    public string? Compression { get; init; }

    /// <summary>OPTIONS of a foreign table's column.</summary>
    public ImmutableArray<DefinitionOption> ServerOptions { get; init; } = [];
}

/// <summary>LIKE table.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Table">The table.</param>
/// <param name="Options">INCLUDING and EXCLUDING, in their order.</param>
public sealed record LikeElement(TextSpan Span, QualifiedName Table, ImmutableArray<LikeOption> Options) : TableElement(Span);

/// <summary>INCLUDING or EXCLUDING something.</summary>
/// <param name="IsIncluding">INCLUDING.</param>
/// <param name="What">What, in capitals: <c>ALL</c>, <c>COMMENTS</c>, <c>COMPRESSION</c>, <c>CONSTRAINTS</c>, <c>DEFAULTS</c>, <c>IDENTITY</c>,
/// <c>GENERATED</c>, <c>INDEXES</c>, <c>STATISTICS</c>, <c>STORAGE</c>.</param>
public sealed record LikeOption(bool IsIncluding, string What);

/// <summary>PARTITION BY.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Strategy">The strategy in lower case: <c>range</c>, <c>list</c>, <c>hash</c>.</param>
/// <param name="Elements">Columns and expressions.</param>
public sealed record PartitionKeyDefinition(TextSpan Span, string Strategy, ImmutableArray<IndexElement> Elements) : SqlNode(Span);

/// <summary>FOR VALUES …, or DEFAULT.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Kind">Which.</param>
public sealed record PartitionBound(TextSpan Span, PartitionBoundKind Kind) : SqlNode(Span)
{
    /// <summary>The values of IN.</summary>
    public ImmutableArray<SqlExpr> Values { get; init; } = [];

    /// <summary>The values of FROM; MINVALUE and MAXVALUE are column references of these names.</summary>
    public ImmutableArray<SqlExpr> From { get; init; } = [];

    /// <summary>The values of TO.</summary>
    public ImmutableArray<SqlExpr> To { get; init; } = [];

    /// <summary>MODULUS.</summary>
    public int Modulus { get; init; }

    /// <summary>REMAINDER.</summary>
    public int Remainder { get; init; }
}

/// <summary>The kinds of partition bound.</summary>
public enum PartitionBoundKind
{
    /// <summary>DEFAULT.</summary>
    Default,

    /// <summary>IN.</summary>
    List,

    /// <summary>FROM … TO.</summary>
    Range,

    /// <summary>WITH (MODULUS …, REMAINDER …).</summary>
    Hash,
}

/// <summary>CREATE TABLE AS, CREATE MATERIALIZED VIEW, and SELECT INTO stays a <see cref="SelectStatement"/>.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The table or materialized view.</param>
/// <param name="IsMaterializedView">Whether it makes a materialized view.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Columns">The column names given to it.</param>
/// <param name="Query">A <see cref="SelectStatement"/> or an <see cref="ExecuteStatement"/>.</param>
/// <param name="WithData">Whether it is filled.</param>
public sealed record CreateTableAsStatement(
    TextSpan Span,
    QualifiedName Name,
    bool IsMaterializedView,
    bool IfNotExists,
    ImmutableArray<Identifier> Columns,
    SqlStatement Query,
    bool WithData) : SqlStatement(Span)
{
    /// <summary>How its rows are kept.</summary>
    public TablePersistence Persistence { get; init; }

    /// <summary>USING this access method; null where it is not written.</summary>
    public Identifier? AccessMethod { get; init; }

    /// <summary>WITH (…).</summary>
    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    /// <summary>What ON COMMIT says; null where it is not written.</summary>
    public string? OnCommit { get; init; }

    /// <summary>TABLESPACE; null where it is not written.</summary>
    public Identifier? Tablespace { get; init; }
}
