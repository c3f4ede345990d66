using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Replays a history of migrations on an empty database in memory, as PostgreSQL would.</summary>
public static class MigrationReplay
{
    /// <summary>The history as it is: each file by itself, statement by statement, going on after a refusal as psql does.</summary>
    /// <param name="migrations">The migrations in their order.</param>
    /// <param name="options">The server; null for an empty PostgreSQL 15.</param>
    public static ReplayResult Run(IEnumerable<MigrationSource> migrations, ReplayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        var history = migrations.ToImmutableArray();
        ParseAhead(history);
        return Run(history, options ?? ReplayOptions.Default);
    }

    /// <summary>What <c>prisma migrate deploy</c> does: each file is one string, and so one transaction unless it says otherwise; the first refusal ends
    /// it.</summary>
    /// <param name="migrations">The migrations in their order.</param>
    /// <param name="options">The server; null for an empty PostgreSQL 15.</param>
    public static ReplayResult Deploy(IEnumerable<MigrationSource> migrations, ReplayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        var history = migrations.ToImmutableArray();
        ParseAhead(history);
        options ??= ReplayOptions.Default;
        var session = Begin(options);
        int? stoppedAt = null;
        for (var i = 0; i < history.Length && stoppedAt is null; i++)
        {
            if (!session.RunString(i, history[i]))
            {
                stoppedAt = i;
            }
        }

        session.Reconnect();
        return Finish(session, history, options, stoppedAt);
    }

    /// <summary>Runs one more file on top of where a replay ended, which itself stays as it is.</summary>
    /// <param name="end">The replay.</param>
    /// <param name="file">The file.</param>
    public static ReplayResult Continue(ReplayResult end, MigrationSource file)
    {
        ArgumentNullException.ThrowIfNull(end);
        ArgumentNullException.ThrowIfNull(file);
        var session = end.Session;
        lock (session)
        {
            var before = session.Outcomes.Count;
            var mark = session.KeepHistory();
            var history = end.Migrations.Add(file);
            session.Reconnect();
            session.RunStatements(history.Length - 1, file);
            var outcomes = Causes.Find(session.Outcomes.Skip(before).ToImmutableArray(), history);
            session.Reconnect();
            var schema = session.BuildSchema(history);
            session.TakeBack(mark);
            session.Outcomes.RemoveRange(before, session.Outcomes.Count - before);
            return new ReplayResult(history, end.Options, outcomes, null, session, schema);
        }
    }

    internal static ReplayResult Run(ImmutableArray<MigrationSource> history, ReplayOptions options)
    {
        var session = Begin(options);
        for (var i = 0; i < history.Length; i++)
        {
            session.Reconnect();
            session.RunStatements(i, history[i]);
        }

        session.Reconnect();
        return Finish(session, history, options, null);
    }

    private static ReplaySession Begin(ReplayOptions options)
    {
        var session = new ReplaySession(new Database(), options);
        if (options.Platform == ReplayPlatform.Supabase)
        {
            Supabase.Install(session);
        }

        return session;
    }

    private static ReplayResult Finish(ReplaySession session, ImmutableArray<MigrationSource> history, ReplayOptions options, int? stoppedAt) =>
        new(history, options, Causes.Find([.. session.Outcomes], history), stoppedAt, session, null);

    // The other cores parse what the replay will come to. Few files are parsed sooner one after the other than threads have started.
    private static void ParseAhead(ImmutableArray<MigrationSource> history)
    {
        var next = -1;
        for (var workers = Math.Min(Environment.ProcessorCount - 1, history.Length / 8); workers > 0; workers--)
        {
            _ = Task.Run(() =>
            {
                for (var i = Interlocked.Increment(ref next); i < history.Length; i = Interlocked.Increment(ref next))
                {
                    history[i].Prepare();
                }
            });
        }
    }
}
