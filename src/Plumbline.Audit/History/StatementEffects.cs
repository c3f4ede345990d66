using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.History;

/// <summary>What the replay did with the statements of a history: what a block of code changes stands in no statement's syntax.</summary>
internal sealed class StatementEffects
{
    private readonly Dictionary<(string Path, int Start), StatementOutcome> _outcomes = [];
    private readonly Dictionary<(MigrationFolder Migration, string Key), int> _makers = [];
    private readonly Dictionary<string, int> _pendingMakers = new(StringComparer.Ordinal);

    /// <summary>The effects of some statements.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="keys">The names of objects.</param>
    /// <param name="replay">The replay of their history; null where there is none.</param>
    public StatementEffects(ImmutableArray<MigrationStatement> statements, NameKeys keys, ReplayResult? replay)
    {
        foreach (var outcome in replay?.Outcomes ?? [])
            _outcomes[(outcome.Source.Path, outcome.Span.Start)] = outcome;

        foreach (var statement in statements)
        {
            foreach (var change in OfCode(statement))
            {
                if (change.Kind != ObjectChangeKind.Create)
                    continue;

                var name = keys.Of(change.Name.Schema, change.Name.Name);
                var key = change.ObjectKind switch
                {
                    ObjectKind.Table => name,
                    ObjectKind.Column => $"{name}.{change.Member}",
                    ObjectKind.Index => "index " + change.Name.Name,
                    ObjectKind.Enum => "type " + name,
                    _ => null,
                };
                if (key is null)
                    continue;

                _makers.TryAdd((statement.Migration, key), statement.Position);
                if (statement.IsPending)
                    _pendingMakers.TryAdd(key, statement.Position);
            }
        }
    }

    /// <summary>What became of a statement; null where no replay reached it.</summary>
    public StatementOutcome? Of(MigrationStatement statement) => _outcomes.GetValueOrDefault((statement.Text.Path, statement.Syntax.Span.Start));

    /// <summary>What a DO block or a called function changed by name; nothing for statements whose syntax says what they change.</summary>
    public IEnumerable<ObjectChange> OfCode(MigrationStatement statement) =>
        statement.Syntax is DoStatement or SelectStatement or CallStatement && Of(statement) is { } outcome
            ? outcome.Effects.Where(change => change.Origin == ChangeOrigin.Named)
            : [];

    /// <summary>Where a change of a statement stands: the part of the code that makes it, or else the statement.</summary>
    public static SourceLocation PlaceOf(MigrationStatement statement, ObjectChange change) => statement.Text.LocationOf(change.Part ?? statement.Syntax.Span);

    /// <summary>Whether a statement drops something, as far as the replay knows: DROP … IF EXISTS may find nothing to drop.</summary>
    public bool Drops(MigrationStatement statement, ObjectKind kind, string name, string? member = null) =>
        Of(statement) is not { Kind: OutcomeKind.Done } outcome ||
        outcome.Effects.Any(change => change.Kind == ObjectChangeKind.Drop && change.ObjectKind == kind && change.Name.Name == name && change.Member == member);

    /// <summary>The position of the code in a migration that makes an object; null where none does.</summary>
    public int? MakerIn(MigrationFolder migration, string key) => _makers.TryGetValue((migration, key), out var position) ? position : null;

    /// <summary>The position of the code in a pending migration that makes an object; null where none does.</summary>
    public int? PendingMaker(string key) => _pendingMakers.TryGetValue(key, out var position) ? position : null;
}
