using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>A statement that code ran: in a DO block, by EXECUTE, or in a function that a statement calls.</summary>
/// <param name="Syntax">The statement.</param>
/// <param name="Text">The text that its spans refer to.</param>
/// <param name="Start">Where this text stands in the migration; null where the migration does not contain it as it is.</param>
/// <param name="Part">The part of the migration that runs it; null where that is the calling statement as a whole.</param>
/// <param name="Effects">What it did, as <see cref="StatementOutcome.Effects"/>.</param>
public sealed record RanStatement(SqlStatement Syntax, string Text, int? Start, TextSpan? Part, ImmutableArray<ObjectChange> Effects);
