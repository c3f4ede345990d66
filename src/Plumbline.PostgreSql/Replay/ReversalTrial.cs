using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>
/// Tries groups of migrations in the opposite order at the place of the history where they are. The database is what it was before the group in both orders, so
/// that nothing before it is replayed again.
/// </summary>
/// <param name="session">The session of the replay.</param>
/// <param name="history">The history.</param>
/// <param name="groups">The groups, in their order, none within another.</param>
internal sealed class ReversalTrial(ReplaySession session, ImmutableArray<MigrationSource> history, IReadOnlyList<MigrationGroup> groups)
{
    private readonly ImmutableArray<MigrationReversal>.Builder _found = ImmutableArray.CreateBuilder<MigrationReversal>();
    private int _next;
    private int _firstOutcome;
    private Reversed? _reversed;

    /// <summary>What was found so far.</summary>
    public ImmutableArray<MigrationReversal> Found => _found.ToImmutable();

    /// <summary>Tries the group that begins with a migration, if one does, before the migration runs.</summary>
    /// <param name="migration">The index of the migration.</param>
    /// <param name="cancellation">Ends the trial between two statements.</param>
    public void Before(int migration, CancellationToken cancellation)
    {
        if (_next == groups.Count || groups[_next].First != migration)
        {
            return;
        }

        var group = groups[_next];
        _firstOutcome = session.Outcomes.Count;
        _reversed = session.Try(Enumerable.Range(group.First, group.Count).Reverse().Select(i => (i, history[i])), Read, cancellation);
    }

    /// <summary>Compares the two orders after the last migration of a group.</summary>
    /// <param name="migration">The index of the migration that ran.</param>
    public void After(int migration)
    {
        if (_next == groups.Count || groups[_next].Last != migration)
        {
            return;
        }

        if (_reversed is { } reversed)
        {
            _found.Add(Compare(groups[_next], reversed, [.. session.Outcomes.Skip(_firstOutcome)]));
        }

        _reversed = null;
        _next++;
    }

    private Reversed Read(ImmutableArray<StatementOutcome> outcomes) =>
        new(outcomes, outcomes.Any(IsRefused) || !ShareObjects(outcomes) ? null : session.BuildSchema(history));

    private MigrationReversal Compare(MigrationGroup group, Reversed reversed, ImmutableArray<StatementOutcome> forward)
    {
        var reversal = new MigrationReversal(group);
        var difference = reversed.Outcomes.Count(IsRefused) - forward.Count(IsRefused);
        if (difference != 0)
        {
            var worse = difference > 0 ? reversed.Outcomes : forward;
            return reversal with { Refused = worse.First(IsRefused), IsRefusedInOppositeOrder = difference > 0 };
        }

        if (reversed.Schema is { } schema)
        {
            return SchemaComparer.Compare(session.BuildSchema(history), schema).Changes is [var change, ..] ? reversal with { Different = change.Subject.ToString() } : reversal;
        }

        // Statements that do the same in both orders, each migration to objects of its own, leave the same database.
        var here = Marks(forward);
        var there = Marks(reversed.Outcomes);
        return reversal with { Different = here.Except(there).Concat(there.Except(here)).Select(mark => mark.Subject).FirstOrDefault() };
    }

    private static bool IsRefused(StatementOutcome outcome) => outcome.Kind == OutcomeKind.Refused;

    private static HashSet<(int Migration, int Statement, ObjectChangeKind Kind, string Subject, string? Detail)> Marks(ImmutableArray<StatementOutcome> outcomes) =>
        [.. outcomes.SelectMany(o => o.Effects.Select(e => (o.Migration, o.Statement, e.Kind, e.ToString(), e.Detail)))];

    private static bool ShareObjects(ImmutableArray<StatementOutcome> outcomes)
    {
        var owners = new Dictionary<(ObjectKind, ObjectName, string?), int>();
        foreach (var outcome in outcomes)
        {
            foreach (var effect in outcome.Effects)
            {
                var key = (effect.ObjectKind, effect.Name, effect.Member);
                if (!owners.TryAdd(key, outcome.Migration) && owners[key] != outcome.Migration)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private sealed record Reversed(ImmutableArray<StatementOutcome> Outcomes, DatabaseSchema? Schema);
}
