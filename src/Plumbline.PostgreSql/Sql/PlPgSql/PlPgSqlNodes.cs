using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>What a PL/pgSQL body is. Spans are offsets into the body's text.</summary>
/// <param name="Block">Its outermost block; null where the body is wrong.</param>
/// <param name="Error">The first error that PostgreSQL would refuse the body for; null where there is none.</param>
public sealed record PlBody(PlBlock? Block, SqlSyntaxError? Error);

/// <summary>A statement of PL/pgSQL.</summary>
/// <param name="Span">The whole, without its semicolon.</param>
public abstract record PlStatement(TextSpan Span) : SqlNode(Span);

/// <summary>[DECLARE …] BEGIN … [EXCEPTION …] END.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Label">Its label; null where none is written.</param>
/// <param name="Declarations">Its variables, aliases and cursors.</param>
/// <param name="Statements">Its statements.</param>
/// <param name="Handlers">The WHEN branches of EXCEPTION.</param>
public sealed record PlBlock(
    TextSpan Span, Identifier? Label, ImmutableArray<PlDeclaration> Declarations, ImmutableArray<PlStatement> Statements, ImmutableArray<PlHandler> Handlers)
    : PlStatement(Span);

/// <summary>A declaration.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">What it declares.</param>
/// <param name="Type">Its type; null for an alias and a cursor.</param>
/// <param name="Default">Its value; null where none is written.</param>
public sealed record PlDeclaration(TextSpan Span, Identifier Name, SqlTypeName? Type, SqlExpr? Default) : SqlNode(Span)
{
    /// <summary>CONSTANT.</summary>
    public bool IsConstant { get; init; }

    /// <summary>NOT NULL.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Whether the type is <c>table%ROWTYPE</c>.</summary>
    public bool IsRowType { get; init; }

    /// <summary>ALIAS FOR; null where it is not written.</summary>
    public QualifiedName? AliasFor { get; init; }

    /// <summary>The query of a cursor; else null.</summary>
    public SqlStatement? Cursor { get; init; }
}

/// <summary>WHEN conditions THEN statements.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Conditions">The names of conditions, in lower case, or five characters of an SQLSTATE.</param>
/// <param name="Statements">Its statements.</param>
public sealed record PlHandler(TextSpan Span, ImmutableArray<PlCondition> Conditions, ImmutableArray<PlStatement> Statements) : SqlNode(Span);

/// <summary>A condition of EXCEPTION.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">Its name, such as <c>duplicate_object</c> or <c>others</c>, or an SQLSTATE.</param>
/// <param name="IsSqlState">Whether it is an SQLSTATE.</param>
public sealed record PlCondition(TextSpan Span, string Name, bool IsSqlState) : SqlNode(Span);

/// <summary>IF.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Branches">IF and ELSIF.</param>
/// <param name="Else">ELSE; empty where it is not written.</param>
public sealed record PlIf(TextSpan Span, ImmutableArray<PlBranch> Branches, ImmutableArray<PlStatement> Else) : PlStatement(Span);

/// <summary>A condition with statements.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Conditions">The condition of IF; the values of WHEN, where a CASE has an operand.</param>
/// <param name="Statements">Its statements.</param>
public sealed record PlBranch(TextSpan Span, ImmutableArray<SqlExpr> Conditions, ImmutableArray<PlStatement> Statements) : SqlNode(Span);

/// <summary>CASE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Operand">What is between CASE and WHEN; null where nothing is.</param>
/// <param name="Branches">The WHEN branches.</param>
/// <param name="Else">ELSE; null where it is not written, which is an error where no branch applies.</param>
public sealed record PlCase(TextSpan Span, SqlExpr? Operand, ImmutableArray<PlBranch> Branches, ImmutableArray<PlStatement>? Else) : PlStatement(Span);

/// <summary>LOOP without condition, or WHILE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Label">Its label; null where none is written.</param>
/// <param name="Condition">WHILE; null for LOOP.</param>
/// <param name="Statements">Its statements.</param>
public sealed record PlLoop(TextSpan Span, Identifier? Label, SqlExpr? Condition, ImmutableArray<PlStatement> Statements) : PlStatement(Span);

/// <summary>FOR variable IN first .. last LOOP.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Label">Its label; null where none is written.</param>
/// <param name="Variable">Its variable, which it declares.</param>
/// <param name="IsReverse">REVERSE.</param>
/// <param name="First">First value.</param>
/// <param name="Last">Last value.</param>
/// <param name="By">BY; null where it is not written.</param>
/// <param name="Statements">Its statements.</param>
public sealed record PlForRange(
    TextSpan Span, Identifier? Label, Identifier Variable, bool IsReverse, SqlExpr First, SqlExpr Last, SqlExpr? By, ImmutableArray<PlStatement> Statements)
    : PlStatement(Span);

/// <summary>FOR targets IN query LOOP, or FOR targets IN EXECUTE text LOOP, or FOR record IN cursor LOOP.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Label">Its label; null where none is written.</param>
/// <param name="Targets">The variables.</param>
/// <param name="Query">The query; null for EXECUTE and for a cursor.</param>
/// <param name="Execute">The text of EXECUTE; else null.</param>
/// <param name="Using">USING of EXECUTE.</param>
/// <param name="Cursor">The cursor; else null.</param>
/// <param name="Statements">Its statements.</param>
public sealed record PlForQuery(
    TextSpan Span,
    Identifier? Label,
    ImmutableArray<QualifiedName> Targets,
    SqlStatement? Query,
    SqlExpr? Execute,
    ImmutableArray<SqlExpr> Using,
    Identifier? Cursor,
    ImmutableArray<PlStatement> Statements) : PlStatement(Span);

