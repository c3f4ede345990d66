using System.Collections.Immutable;
using System.Globalization;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>Reads SQL as the database that it makes.</summary>
internal static class SqlSource
{
    /// <summary>Gives a source what the replay of its scripts showed.</summary>
    /// <param name="source">What is known of the source already.</param>
    /// <param name="scripts">The scripts in their order.</param>
    /// <param name="histories">Their replays. The schema is that of the working order where there is one; the refusals are those in the order that they have,
    /// and what is refused in the working order all the same.</param>
    public static Source Complete(Source source, ImmutableArray<MigrationSource> scripts, ProjectHistories histories) => source with
    {
        Schema = histories.Final.Schema,
        Replay = histories.Final,
        Errors = [.. source.Errors, .. Unread(histories.Final)],
        Refusals = [.. Refusals(histories.AsItIs).Concat(histories.Order is null ? [] : Refusals(histories.Final)).Distinct()],
        Notes = [.. PlatformNote(source, histories.Final.Options), .. OrderNotes(scripts, histories.Order), .. histories.Final.Outcomes.Select(Note).OfType<Diagnostic>()],
    };

    private static IEnumerable<Diagnostic> Refusals(ReplayResult replay) =>
        replay.Outcomes.Where(outcome => outcome.Kind == OutcomeKind.Refused).Select(outcome => Refusal(outcome, replay.Migrations[outcome.Migration].Text));

    private static Diagnostic Refusal(StatementOutcome outcome, SourceText text)
    {
        var error = outcome.Error!;
        var place = outcome.ErrorOffset is { } offset ? text.LocationOf(new TextSpan(offset, 1)) : outcome.Location;
        return new Diagnostic(DiagnosticSeverity.Error, error.SqlState, $"{error.Message} ({error.SqlState})", place, error.Hint ?? error.Detail);
    }

    // As an audit reports them (schema/budget-exceeded): once for each reason, where it begins.
    private static IEnumerable<Diagnostic> Unread(ReplayResult replay)
    {
        foreach (var left in replay.Outcomes.Where(outcome => outcome.ExceedsBudget).GroupBy(outcome => outcome.Reason ?? "", StringComparer.Ordinal))
        {
            var count = left.Count();
            var others = (count - 1).ToString("N0", CultureInfo.InvariantCulture);
            var unknown = replay.Stopped == left.Key
                ? count == 1 ? "This statement is not read." : $"This statement and the {others} after it are not read."
                : count == 1 ? "What this statement does is unknown." : $"What this statement and {others} more do is unknown.";
            yield return new Diagnostic(DiagnosticSeverity.Error, ReadingBudget.Code, $"{left.Key} {unknown}", left.First().Location);
        }
    }

    private static Diagnostic? Note(StatementOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Unknown =>
            new Diagnostic(DiagnosticSeverity.Warning, "unknown-statement", "The statement was not understood and was left out.", outcome.Location),
        OutcomeKind.CannotKnow when !outcome.ExceedsBudget =>
            new Diagnostic(
                DiagnosticSeverity.Warning, "unknowable-statement", $"The effect of the statement is unknown: {outcome.Reason}", outcome.Location),
        _ => null,
    };

    // A migration that waits for a later one runs right after it, or after another that does.
    private static IEnumerable<Diagnostic> OrderNotes(ImmutableArray<MigrationSource> scripts, WorkingOrder? order)
    {
        if (order is null)
        {
            yield break;
        }

        var last = -1;
        for (var i = 0; i < order.Order.Length; i++)
        {
            var script = order.Order[i];
            if (script < last)
            {
                yield return new Diagnostic(
                    DiagnosticSeverity.Warning,
                    "working-order",
                    $"The migrations were replayed in an order in which {(order.IsComplete ? "every statement succeeds" : "more statements succeed")}: {scripts[script].Name} runs after {scripts[order.Order[i - 1]].Name}.",
                    SourceLocation.StartOf(scripts[script].Text.Path));
            }

            last = Math.Max(last, script);
        }
    }

    private static IEnumerable<Diagnostic> PlatformNote(Source source, ReplayOptions options) => options.Platform == ReplayPlatform.Supabase
        ? [new Diagnostic(
            DiagnosticSeverity.Warning, "platform", "Assuming Supabase's built-in schemas, roles and functions exist.", SourceLocation.StartOf(source.Name))]
        : [];
}
