using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast.Session;

/// <summary>SET and RESET of a setting, in all their spellings.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Scope">LOCAL, SESSION or none.</param>
/// <param name="Name">The setting in the spelling of <c>pg_settings</c> (<c>timezone</c>, <c>role</c>, <c>session_authorization</c>, <c>TRANSACTION</c>,
/// <c>SESSION CHARACTERISTICS</c>, <c>TRANSACTION SNAPSHOT</c>); <c>all</c> for RESET ALL.</param>
/// <param name="Kind">Whether it is set, set to its default, taken from the current one, or reset.</param>
/// <param name="Values">The values of SET.</param>
public sealed record SetStatement(TextSpan Span, SetScope Scope, string Name, SetKind Kind, ImmutableArray<SqlNode> Values) : SqlStatement(Span);

/// <summary>How long a SET holds.</summary>
public enum SetScope
{
    /// <summary>Not written.</summary>
    Default,

    /// <summary>SESSION.</summary>
    Session,

    /// <summary>LOCAL.</summary>
    Local,
}

/// <summary>What a <see cref="SetStatement"/> does.</summary>
public enum SetKind
{
    /// <summary>SET to values.</summary>
    Value,

    /// <summary>SET to DEFAULT.</summary>
    Default,

    /// <summary>SET FROM CURRENT.</summary>
    FromCurrent,

    /// <summary>RESET.</summary>
    Reset,

    /// <summary>RESET ALL.</summary>
    ResetAll,
}

/// <summary>SHOW.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The setting; <c>all</c> for ALL.</param>
public sealed record ShowStatement(TextSpan Span, string Name) : SqlStatement(Span);

/// <summary>BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their kin.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Kind">Which.</param>
/// <param name="Name">The savepoint, or the identifier of a prepared transaction; null where there is none.</param>
/// <param name="Modes">Transaction modes: <c>transaction_isolation</c>, <c>transaction_read_only</c>, <c>transaction_deferrable</c>.</param>
/// <param name="IsChain">AND CHAIN.</param>
public sealed record TransactionStatement(TextSpan Span, TransactionKind Kind, string? Name, ImmutableArray<DefinitionOption> Modes, bool IsChain)
    : SqlStatement(Span);

/// <summary>What a <see cref="TransactionStatement"/> does.</summary>
public enum TransactionKind
{
    /// <summary>BEGIN.</summary>
    Begin,

    /// <summary>START TRANSACTION.</summary>
    Start,

    /// <summary>COMMIT or END.</summary>
    Commit,

    /// <summary>ROLLBACK or ABORT.</summary>
    Rollback,

    /// <summary>SAVEPOINT.</summary>
    Savepoint,

    /// <summary>RELEASE.</summary>
    Release,

    /// <summary>ROLLBACK TO.</summary>
    RollbackTo,

    /// <summary>PREPARE TRANSACTION.</summary>
    Prepare,

    /// <summary>COMMIT PREPARED.</summary>
    CommitPrepared,

    /// <summary>ROLLBACK PREPARED.</summary>
    RollbackPrepared,
}

/// <summary>SET CONSTRAINTS.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Constraints">The constraints; empty for ALL.</param>
/// <param name="IsDeferred">DEFERRED; else IMMEDIATE.</param>
public sealed record SetConstraintsStatement(TextSpan Span, ImmutableArray<QualifiedName> Constraints, bool IsDeferred) : SqlStatement(Span);

/// <summary>TRUNCATE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Tables">The tables.</param>
/// <param name="RestartIdentity">RESTART IDENTITY.</param>
/// <param name="IsCascade">CASCADE.</param>
public sealed record TruncateStatement(TextSpan Span, ImmutableArray<TableItem> Tables, bool RestartIdentity, bool IsCascade) : SqlStatement(Span);

/// <summary>DO.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Code">The code, without its quotes.</param>
/// <param name="CodeSpan">Where the string stands, with its quotes.</param>
/// <param name="Language">LANGUAGE; null where it is not written, which means plpgsql.</param>
public sealed record DoStatement(TextSpan Span, string Code, TextSpan CodeSpan, string? Language) : SqlStatement(Span)
{
    /// <summary>Where the code's first character stands, so that an offset into the code is an offset into the text; null where the string is not
    /// dollar-quoted.</summary>
    public int? CodeStart { get; init; }
}

