using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>Reads SQL as the database that it makes.</summary>
internal static class SqlSource
{
    /// <summary>Replays scripts, one after the other, on an empty database.</summary>
    /// <param name="source">What is known of the source already.</param>
    /// <param name="scripts">The scripts in their order.</param>
    /// <param name="options">The server.</param>
    public static Source Replay(Source source, ImmutableArray<MigrationSource> scripts, ReplayOptions options)
    {
        var replay = MigrationReplay.Run(scripts, options);
        return source with
        {
            Schema = replay.Schema,
            Refusals =
                [.. replay.Outcomes.Where(outcome => outcome.Kind == OutcomeKind.Refused).Select(outcome => Refusal(outcome, scripts[outcome.Migration].Text))],
            Notes = [.. PlatformNote(source, options), .. replay.Outcomes.Select(Note).OfType<Diagnostic>()],
        };
    }

    private static Diagnostic Refusal(StatementOutcome outcome, SourceText text)
    {
        var error = outcome.Error!;
        var place = outcome.ErrorOffset is { } offset ? text.LocationOf(new TextSpan(offset, 1)) : outcome.Location;
        return new Diagnostic(DiagnosticSeverity.Error, error.SqlState, $"{error.Message} ({error.SqlState})", place, error.Hint ?? error.Detail);
    }

    private static Diagnostic? Note(StatementOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Unknown =>
            new Diagnostic(DiagnosticSeverity.Warning, "unknown-statement", "The statement was not understood and was left out.", outcome.Location),
        OutcomeKind.CannotKnow =>
            new Diagnostic(
                DiagnosticSeverity.Warning, "unknowable-statement", $"What the statement does, a replay cannot know: {outcome.Reason}", outcome.Location),
        _ => null,
    };

    private static IEnumerable<Diagnostic> PlatformNote(Source source, ReplayOptions options) => options.Platform == ReplayPlatform.Supabase
        ? [new Diagnostic(
            DiagnosticSeverity.Warning, "platform", "Supabase's schemas, roles and functions are taken as given.", new SourceLocation(source.Name, 1, 1, 1, 1))]
        : [];
}
