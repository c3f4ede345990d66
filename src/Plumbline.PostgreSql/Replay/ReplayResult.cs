using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.History;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>The end of a replay: the database that the migrations make, and what became of each of their statements.</summary>
public sealed class ReplayResult
{
    private readonly Lazy<DatabaseSchema> _schema;
    private readonly Lazy<ObjectHistory> _objects;

    internal ReplayResult(
        ImmutableArray<MigrationSource> migrations,
        ReplayOptions options,
        ImmutableArray<StatementOutcome> outcomes,
        int? stoppedAt,
        ReplaySession session,
        DatabaseSchema? schema)
    {
        Migrations = migrations;
        Options = options;
        Outcomes = outcomes;
        StoppedAt = stoppedAt;
        Session = session;
        _schema = schema is not null ? new Lazy<DatabaseSchema>(schema) : new Lazy<DatabaseSchema>(Build);
        _objects = new Lazy<ObjectHistory>(() => new ObjectHistory(this));
        foreach (var outcome in outcomes)
        {
            switch (outcome.Kind)
            {
                case OutcomeKind.Done: DoneCount++; break;
                case OutcomeKind.Refused: RefusedCount++; break;
                case OutcomeKind.Unknown: UnknownCount++; break;
                case OutcomeKind.CannotKnow: CannotKnowCount++; break;
                default: SkippedCount++; break;
            }
        }

        // Nobody may go on from the end while it is read.
        DatabaseSchema Build()
        {
            lock (session)
            {
                return session.BuildSchema(migrations);
            }
        }
    }

    /// <summary>The migrations in the order in which they were replayed.</summary>
    public ImmutableArray<MigrationSource> Migrations { get; }

    /// <summary>The server that was imagined.</summary>
    public ReplayOptions Options { get; }

    /// <summary>What became of each statement, in the order in which they were replayed.</summary>
    public ImmutableArray<StatementOutcome> Outcomes { get; }

    /// <summary>Why the replay ended before the last statement: the <see cref="StatementOutcome.Reason"/> of those that it left out; null where it ended behind it.</summary>
    public string? Stopped => Session.Database.Journal.Budget.Exhausted;

    /// <summary>What the opposite order of the groups that the replay was asked for comes to: those that were reached, in their order.</summary>
    public ImmutableArray<MigrationReversal> Reversals { get; internal init; } = [];

    /// <summary>The structure of the database at the end.</summary>
    public DatabaseSchema Schema => _schema.Value;

    /// <summary>What the statements did to each object, and would have done.</summary>
    public ObjectHistory Objects => _objects.Value;

    /// <summary>The extensions without which statements are refused, each once, in the order in which they are missed. A replay with them among
    /// <see cref="ReplayOptions.AssumedExtensions"/> shows what the history makes where they are installed.</summary>
    public ImmutableArray<string> MissingExtensions =>
        [.. Outcomes.Where(o => o.Kind == OutcomeKind.Refused).Select(o => o.MissingExtension).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>As deployed: the index of the migration that failed and so stopped the deployment; else null.</summary>
    public int? StoppedAt { get; }

    /// <summary>Number of statements that succeeded.</summary>
    public int DoneCount { get; }

    /// <summary>Number of statements that PostgreSQL refuses.</summary>
    public int RefusedCount { get; }

    /// <summary>Number of statements that were not understood.</summary>
    public int UnknownCount { get; }

    /// <summary>Number of statements whose effect cannot be known.</summary>
    public int CannotKnowCount { get; }

    /// <summary>Number of statements that were never reached.</summary>
    public int SkippedCount { get; }

    /// <summary>
    /// As deployed: whether the history does exactly the same where each statement is sent by itself, as psql does, so that there is no need to replay it
    /// again.
    /// </summary>
    public bool HoldsStatementByStatement => StoppedAt is null && RefusedCount == 0 && !Session.DependsOnSession;

    /// <summary>
    /// Whether the history may do something else on a server of another version: something was decided by the version, or a statement misses what a newer one may
    /// have.
    /// </summary>
    public bool DependsOnVersion => Session.Execution.DependsOnVersion ||
        Outcomes.Any(o => o.Kind is OutcomeKind.Unknown or OutcomeKind.CannotKnow || o.Error is { SqlState: "42883" or "42704" or "42P01" or "42601" });

    internal ReplaySession Session { get; }
}
