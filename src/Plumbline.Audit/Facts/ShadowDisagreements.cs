using System.Collections.Immutable;
using Plumbline.PostgreSql;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Shadow;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Facts;

/// <summary>Where a shadow database and the replay in memory part.</summary>
/// <param name="Refused">Statements that the server refuses and the replay does not, with what the server says.</param>
/// <param name="Accepted">Statements that the server runs and the replay takes for refused.</param>
/// <param name="Changes">From the database that the replay makes to the one that the server made.</param>
/// <param name="LeftOut">Statements of which nothing can be said, as they reach beyond their database or were refused for a reason that is not their own, with what became of them.</param>
internal sealed record ShadowDisagreements(
    ImmutableArray<(StatementOutcome Statement, SqlError Error)> Refused,
    ImmutableArray<StatementOutcome> Accepted,
    ImmutableArray<SchemaChange> Changes,
    ImmutableArray<(StatementOutcome Statement, ShadowOutcome Real)> LeftOut)
{
    /// <summary>How many changes are not among them, because a statement that the replay did not run to its end may have made them.</summary>
    public int Unjudged { get; private init; }

    /// <summary>Whether there are none, and nothing was left out.</summary>
    public bool IsEmpty => Refused.IsEmpty && Accepted.IsEmpty && Changes.IsEmpty && LeftOut.IsEmpty && Unjudged == 0;

    /// <summary>Finds them; null where no shadow database was made, or it did not finish.</summary>
    public static ShadowDisagreements? Find(ProjectFacts project)
    {
        if (project.Shadow is not { Schema: { } schema } run || project.Final is not { } final)
            return null;

        var real = run.Outcomes.ToDictionary(o => (o.Migration, o.Statement));
        var refused = ImmutableArray.CreateBuilder<(StatementOutcome, SqlError)>();
        var accepted = ImmutableArray.CreateBuilder<StatementOutcome>();
        var leftOut = ImmutableArray.CreateBuilder<(StatementOutcome, ShadowOutcome)>();
        foreach (var outcome in final.Outcomes)
        {
            if (!real.TryGetValue((outcome.Migration, outcome.Statement), out var shadow))
                continue;

            if (shadow.Error is { } same && outcome.Error?.SqlState == same.SqlState)
                continue;

            if (shadow.LeftOut is not null)
                leftOut.Add((outcome, shadow));
            else if (shadow.Error is { } error)
                refused.Add((outcome, error));
            else if (shadow.Error is null && outcome.Kind == OutcomeKind.Refused)
                accepted.Add(outcome);
        }

        // Who runs the migrations owns what they make. What a statement that was not run would have made is missing, and nothing can be said of the rest.
        var changes = run.Outcomes.Any(o => o.LeavesGap) ? [] : SchemaComparer.Compare(final.Schema, schema, new ComparisonOptions { IgnoredKinds = ["owner"] }).Changes;

        // What a block beyond the budget makes has names that only the server knows.
        var isCut = final.Outcomes.Any(o => o.ExceedsBudget);
        ImmutableArray<SchemaChange> judged = [.. changes.Where(change => !isCut || (change.FromObject is not null && project.Causes.Unknown(change)?.ExceedsBudget != true))];
        return new ShadowDisagreements(refused.ToImmutable(), accepted.ToImmutable(), judged, leftOut.ToImmutable()) { Unjudged = changes.Length - judged.Length };
    }
}
