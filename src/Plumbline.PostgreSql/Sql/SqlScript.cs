using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql;

/// <summary>One statement of a script with what stands around it.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Span">The statement without its semicolon; that of an <see cref="InvalidStatement"/> is as psql cuts it.</param>
/// <param name="LeadingComments">The comments between the statement before it and its first token.</param>
public sealed record ScriptStatement(SqlStatement Statement, TextSpan Span, ImmutableArray<SqlComment> LeadingComments);

/// <summary>A comment.</summary>
/// <param name="Span">Its place in the text, with its marks.</param>
/// <param name="IsBlock">Whether it is <c>/* … */</c>.</param>
public readonly record struct SqlComment(TextSpan Span, bool IsBlock);
