using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Replays a history of migrations on an empty database in memory, as PostgreSQL would.</summary>
public static class MigrationReplay
{
    /// <summary>The history as it is: each file by itself, statement by statement, going on after a refusal as psql does.</summary>
    /// <param name="migrations">The migrations in their order.</param>
    /// <param name="options">The server; null for an empty PostgreSQL 15.</param>
    /// <param name="cancellation">Ends the replay between two statements.</param>
    /// <param name="groups">Runs of migrations that are tried in the opposite order too, for <see cref="ReplayResult.Reversals"/>; null for none.</param>
    /// <exception cref="OperationCanceledException">The replay was cancelled.</exception>
    public static ReplayResult Run(IEnumerable<MigrationSource> migrations, ReplayOptions? options = null, CancellationToken cancellation = default, IReadOnlyList<MigrationGroup>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        var history = migrations.ToImmutableArray();
        ParseAhead(history, cancellation);
        return Replay(history, options ?? ReplayOptions.Default, cancellation, groups);
    }

    /// <summary>What <c>prisma migrate deploy</c> does: each file is one string, and so one transaction unless it says otherwise; the first refusal ends
    /// it.</summary>
    /// <param name="migrations">The migrations in their order.</param>
    /// <param name="options">The server; null for an empty PostgreSQL 15.</param>
    /// <param name="cancellation">Ends the replay between two statements.</param>
    /// <param name="groups">Runs of migrations that are tried in the opposite order too, for <see cref="ReplayResult.Reversals"/>; null for none.</param>
    /// <exception cref="OperationCanceledException">The replay was cancelled.</exception>
    public static ReplayResult Deploy(
        IEnumerable<MigrationSource> migrations, ReplayOptions? options = null, CancellationToken cancellation = default, IReadOnlyList<MigrationGroup>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        var history = migrations.ToImmutableArray();
        ParseAhead(history, cancellation);
        options ??= ReplayOptions.Default;
        var session = Begin(options);
        var trial = new ReversalTrial(session, history, groups ?? []);
        int? stoppedAt = null;
        for (var i = 0; i < history.Length && stoppedAt is null; i++)
        {
            trial.Before(i, cancellation);
            if (!session.RunString(i, history[i], cancellation))
            {
                stoppedAt = i;
            }
            else
            {
                trial.After(i);
            }
        }

        session.Reconnect();
        return Finish(session, history, options, stoppedAt, trial.Found);
    }

    /// <summary>Runs one more file on top of where a replay ended, which itself stays as it is.</summary>
    /// <param name="end">The replay.</param>
    /// <param name="file">The file.</param>
    public static ReplayResult Continue(ReplayResult end, MigrationSource file)
    {
        ArgumentNullException.ThrowIfNull(end);
        ArgumentNullException.ThrowIfNull(file);
        var (outcomes, schema) = RunBehind(end, file, (session, history) => session.BuildSchema(history));
        return new ReplayResult(end.Migrations.Add(file), end.Options, outcomes, null, end.Session, schema);
    }

    /// <summary>Whether PostgreSQL refuses a statement of one more file on top of where a replay ended, which itself stays as it is.</summary>
    /// <param name="end">The replay.</param>
    /// <param name="file">The file.</param>
    public static bool IsRefused(ReplayResult end, MigrationSource file)
    {
        ArgumentNullException.ThrowIfNull(end);
        ArgumentNullException.ThrowIfNull(file);
        return RunBehind(end, file, (_, _) => true).Outcomes.Any(outcome => outcome.Kind == OutcomeKind.Refused);
    }

    private static (ImmutableArray<StatementOutcome> Outcomes, T Result) RunBehind<T>(
        ReplayResult end, MigrationSource file, Func<ReplaySession, ImmutableArray<MigrationSource>, T> look)
    {
        var session = end.Session;
        lock (session)
        {
            var before = session.Outcomes.Count;
            var budget = session.Database.Journal.Budget;
            session.Database.Journal.Budget = budget.Copy();
            var mark = session.KeepHistory();
            var history = end.Migrations.Add(file);
            session.Reconnect();
            session.RunStatements(history.Length - 1, file, CancellationToken.None);
            var outcomes = Causes.Find(session.Outcomes.Skip(before).Select(o => o with { RolledBackBy = o.RolledBackBy - before }).ToImmutableArray());
            session.Reconnect();
            var result = look(session, history);
            session.TakeBack(mark);
            session.Outcomes.RemoveRange(before, session.Outcomes.Count - before);
            session.Database.Journal.Budget = budget;
            return (outcomes, result);
        }
    }

    internal static ReplayResult Replay(
        ImmutableArray<MigrationSource> history, ReplayOptions options, CancellationToken cancellation, IReadOnlyList<MigrationGroup>? groups = null)
    {
        var session = Begin(options);
        var trial = new ReversalTrial(session, history, groups ?? []);
        for (var i = 0; i < history.Length; i++)
        {
            session.Reconnect();
            trial.Before(i, cancellation);
            session.RunStatements(i, history[i], cancellation);
            trial.After(i);
        }

        session.Reconnect();
        return Finish(session, history, options, null, trial.Found);
    }

    private static ReplaySession Begin(ReplayOptions options)
    {
        var session = new ReplaySession(new Database(options.PostgreSqlVersion), options);
        if (options.Platform == ReplayPlatform.Supabase)
        {
            Supabase.Install(session);
        }

        if (options.DefaultSchema is { } schema)
        {
            session.ConnectTo(schema);
        }

        session.Assume(options.AssumedExtensions);

        if (options.Before is { } before)
        {
            session.RunStatements(-1, new MigrationSource("", before), CancellationToken.None);
            session.Reconnect();
            session.Outcomes.Clear();
        }

        return session;
    }

    private static ReplayResult Finish(
        ReplaySession session, ImmutableArray<MigrationSource> history, ReplayOptions options, int? stoppedAt, ImmutableArray<MigrationReversal> reversals) =>
        new(history, options, Causes.Find([.. session.Outcomes]), stoppedAt, session, null) { Reversals = reversals };

    // The other cores parse what the replay will come to. Few files are parsed sooner one after the other than threads have started.
    private static void ParseAhead(ImmutableArray<MigrationSource> history, CancellationToken cancellation)
    {
        var next = -1;
        for (var workers = Math.Min(Environment.ProcessorCount - 1, history.Length / 8); workers > 0; workers--)
        {
            _ = Task.Run(() =>
            {
                for (var i = Interlocked.Increment(ref next); i < history.Length && !cancellation.IsCancellationRequested; i = Interlocked.Increment(ref next))
                {
                    history[i].Prepare();
                }
            });
        }
    }
}
