using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Objects;

/// <summary>CREATE FUNCTION or PROCEDURE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsProcedure">PROCEDURE.</param>
/// <param name="OrReplace">OR REPLACE.</param>
/// <param name="Parameters">Its parameters; those of RETURNS TABLE are at the end, with the mode <see cref="ParameterMode.Table"/>.</param>
/// <param name="Returns">Its result type; null where none is written or a TABLE is.</param>
public sealed record CreateFunctionStatement(
    TextSpan Span, QualifiedName Name, bool IsProcedure, bool OrReplace, ImmutableArray<FunctionParameter> Parameters, SqlTypeName? Returns)
    : SqlStatement(Span)
{
    /// <summary>Whether RETURNS TABLE is written.</summary>
    public bool ReturnsTable { get; init; }

    /// <summary>Its options in their order: <c>language</c>, <c>as</c> (a list of one or two strings), <c>volatility</c>, <c>strict</c>, <c>security</c>,
    /// <c>leakproof</c>, <c>cost</c>, <c>rows</c>, <c>support</c>, <c>parallel</c>, <c>window</c>, <c>set</c>, <c>transform</c>.</summary>
    public ImmutableArray<DefinitionOption> Options { get; init; } = [];

    /// <summary>The statements of RETURN expression or BEGIN ATOMIC; null where the body is a string.</summary>
    public FunctionBody? Body { get; init; }
}

/// <summary>The body of a function in the SQL-standard form.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Return">The expression of RETURN; null for BEGIN ATOMIC.</param>
/// <param name="Statements">The statements of BEGIN ATOMIC.</param>
public sealed record FunctionBody(TextSpan Span, SqlExpr? Return, ImmutableArray<SqlStatement> Statements) : SqlNode(Span);

/// <summary>RETURN expression, as a statement inside BEGIN ATOMIC.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Value">The expression.</param>
public sealed record ReturnStatement(TextSpan Span, SqlExpr Value) : SqlStatement(Span);

/// <summary>A parameter of a function.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Mode">Its mode.</param>
/// <param name="Name">Its name; null where none is written.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">Its default; null where none is written.</param>
public sealed record FunctionParameter(TextSpan Span, ParameterMode Mode, Identifier? Name, SqlTypeName Type, SqlExpr? Default) : SqlNode(Span);

/// <summary>The mode of a parameter.</summary>
public enum ParameterMode
{
    /// <summary>IN, or none written.</summary>
    In,

    /// <summary>OUT.</summary>
    Out,

    /// <summary>INOUT.</summary>
    InOut,

    /// <summary>VARIADIC.</summary>
    Variadic,

    /// <summary>A column of RETURNS TABLE.</summary>
    Table,

    /// <summary>Behind the ORDER BY of an ordered-set aggregate.</summary>
    OrderBy,
}

/// <summary>ALTER FUNCTION, PROCEDURE or ROUTINE with options. (RENAME, OWNER TO and SET SCHEMA are statements of their own.)</summary>
/// <param name="Span">The whole.</param>
/// <param name="Function">What is altered.</param>
/// <param name="Options">What is set, as in <see cref="CreateFunctionStatement"/>.</param>
public sealed record AlterFunctionStatement(TextSpan Span, ObjectReference Function, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>CREATE AGGREGATE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="OrReplace">OR REPLACE.</param>
/// <param name="Parameters">Its parameters; null for the old syntax, which has none.</param>
/// <param name="Options">Its definition.</param>
public sealed record CreateAggregateStatement(
    TextSpan Span, QualifiedName Name, bool OrReplace, ImmutableArray<FunctionParameter>? Parameters, ImmutableArray<DefinitionOption> Options)
    : SqlStatement(Span);

/// <summary>CREATE TRIGGER.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Function">Its function.</param>
/// <param name="Arguments">The arguments given to the function.</param>
public sealed record CreateTriggerStatement(
    TextSpan Span, Identifier Name, QualifiedName Table, QualifiedName Function, ImmutableArray<string> Arguments) : SqlStatement(Span)
{
    /// <summary>OR REPLACE.</summary>
    public bool OrReplace { get; init; }

    /// <summary>CONSTRAINT.</summary>
    public bool IsConstraint { get; init; }

    /// <summary><c>BEFORE</c>, <c>AFTER</c> or <c>INSTEAD OF</c>.</summary>
    public string Timing { get; init; } = "AFTER";

    /// <summary>Its events, such as <c>INSERT</c>, in capitals and in their order.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>The columns of UPDATE OF.</summary>
    public ImmutableArray<Identifier> UpdateColumns { get; init; } = [];

    /// <summary>FOR EACH ROW; else STATEMENT.</summary>
    public bool ForEachRow { get; init; }

    /// <summary>WHEN; null where it is not written.</summary>
    public SqlExpr? When { get; init; }

    /// <summary>REFERENCING OLD TABLE; null where it is not written.</summary>
    public Identifier? OldTable { get; init; }

    /// <summary>REFERENCING NEW TABLE; null where it is not written.</summary>
    public Identifier? NewTable { get; init; }

    /// <summary>FROM table of a constraint trigger; null where it is not written.</summary>
    public QualifiedName? From { get; init; }

    /// <summary>DEFERRABLE.</summary>
    public bool IsDeferrable { get; init; }

    /// <summary>INITIALLY DEFERRED.</summary>
    public bool IsInitiallyDeferred { get; init; }
}

/// <summary>CREATE EVENT TRIGGER.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Event">Its event.</param>
/// <param name="Filters">WHEN variable IN (values).</param>
/// <param name="Function">Its function.</param>
public sealed record CreateEventTriggerStatement(
    TextSpan Span, Identifier Name, string Event, ImmutableArray<DefinitionOption> Filters, QualifiedName Function) : SqlStatement(Span);

/// <summary>ALTER EVENT TRIGGER … ENABLE or DISABLE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The trigger.</param>
/// <param name="Mode"><c>ENABLE</c>, <c>DISABLE</c>, <c>ENABLE ALWAYS</c> or <c>ENABLE REPLICA</c>.</param>
public sealed record AlterEventTriggerStatement(TextSpan Span, Identifier Name, string Mode) : SqlStatement(Span);

/// <summary>CREATE POLICY.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its table.</param>
/// <param name="IsPermissive">PERMISSIVE; else RESTRICTIVE.</param>
/// <param name="Command"><c>ALL</c>, <c>SELECT</c>, <c>INSERT</c>, <c>UPDATE</c> or <c>DELETE</c>.</param>
/// <param name="Roles">TO; empty where it is not written.</param>
/// <param name="Using">USING; null where it is not written.</param>
/// <param name="WithCheck">WITH CHECK; null where it is not written.</param>
public sealed record CreatePolicyStatement(
    TextSpan Span, Identifier Name, QualifiedName Table, bool IsPermissive, string Command, ImmutableArray<RoleSpec> Roles, SqlExpr? Using, SqlExpr? WithCheck)
    : SqlStatement(Span);

/// <summary>ALTER POLICY. (RENAME is a statement of its own.)</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The policy.</param>
/// <param name="Table">Its table.</param>
/// <param name="IfExists">Whether IF EXISTS is written.</param>
/// <param name="Roles">TO; empty where it is not written.</param>
/// <param name="Using">USING; null where it is not written.</param>
/// <param name="WithCheck">WITH CHECK; null where it is not written.</param>
public sealed record AlterPolicyStatement(
    TextSpan Span, Identifier Name, QualifiedName Table, bool IfExists, ImmutableArray<RoleSpec> Roles, SqlExpr? Using, SqlExpr? WithCheck)
    : SqlStatement(Span);
