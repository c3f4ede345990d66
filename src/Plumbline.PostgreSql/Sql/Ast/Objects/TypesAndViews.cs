using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Objects;

/// <summary>CREATE SCHEMA.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name; null where only AUTHORIZATION is written.</param>
/// <param name="Authorization">Its owner; null where it is not written.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Elements">The statements inside it.</param>
public sealed record CreateSchemaStatement(
    TextSpan Span, Identifier? Name, RoleSpec? Authorization, bool IfNotExists, ImmutableArray<SqlStatement> Elements) : SqlStatement(Span);

/// <summary>CREATE TYPE, in all its forms.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
public abstract record CreateTypeStatement(TextSpan Span, QualifiedName Name) : SqlStatement(Span);

/// <summary>CREATE TYPE … AS ENUM.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels.</param>
public sealed record CreateEnumStatement(TextSpan Span, QualifiedName Name, ImmutableArray<ConstantExpr> Labels) : CreateTypeStatement(Span, Name);

/// <summary>CREATE TYPE … AS (…).</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Fields">Its fields.</param>
public sealed record CreateCompositeTypeStatement(TextSpan Span, QualifiedName Name, ImmutableArray<FieldDefinition> Fields) : CreateTypeStatement(Span, Name);

/// <summary>CREATE TYPE … AS RANGE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its definition.</param>
public sealed record CreateRangeTypeStatement(TextSpan Span, QualifiedName Name, ImmutableArray<DefinitionOption> Options) : CreateTypeStatement(Span, Name);

/// <summary>CREATE TYPE name (…) of a base type, or CREATE TYPE name of a shell type.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">Its definition; null for a shell type.</param>
public sealed record CreateBaseTypeStatement(TextSpan Span, QualifiedName Name, ImmutableArray<DefinitionOption>? Options) : CreateTypeStatement(Span, Name);

/// <summary>ALTER TYPE … ADD VALUE or RENAME VALUE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The enum.</param>
/// <param name="OldValue">The label that is renamed; null for ADD VALUE.</param>
/// <param name="NewValue">The new label.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Neighbor">The label of BEFORE or AFTER; null where neither is written.</param>
/// <param name="IsAfter">AFTER.</param>
public sealed record AlterEnumStatement(
    TextSpan Span, QualifiedName Name, ConstantExpr? OldValue, ConstantExpr NewValue, bool IfNotExists, ConstantExpr? Neighbor, bool IsAfter)
    : SqlStatement(Span);

/// <summary>ALTER TYPE, OPERATOR, TEXT SEARCH DICTIONARY … SET (…).</summary>
/// <param name="Span">The whole.</param>
/// <param name="Object">What is altered.</param>
/// <param name="Options">What is set.</param>
public sealed record AlterDefinitionStatement(TextSpan Span, ObjectReference Object, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>CREATE DOMAIN.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its base type.</param>
/// <param name="Collation">COLLATE; null where it is not written.</param>
/// <param name="Constraints">DEFAULT, NOT NULL, NULL, CHECK.</param>
public sealed record CreateDomainStatement(
    TextSpan Span, QualifiedName Name, SqlTypeName Type, QualifiedName? Collation, ImmutableArray<ConstraintDefinition> Constraints) : SqlStatement(Span);

/// <summary>ALTER DOMAIN. (RENAME, OWNER TO and SET SCHEMA are statements of their own.)</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The domain.</param>
/// <param name="Action">What is done: <see cref="SetDefaultAction"/>, <see cref="SetNotNullAction"/>, <see cref="AddConstraintAction"/>,
/// <see cref="DropConstraintAction"/> or <see cref="ValidateConstraintAction"/> (the first two with an empty column name).</param>
public sealed record AlterDomainStatement(TextSpan Span, QualifiedName Name, AlterTableAction Action) : SqlStatement(Span);

/// <summary>CREATE SEQUENCE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Persistence">How it is kept.</param>
/// <param name="Options">Its options: <c>as</c> (a type), <c>increment</c>, <c>minvalue</c> and <c>maxvalue</c> (no value for NO), <c>start</c>,
/// <c>restart</c>, <c>cache</c>, <c>cycle</c> (a boolean), <c>owned_by</c> (a name).</param>
public sealed record CreateSequenceStatement(
    TextSpan Span, QualifiedName Name, bool IfNotExists, TablePersistence Persistence, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>ALTER SEQUENCE with sequence options.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The sequence.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="Options">Its options, as in <see cref="CreateSequenceStatement"/>.</param>
public sealed record AlterSequenceStatement(TextSpan Span, QualifiedName Name, bool IfExists, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>CREATE VIEW. (A materialized view is a <see cref="CreateTableAsStatement"/>.)</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="OrReplace">OR REPLACE.</param>
/// <param name="Columns">The column names given to it.</param>
/// <param name="Query">Its query.</param>
public sealed record CreateViewStatement(TextSpan Span, QualifiedName Name, bool OrReplace, ImmutableArray<Identifier> Columns, SelectStatement Query)
    : SqlStatement(Span)
{
    /// <summary>How it is kept.</summary>
    public TablePersistence Persistence { get; init; }

    /// <summary>RECURSIVE.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>WITH (…).</summary>
    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    /// <summary><c>LOCAL</c> or <c>CASCADED</c> of WITH CHECK OPTION; null where it is not written.</summary>
    public string? CheckOption { get; init; }
}

/// <summary>REFRESH MATERIALIZED VIEW.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The view.</param>
/// <param name="IsConcurrent">CONCURRENTLY.</param>
/// <param name="WithData">Whether it is filled.</param>
public sealed record RefreshMaterializedViewStatement(TextSpan Span, QualifiedName Name, bool IsConcurrent, bool WithData) : SqlStatement(Span);

/// <summary>CREATE RULE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="OrReplace">OR REPLACE.</param>
/// <param name="Event"><c>SELECT</c>, <c>INSERT</c>, <c>UPDATE</c> or <c>DELETE</c>.</param>
/// <param name="Table">The table.</param>
/// <param name="Where">Its condition; null where it is not written.</param>
/// <param name="IsInstead">INSTEAD.</param>
/// <param name="Actions">What it does; empty for NOTHING.</param>
public sealed record CreateRuleStatement(
    TextSpan Span, Identifier Name, bool OrReplace, string Event, QualifiedName Table, SqlExpr? Where, bool IsInstead, ImmutableArray<SqlStatement> Actions)
    : SqlStatement(Span);

/// <summary>CREATE STATISTICS.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="IfNotExists">Whether IF NOT EXISTS is written.</param>
/// <param name="Kinds">The kinds in parentheses.</param>
/// <param name="Elements">Columns and expressions.</param>
/// <param name="From">The tables.</param>
public sealed record CreateStatisticsStatement(
    TextSpan Span, QualifiedName? Name, bool IfNotExists, ImmutableArray<Identifier> Kinds, ImmutableArray<IndexElement> Elements,
        ImmutableArray<FromItem> From)
    : SqlStatement(Span);

/// <summary>ALTER STATISTICS … SET STATISTICS.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The statistics.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="Target">The target; null for DEFAULT.</param>
public sealed record AlterStatisticsStatement(TextSpan Span, QualifiedName Name, bool IfExists, int? Target) : SqlStatement(Span);