/// <summary>FOREACH targets [SLICE n] IN ARRAY expression LOOP.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Label">Its label; null where none is written.</param>
/// <param name="Targets">The variables.</param>
/// <param name="Slice">SLICE; 0 where it is not written.</param>
/// <param name="Array">The array.</param>
/// <param name="Statements">Its statements.</param>
public sealed record PlForeach(
    TextSpan Span, Identifier? Label, ImmutableArray<QualifiedName> Targets, int Slice, SqlExpr Array, ImmutableArray<PlStatement> Statements)
    : PlStatement(Span);

/// <summary>EXIT or CONTINUE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="IsContinue">CONTINUE.</param>
/// <param name="Label">The label; null where none is written.</param>
/// <param name="When">WHEN; null where it is not written.</param>
public sealed record PlExit(TextSpan Span, bool IsContinue, Identifier? Label, SqlExpr? When) : PlStatement(Span);

/// <summary>RETURN, RETURN NEXT, RETURN QUERY.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">Which.</param>
/// <param name="Value">The value, or the text of RETURN QUERY EXECUTE; null where none is written.</param>
/// <param name="Query">The query of RETURN QUERY; else null.</param>
/// <param name="Using">USING of RETURN QUERY EXECUTE.</param>
public sealed record PlReturn(TextSpan Span, PlReturnKind Kind, SqlExpr? Value, SqlStatement? Query, ImmutableArray<SqlExpr> Using) : PlStatement(Span);

/// <summary>The kinds of RETURN.</summary>
public enum PlReturnKind
{
    /// <summary>RETURN.</summary>
    Return,

    /// <summary>RETURN NEXT.</summary>
    Next,

    /// <summary>RETURN QUERY.</summary>
    Query,
}

/// <summary>RAISE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Level">The level in lower case; <c>exception</c> where none is written.</param>
/// <param name="Format">The format; null where a condition, or nothing, is written.</param>
/// <param name="Arguments">The arguments of the format.</param>
/// <param name="Condition">The name of a condition, or an SQLSTATE; null where none is written.</param>
/// <param name="Options">USING: <c>message</c>, <c>detail</c>, <c>hint</c>, <c>errcode</c>, <c>column</c>, <c>constraint</c>, <c>datatype</c>, <c>table</c>,
/// <c>schema</c>.</param>
public sealed record PlRaise(
    TextSpan Span, string Level, string? Format, ImmutableArray<SqlExpr> Arguments, PlCondition? Condition, ImmutableArray<DefinitionOption> Options)
    : PlStatement(Span);

/// <summary>ASSERT.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Message">The message; null where none is written.</param>
public sealed record PlAssert(TextSpan Span, SqlExpr Condition, SqlExpr? Message) : PlStatement(Span);

/// <summary>EXECUTE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Command">The text that is executed.</param>
/// <param name="Into">INTO; null where it is not written.</param>
/// <param name="Using">USING.</param>
public sealed record PlExecute(TextSpan Span, SqlExpr Command, PlInto? Into, ImmutableArray<SqlExpr> Using) : PlStatement(Span);

/// <summary>INTO.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="IsStrict">STRICT.</param>
/// <param name="Targets">The variables.</param>
public sealed record PlInto(TextSpan Span, bool IsStrict, ImmutableArray<QualifiedName> Targets) : SqlNode(Span);

/// <summary>PERFORM query, where PERFORM stands for SELECT.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Query">The query.</param>
public sealed record PlPerform(TextSpan Span, SelectStatement Query) : PlStatement(Span);

/// <summary>target := value.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Target">A column reference or an <see cref="IndirectionExpr"/> of one.</param>
/// <param name="Value">The value.</param>
public sealed record PlAssignment(TextSpan Span, SqlExpr Target, SqlExpr Value) : PlStatement(Span);

/// <summary>An SQL statement.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Statement">The statement, without INTO.</param>
/// <param name="Into">INTO; null where it is not written.</param>
public sealed record PlSql(TextSpan Span, SqlStatement Statement, PlInto? Into) : PlStatement(Span);

/// <summary>NULL.</summary>
/// <param name="Span">The whole.</param>
public sealed record PlNull(TextSpan Span) : PlStatement(Span);

/// <summary>COMMIT or ROLLBACK.</summary>
/// <param name="Span">The whole.</param>
/// <param name="IsCommit">COMMIT.</param>
public sealed record PlTransaction(TextSpan Span, bool IsCommit) : PlStatement(Span);

/// <summary>GET [CURRENT|STACKED] DIAGNOSTICS.</summary>
/// <param name="Span">The whole.</param>
/// <param name="IsStacked">STACKED.</param>
/// <param name="Items">The variables with the items in lower case.</param>
public sealed record PlGetDiagnostics(TextSpan Span, bool IsStacked, ImmutableArray<(QualifiedName Target, string Item)> Items) : PlStatement(Span);

/// <summary>OPEN, FETCH, MOVE or CLOSE of a cursor.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Command">The command in capitals.</param>
/// <param name="Cursor">The cursor.</param>
/// <param name="Query">The query of OPEN … FOR; else null.</param>
/// <param name="Execute">The text of OPEN … FOR EXECUTE; else null.</param>
/// <param name="Into">INTO of FETCH; null where it is not written.</param>
public sealed record PlCursorCommand(TextSpan Span, string Command, Identifier Cursor, SqlStatement? Query, SqlExpr? Execute, PlInto? Into) : PlStatement(Span);
