using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Replay;

/// <summary>An order of a history's migrations in which more of them succeed than in the one on disk.</summary>
/// <param name="Order">For each position, the index of the migration in the order on disk.</param>
/// <param name="Result">The replay in this order.</param>
public sealed record WorkingOrder(ImmutableArray<int> Order, ReplayResult Result)
{
    private const int MaxAttempts = 24;

    // Bounds the work, not the time: the same history gives the same order on every machine.
    private const int MaxStatements = 100_000;

    /// <summary>Whether every statement succeeds in it, as far as is known.</summary>
    public bool IsComplete => Result.RefusedCount == 0;

    /// <summary>
    /// Finds an order in which all, or else more, statements succeed: a migration that misses what a later one makes comes behind it; everything else stays
    /// where it is. Null where the history succeeds as it is, or no order is better.
    /// </summary>
    /// <param name="asItIs">The replay in the order on disk.</param>
    /// <param name="cancellation">Ends the search between two statements.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static WorkingOrder? Find(ReplayResult asItIs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(asItIs);
        if (asItIs.RefusedCount == 0 || asItIs.Migrations.Length < 2)
        {
            return null;
        }

        var history = asItIs.Migrations;
        var makers = Makers(history);
        var edges = new HashSet<(int Before, int After)>();
        WorkingOrder? best = null;
        var bestRefused = asItIs.RefusedCount;
        var order = Enumerable.Range(0, history.Length).ToImmutableArray();
        var current = asItIs;
        var replayed = 0;
        for (var attempt = 0; attempt < MaxAttempts && replayed < MaxStatements && Learn(current, order, makers, edges); attempt++)
        {
            order = Sort(history.Length, edges);
            current = MigrationReplay.Replay([.. order.Select(i => history[i])], asItIs.Options, cancellation);
            replayed += current.Outcomes.Length;
            if (current.RefusedCount < bestRefused)
            {
                bestRefused = current.RefusedCount;
                best = new WorkingOrder(order, current);
            }

            if (current.RefusedCount == 0)
            {
                break;
            }
        }

        return best;
    }

    private static Dictionary<string, List<int>> Makers(ImmutableArray<MigrationSource> history)
    {
        var makers = new Dictionary<string, List<int>>();
        for (var i = 0; i < history.Length; i++)
        {
            foreach (var statement in history[i].Statements)
            {
                foreach (var name in StatementNames.Makes(statement.Statement))
                {
                    Add(makers, name, i);
                    if (name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
                    {
                        Add(makers, name[point..], i);
                    }
                }
            }
        }

        return makers;
    }

    private static void Add(Dictionary<string, List<int>> makers, string name, int migration)
    {
        if (!makers.TryGetValue(name, out var list))
        {
            makers[name] = list = [];
        }

        if (list.Count == 0 || list[^1] != migration)
        {
            list.Add(migration);
        }
    }

    // What a refused statement misses, and a migration behind it makes, tells which of the two comes first.
    private static bool Learn(ReplayResult result, ImmutableArray<int> order, Dictionary<string, List<int>> makers, HashSet<(int Before, int After)> edges)
    {
        var position = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            position[order[i]] = i;
        }

        var learned = false;
        foreach (var outcome in result.Outcomes)
        {
            if (outcome is not { Kind: OutcomeKind.Refused, Error: { } error, CausedBy: null })
            {
                continue;
            }

            var migration = order[outcome.Migration];
            foreach (var name in StatementNames.Missing(error))
            {
                if (!makers.TryGetValue(name, out var candidates) ||
                    candidates.FirstOrDefault(c => position[c] > outcome.Migration, -1) is not (>= 0 and var maker))
                {
                    continue;
                }

                if (!Reaches(edges, migration, maker))
                {
                    learned |= edges.Add((maker, migration));
                }

                break;
            }
        }

        return learned;
    }

    private static bool Reaches(HashSet<(int Before, int After)> edges, int from, int to)
    {
        var seen = new HashSet<int> { from };
        var pending = new Stack<int>(seen);
        while (pending.TryPop(out var next))
        {
            if (next == to)
            {
                return true;
            }

            foreach (var (before, after) in edges)
            {
                if (before == next && seen.Add(after))
                {
                    pending.Push(after);
                }
            }
        }

        return false;
    }

    // Always the first on disk of those that need wait for nothing.
    private static ImmutableArray<int> Sort(int count, HashSet<(int Before, int After)> edges)
    {
        var waiting = new int[count];
        var followers = new Dictionary<int, List<int>>();
        foreach (var (before, after) in edges)
        {
            waiting[after]++;
            if (!followers.TryGetValue(before, out var list))
            {
                followers[before] = list = [];
            }

            list.Add(after);
        }

        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < count; i++)
        {
            if (waiting[i] == 0)
            {
                ready.Enqueue(i, i);
            }
        }

        var order = ImmutableArray.CreateBuilder<int>(count);
        while (ready.TryDequeue(out var next, out _))
        {
            order.Add(next);
            foreach (var follower in followers.GetValueOrDefault(next, []))
            {
                if (--waiting[follower] == 0)
                {
                    ready.Enqueue(follower, follower);
                }
            }
        }

        return order.ToImmutable();
    }
}
