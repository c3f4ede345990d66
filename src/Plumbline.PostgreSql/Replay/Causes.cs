using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Finds, for each refusal, the earlier one without which it would not be: what that one would have made, this one misses.</summary>
internal static class Causes
{
    /// <summary>The outcomes with their causes.</summary>
    public static ImmutableArray<StatementOutcome> Find(ImmutableArray<StatementOutcome> outcomes)
    {
        var refused = 0;
        foreach (var outcome in outcomes)
        {
            refused += outcome.Kind == OutcomeKind.Refused ? 1 : 0;
        }

        return refused < 2 ? outcomes : Link(outcomes);
    }

    private static ImmutableArray<StatementOutcome> Link(ImmutableArray<StatementOutcome> outcomes)
    {
        var linked = outcomes.ToBuilder();
        var makers = new Dictionary<string, int>();
        var takers = new Dictionary<string, int>();
        var aborting = -1;
        for (var i = 0; i < linked.Count; i++)
        {
            var outcome = linked[i];
            if (outcome is not { Kind: OutcomeKind.Refused, Error: { } error })
            {
                continue;
            }

            var cause = error.SqlState == "25P02" ? aborting : FindCause(error, makers, takers);
            if (cause >= 0)
            {
                // The first of a chain stands for all of it.
                linked[i] = outcome with { CausedBy = linked[cause].CausedBy ?? cause };
            }

            if (error.SqlState != "25P02")
            {
                aborting = i;
            }

            var statement = outcome.Parse();
            foreach (var name in StatementNames.Makes(statement))
            {
                makers[name] = i;
                if (name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
                {
                    makers[name[point..]] = i;
                }
            }

            foreach (var name in StatementNames.Takes(statement))
            {
                takers[name] = i;
            }
        }

        return linked.ToImmutable();
    }

    private static int FindCause(SqlError error, Dictionary<string, int> makers, Dictionary<string, int> takers)
    {
        foreach (var name in StatementNames.Missing(error))
        {
            if (makers.TryGetValue(name, out var maker))
            {
                return maker;
            }
        }

        foreach (var name in StatementNames.Present(error))
        {
            if (takers.TryGetValue(name, out var taker))
            {
                return taker;
            }
        }

        return -1;
    }
}
