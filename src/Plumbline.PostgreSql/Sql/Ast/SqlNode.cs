using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Ast;

/// <summary>A part of a statement's syntax tree. Spans are offsets into the text that was parsed.</summary>
/// <param name="Span">The characters from its first to its last token.</param>
public abstract record SqlNode(TextSpan Span)
{
    /// <summary>The offset that PostgreSQL points at when it complains about this node: mostly its start, but an operator's own place in an operator
    /// expression.</summary>
    public virtual int Location => Span.Start;
}

/// <summary>A whole statement, without its semicolon.</summary>
/// <param name="Span">The characters from its first to its last token.</param>
public abstract record SqlStatement(TextSpan Span) : SqlNode(Span);

/// <summary>A statement that is not understood, though PostgreSQL may well accept it (a psql variable is in it, for example).</summary>
/// <param name="Span">The whole statement.</param>
/// <param name="Reason">Why it was not read, as a full sentence.</param>
public sealed record UnknownStatement(TextSpan Span, string Reason) : SqlStatement(Span);

/// <summary>A statement that PostgreSQL's parser refuses.</summary>
/// <param name="Span">The whole statement, as psql would cut it.</param>
/// <param name="Error">What PostgreSQL says about it.</param>
public sealed record InvalidStatement(TextSpan Span, SqlSyntaxError Error) : SqlStatement(Span);

/// <summary>An error that PostgreSQL's scanner or grammar raises, before anything is looked up.</summary>
/// <param name="SqlState">Its SQLSTATE, mostly <c>42601</c>.</param>
/// <param name="Message">PostgreSQL's message, word for word.</param>
/// <param name="Position">Offset of the place that PostgreSQL points at; null where it names none.</param>
/// <param name="Hint">PostgreSQL's hint; null where it gives none.</param>
/// <param name="Detail">PostgreSQL's detail line; null where it gives none.</param>
public sealed record SqlSyntaxError(string SqlState, string Message, int? Position, string? Hint = null, string? Detail = null);

/// <summary>A backslash command of psql, up to the end of its line: <c>\connect other</c>.</summary>
/// <param name="Span">The command.</param>
/// <param name="Command">Its name without the backslash.</param>
/// <param name="Arguments">The rest of its line, trimmed.</param>
public sealed record PsqlCommandStatement(TextSpan Span, string Command, string Arguments) : SqlStatement(Span);
