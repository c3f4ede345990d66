using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What became of one statement of a history.</summary>
public sealed record StatementOutcome
{
    /// <summary>The migration, as an index into <see cref="ReplayResult.Migrations"/>.</summary>
    public required int Migration { get; init; }

    /// <summary>The statement's index in its migration, from 0.</summary>
    public required int Statement { get; init; }

    /// <summary>The migration's text.</summary>
    public required SourceText Source { get; init; }

    /// <summary>Its place in the migration's text.</summary>
    public required TextSpan Span { get; init; }

    // A script may have a million statements, and few of their places are ever asked for.

    /// <summary>Where it is.</summary>
    public SourceLocation Location => Source.LocationOf(Span);

    /// <summary>What became of it.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>What kind of statement, as PostgreSQL's command tag names it: <c>CREATE TABLE</c>; empty for one that was not understood.</summary>
    public string Command { get; init; } = "";

    /// <summary>
    /// Everything that it did, in the order in which it did: the objects that it names, their parts, and what went with them. Whether it was taken back later
    /// is in <see cref="IsRolledBack"/>.
    /// </summary>
    public ImmutableArray<ObjectChange> Effects { get; init; } = [];

    /// <summary>The statements that its code ran, in their order: those of a DO block, and of functions and procedures in PL/pgSQL that it calls.</summary>
    public ImmutableArray<RanStatement> Ran { get; init; } = [];

    /// <summary>Its effects without the parts of objects: a new table without its columns.</summary>
    public ImmutableArray<ObjectChange> Changes =>
        Effects.Any(e => e.Origin == ChangeOrigin.Part) ? Effects.RemoveAll(e => e.Origin == ChangeOrigin.Part) : Effects;

    /// <summary>Whether all that it changed was taken back, because its transaction was rolled back.</summary>
    public bool IsRolledBack { get; init; }

    /// <summary>Of a statement that was rolled back: the index in <see cref="ReplayResult.Outcomes"/> of the statement that was refused or rolled back; null
    /// where the transaction was never committed.</summary>
    public int? RolledBackBy { get; init; }

    /// <summary>The refusal; null where it was not refused.</summary>
    public SqlError? Error { get; init; }

    /// <summary>Where in the migration the refusal points, as an offset; null where it points nowhere.</summary>
    public int? ErrorOffset { get; init; }

    /// <summary>Of a refused statement: the index in <see cref="ReplayResult.Outcomes"/> of the earlier refusal without which it would not be refused; null
    /// where it is on its own.</summary>
    public int? CausedBy { get; init; }

    /// <summary>Why the replay cannot know what the statement does; null where it knows.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the replay cannot know it because to find out would cost more than a <see cref="ReadingBudget"/> allows.</summary>
    public bool ExceedsBudget { get; init; }

    /// <summary>Of a refused statement: the extension without which it is refused, because it is not installed or not available; null where the refusal has
    /// another reason.</summary>
    public string? MissingExtension => Error is null ? null : Replay.MissingExtension.Of(Error);

    /// <summary>The string literals that the statement evaluates when it runs. Those in the body of a PL/pgSQL function that it only defines are not among
    /// them.</summary>
    public IReadOnlySet<string> LiteralsWhenRun() => RunningText.Literals(Parse(), Source.Text.Substring(Span.Start, Span.Length));

    /// <summary>The values of an enum that the statement uses when it runs, as far as its text says: those that are among its literals.</summary>
    /// <param name="labels">The values.</param>
    public IEnumerable<string> UsedLabels(IEnumerable<string> labels) => labels.Where(LiteralsWhenRun().Contains);

    /// <summary>Of a statement that was refused or left out: the schema in which it would have created what it names without one; else null.</summary>
    internal string? CreationSchema { get; init; }

    /// <summary>The statement, parsed once more: syntax trees are not kept.</summary>
    internal SqlStatement Parse() => SqlParser.ParseStatement(Source.Text.Substring(Span.Start, Span.Length));
}

/// <summary>What became of a statement.</summary>
public enum OutcomeKind
{
    /// <summary>It succeeded; whether it changed anything is told by its changes.</summary>
    Done,

    /// <summary>PostgreSQL refuses it.</summary>
    Refused,

    /// <summary>It was not understood, and was left out.</summary>
    Unknown,

    /// <summary>What it does depends on what no replay can know (data, dynamic SQL); as far as that goes it was left out.</summary>
    CannotKnow,

    /// <summary>It was never reached: what came before it in its string failed (as deployed), or the deployment had stopped.</summary>
    Skipped,
}