/// <summary>LOCK.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Mode">The mode in capitals; <c>ACCESS EXCLUSIVE</c> where none is written.</param>
/// <param name="IsNoWait">NOWAIT.</param>
public sealed record LockStatement(TextSpan Span, ImmutableArray<TableItem> Tables, string Mode, bool IsNoWait) : SqlStatement(Span);

/// <summary>VACUUM, ANALYZE, CLUSTER, REINDEX and CHECKPOINT.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Command">The command in capitals.</param>
/// <param name="Target">What REINDEX names: <c>TABLE</c>, <c>INDEX</c>, <c>SCHEMA</c>, <c>SYSTEM</c>, <c>DATABASE</c>; else null.</param>
/// <param name="Relations">The relations (or schema, or database).</param>
/// <param name="Options">Its options.</param>
public sealed record MaintenanceStatement(
    TextSpan Span, string Command, string? Target, ImmutableArray<MaintenanceRelation> Relations, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span)
{
    /// <summary>CONCURRENTLY of REINDEX.</summary>
    public bool IsConcurrent { get; init; }

    /// <summary>The index of CLUSTER; null where it is not written.</summary>
    public Identifier? Index { get; init; }
}

/// <summary>A relation of VACUUM or ANALYZE, with columns.</summary>
/// <param name="Span">Its place in the text.</param>
/// <param name="Name">The relation.</param>
/// <param name="Columns">The columns; empty for all.</param>
public sealed record MaintenanceRelation(TextSpan Span, QualifiedName Name, ImmutableArray<Identifier> Columns) : SqlNode(Span);

/// <summary>COPY.</summary>
/// <param name="Span">The whole, without the data behind it.</param>
/// <param name="Table">The table; null for a query.</param>
/// <param name="Query">The query; null for a table.</param>
/// <param name="Columns">The columns; empty for all.</param>
/// <param name="IsFrom">FROM; else TO.</param>
/// <param name="Program">Whether PROGRAM is written.</param>
/// <param name="File">The file or program; null for STDIN and STDOUT.</param>
/// <param name="Options">Its options.</param>
/// <param name="Where">WHERE; null where it is not written.</param>
public sealed record CopyStatement(
    TextSpan Span,
    QualifiedName? Table,
    SqlStatement? Query,
    ImmutableArray<Identifier> Columns,
    bool IsFrom,
    bool Program,
    string? File,
    ImmutableArray<DefinitionOption> Options,
    SqlExpr? Where) : SqlStatement(Span)
{
    /// <summary>The data that follows the statement in a psql script, without the <c>\.</c>; null where there is none.</summary>
    public TextSpan? Data { get; init; }
}

/// <summary>CALL.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Call">The call.</param>
public sealed record CallStatement(TextSpan Span, FunctionCallExpr Call) : SqlStatement(Span);

/// <summary>EXPLAIN.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Options">Its options.</param>
public sealed record ExplainStatement(TextSpan Span, SqlStatement Statement, ImmutableArray<DefinitionOption> Options) : SqlStatement(Span);

/// <summary>PREPARE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Types">The parameters' types.</param>
/// <param name="Statement">The statement.</param>
public sealed record PrepareStatement(TextSpan Span, Identifier Name, ImmutableArray<SqlTypeName> Types, SqlStatement Statement) : SqlStatement(Span);

/// <summary>EXECUTE.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ExecuteStatement(TextSpan Span, Identifier Name, ImmutableArray<SqlExpr> Arguments) : SqlStatement(Span);

/// <summary>DECLARE … CURSOR.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Name">The cursor.</param>
/// <param name="Query">Its query.</param>
/// <param name="WithHold">WITH HOLD.</param>
public sealed record DeclareCursorStatement(TextSpan Span, Identifier Name, SelectStatement Query, bool WithHold) : SqlStatement(Span);

/// <summary>FETCH, MOVE, CLOSE, DEALLOCATE, DISCARD, LISTEN, NOTIFY, UNLISTEN, LOAD, CHECKPOINT: statements that say nothing about the schema.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Command">The command in capitals.</param>
/// <param name="Name">The cursor, prepared statement, channel or library; null for ALL and where there is none.</param>
public sealed record SessionCommandStatement(TextSpan Span, string Command, Identifier? Name) : SqlStatement(Span);

/// <summary>ALTER SYSTEM SET or RESET.</summary>
/// <param name="Span">The whole.</param>
/// <param name="Setting">What is set or reset.</param>
public sealed record AlterSystemStatement(TextSpan Span, SetStatement Setting) : SqlStatement(Span);
