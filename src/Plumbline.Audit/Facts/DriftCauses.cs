using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>Why the migrations and the schema differ: what the record of the history says about the object.</summary>
internal sealed class DriftCauses
{
    private readonly Dictionary<(ObjectName Name, string? Member), StatementOutcome> _drops = [];
    private readonly HashSet<(ObjectName Name, string? Member)> _created = [];
    private readonly List<(StatementOutcome Outcome, string Text)> _withoutEffect = [];
    private readonly ReplayResult? _replay;
    private readonly Func<HistoryProblems> _problems;

    /// <summary>The causes of a project's drift.</summary>
    /// <param name="replay">The history that drift is judged by; null where there is none.</param>
    /// <param name="problems">What PostgreSQL refuses in the history.</param>
    public DriftCauses(ReplayResult? replay, Func<HistoryProblems> problems)
    {
        _replay = replay;
        _problems = problems;
        foreach (var outcome in replay?.Outcomes ?? [])
        {
            if (outcome.Kind != OutcomeKind.Done)
                _withoutEffect.Add((outcome, outcome.Source.Slice(outcome.Span).ToString()));

            foreach (var change in outcome.Changes)
            {
                if (change.Kind == ObjectChangeKind.Drop)
                    _drops[(change.Name, change.Member)] = outcome;
                else if (change.Kind == ObjectChangeKind.Create)
                    _created.Add((change.Name, change.Member));
            }
        }
    }

    /// <summary>What became of an object that the schema has and the database of the migrations lacks.</summary>
    public MissingObject Missing(SchemaChange change)
    {
        var (name, member) = KeyOf(change);
        if (_drops.TryGetValue((name, member), out var drop) || (change.ToObject is EnumValue && _drops.TryGetValue((name, null), out drop)))
        {
            var migration = _replay!.Migrations[drop.Migration].Name;
            var cause = new Cause(CauseKind.DroppedByMigration, migration, $"{migration} drops", new FindingLocation(LocationRole.Migration, drop.Location));
            return new MissingObject(MissingFate.Dropped, $"{migration} drops it", cause);
        }

        if (WithoutEffect(WordsOf(change)) is { } outcome)
        {
            var cause = RefusalOf(outcome);
            return outcome.Kind switch
            {
                OutcomeKind.Refused => new MissingObject(MissingFate.Refused, "the statement that creates it is refused", cause),
                OutcomeKind.Skipped => new MissingObject(MissingFate.Refused, "the statement that creates it is not reached", cause),
                _ => new MissingObject(MissingFate.Unknown, "the effect of the statement that names it is not known", cause),
            };
        }

        return _created.Contains((name, member))
            ? new MissingObject(MissingFate.Replaced, "a later migration replaces or renames it", null)
            : new MissingObject(MissingFate.NeverCreated, "no migration creates it", null);
    }

    /// <summary>The cause of a change that leads from the migrations to the schema; null where the record does not know one.</summary>
    public Cause? Of(SchemaChange change)
    {
        if (change.FromObject is null)
            return Missing(change).Cause;

        // What a refused statement would have dropped or changed still is what it was.
        return WithoutEffect(WordsOf(change)) is { } outcome ? RefusalOf(outcome) : null;
    }

    private StatementOutcome? WithoutEffect(string[] words)
    {
        for (var i = _withoutEffect.Count - 1; i >= 0; i--)
        {
            if (words.All(word => SqlWord.IsIn(_withoutEffect[i].Text, word)))
                return _withoutEffect[i].Outcome;
        }

        return null;
    }

    private Cause? RefusalOf(StatementOutcome outcome)
    {
        if (outcome.Kind is not (OutcomeKind.Refused or OutcomeKind.Skipped))
            return null;

        foreach (var problem in _problems().All)
        {
            if (IsSame(problem.Outcome, outcome) || problem.Followers.Any(follower => IsSame(follower, outcome)))
                return RefusalCause.Of(problem);
        }

        return null;
    }

    private static bool IsSame(StatementOutcome one, StatementOutcome other) => one.Statement == other.Statement && ReferenceEquals(one.Source, other.Source);

    private static (ObjectName Name, string? Member) KeyOf(SchemaChange change) => change switch
    {
        { ToObject: NamedObject item } => (item.Name, null),
        { ToObject: Index index, FromParent: { } table } => (table.Name with { Name = index.Name }, null),
        { FromParent: { } parent } => (parent.Name, change.Subject.Name),
        _ => (new ObjectName(change.Subject.Schema ?? "public", change.Subject.Name), null),
    };

    // What a statement about the object has to name. A constraint or index may have another name there, but not other columns.
    private static string[] WordsOf(SchemaChange change)
    {
        var table = (change.FromParent ?? change.ToParent)?.Name.Name;
        string[]? columns = (change.ToObject ?? change.FromObject) switch
        {
            Index index => [.. index.Keys.Select(k => k.Column).OfType<string>()],
            KeyConstraint key => [.. key.Columns],
            ForeignKey key => [.. key.Columns, key.ReferencedTable.Name],
            _ => null,
        };
        return table is null ? [change.Subject.Name] : columns is null ? [table, change.Subject.Name] : [table, .. columns];
    }
}

/// <summary>What became of an object that the schema has and the database of the migrations lacks.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Clause">The same as a main clause for the end of a title.</param>
/// <param name="Cause">The cause; null where none is known.</param>
internal sealed record MissingObject(MissingFate Fate, string Clause, Cause? Cause);

/// <summary>What may have become of an object that is missing.</summary>
internal enum MissingFate
{
    /// <summary>No statement creates it, and none would have.</summary>
    NeverCreated,

    /// <summary>A statement creates it, and a later one drops it.</summary>
    Dropped,

    /// <summary>The statement that creates it is refused, or not reached.</summary>
    Refused,

    /// <summary>A statement creates it, and it no longer has its name.</summary>
    Replaced,

    /// <summary>A statement whose effect cannot be known names it.</summary>
    Unknown,
}
