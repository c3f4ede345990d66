using System.Collections.Immutable;
using System.Text;
using Plumbline.Audit.Facts.Patches;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Writing;
using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>What fixes the differences of a comparison: the statements that turn the first schema into the second, or edits of the second.</summary>
internal sealed class ChangeFixes : IFixPlanner
{
    private readonly SchemaPatches? _patches;
    private readonly ReplayResult? _history;
    private readonly string? _searchPath;
    private readonly bool _isForDatabase;
    private readonly ChangePlanner _planner;
    private readonly Lazy<HashSet<SchemaChange>?> _alone;

    /// <summary>The fixes of a comparison; the statements are planned when the first fix is asked for.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="patches">Edits of the Prisma schema that it leads to; null where it leads to something else.</param>
    /// <param name="history">The migrations that it starts from, on which statements can be tried; null where it starts from something else.</param>
    /// <param name="searchPath">The schema that the URL names, which may have another name where the statements run: they do not name it. Null for none.</param>
    /// <param name="isForDatabase">Whether the statements are to be run on a database, and not as migrations.</param>
    public ChangeFixes(SchemaComparison comparison, SchemaPatches? patches = null, ReplayResult? history = null, string? searchPath = null, bool isForDatabase = false)
    {
        _isForDatabase = isForDatabase;
        _searchPath = searchPath;
        _patches = patches;
        _history = history;
        _planner = new ChangePlanner(comparison);
        _alone = new Lazy<HashSet<SchemaChange>?>(() => FindAlone(comparison));
    }

    /// <summary>
    /// What fixes some differences together. Where there are edits of the schema for all of them, these are the other way; and the only one where the SQL would
    /// lose what only the migrations have.
    /// </summary>
    /// <inheritdoc/>
    public FindingFix? Fix(IReadOnlyCollection<SchemaChange> changes, FixWays ways = FixWays.Either)
    {
        var sql = ways.HasFlag(FixWays.Sql) ? Sql(changes) : null;
        if (ways == FixWays.None || _patches?.For(changes) is not { } patch)
            return sql;

        var offered = ways.HasFlag(FixWays.Patch) ? patch : null;
        var isLoss = sql is null || (sql.Kind != FixKind.Safe && changes.Any(c => c.ToObject is null));
        return !isLoss ? sql! with { Patch = offered } : offered is null ? null : new FindingFix(FixKind.Safe, null, offered);
    }

    private FindingFix? Sql(IReadOnlyCollection<SchemaChange> changes)
    {
        if (!IsWithinBudget(changes))
            return null;

        var statements = _planner.Plan(changes);
        if (statements.All(s => s.Sql.Length == 0) || !AreSettled(changes, statements) || !Run(changes, statements))
            return null;

        var sql = new StringBuilder();
        var migrations = new MigrationSteps();
        var safety = ChangeSafety.Safe;
        string? lastNote = null;
        for (var i = 0; i < statements.Length; i++)
        {
            var statement = statements[i];
            safety = (ChangeSafety)Math.Max((int)safety, (int)statement.Safety);
            var steps = OnlineStep.Of(statement);

            // One note stands above all statements that it is about, unless they are in different migrations.
            var note = statement.Note is { } text && (text != lastNote || !steps.IsEmpty) ? $"-- {text.ReplaceLineEndings(" ")}\n" : "";
            lastNote = steps.IsEmpty ? statement.Note : null;
            sql.Append(note);
            if (steps.IsEmpty && statement.Sql.Length > 0)
            {
                sql.Append(statement.Sql).Append(";\n");
                migrations.Add(note, statement, isLast: MustBeCommitted(statement, statements.AsSpan()[(i + 1)..]));
            }

            foreach (var step in steps)
            {
                sql.Append(step.RunsInTransaction ? "" : _isForDatabase ? "-- Outside a transaction, because of CONCURRENTLY.\n" : "-- In a migration of its own: CONCURRENTLY cannot run inside a transaction.\n").Append(step.Sql).Append(";\n");
                migrations.AddOwn(step.Name, note, step.Sql, statement.Safety);
            }
        }

        return new FindingFix(KindOf(safety), SchemaQualifiers.Without(sql.ToString().TrimEnd('\n'), _searchPath))
        {
            Migrations = _isForDatabase ? [] : [.. migrations.ToImmutable().Select(m => m with { Sql = SchemaQualifiers.Without(m.Sql, _searchPath) })],
        };
    }

    // To plan a part of a comparison whose objects depend on one another takes as long as to look through all of it. Where that is done for each of very many changes,
    // the later ones have a fix together only.
    private bool IsWithinBudget(IReadOnlyCollection<SchemaChange> changes)
    {
        const int few = 8;
        return changes.Count > few || _alone.Value is not { } alone || !_planner.AreEntangled(changes) || changes.Any(alone.Contains);
    }

    // The entangled changes that are planned each for itself; null for all of them.
    private HashSet<SchemaChange>? FindAlone(SchemaComparison comparison)
    {
        var count = (int)(ReadingBudget.PlannedChanges / Math.Max(1, comparison.Changes.Length));
        return comparison.Changes.Length <= count ? null : comparison.Changes.Where(c => _planner.AreEntangled([c])).Take(count).ToHashSet<SchemaChange>(ReferenceEqualityComparer.Instance);
    }

    // A change without a statement of its own is settled by those for another one; one whose statement is only a note is not settled.
    private bool AreSettled(IReadOnlyCollection<SchemaChange> changes, ImmutableArray<PlannedStatement> statements)
    {
        var noted = new HashSet<SchemaChange>(statements.Length, ReferenceEqualityComparer.Instance);
        var settled = new HashSet<SchemaChange>(statements.Length, ReferenceEqualityComparer.Instance);
        foreach (var statement in statements)
            (statement.Sql.Length > 0 ? settled : noted).Add(statement.Cause);

        return changes.All(c => settled.Contains(c) || (!noted.Contains(c) && _planner.AreEntangled([c])));
    }

    // Where other objects make way for what changes, the statements are tried: what only the database knows, such as a view, may not come again. So is a DROP TABLE,
    // which functions and views refuse.
    private bool Run(IReadOnlyCollection<SchemaChange> changes, ImmutableArray<PlannedStatement> statements)
    {
        if (_history is null || !changes.Any(c => c.FromObject is not null) ||
            (!_planner.AreEntangled(changes) && statements.Length <= changes.Count && !changes.Any(c => c.Kind == ChangeKind.DropTable)))
        {
            return true;
        }

        var script = string.Concat(statements.Where(s => s.Sql.Length > 0).Select(s => s.Sql + ";\n"));
        return !MigrationReplay.IsRefused(_history, new MigrationSource("fix", new SourceText("fix.sql", script)));
    }

    /// <summary>Whether one of the statements behind it uses the enum value that it adds, which PostgreSQL refuses before the value is committed.</summary>
    private static bool MustBeCommitted(PlannedStatement statement, ReadOnlySpan<PlannedStatement> later)
    {
        if (!statement.MustBeCommitted || statement.Cause.ToObject is not EnumValue { Name: var name })
            return false;

        foreach (var other in later)
        {
            if (!other.MustBeCommitted && other.Sql.Contains(SqlLiteral.Quote(name), StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static FixKind KindOf(ChangeSafety safety) => safety switch
    {
        ChangeSafety.Safe => FixKind.Safe,
        ChangeSafety.NeedsBackfill => FixKind.NeedsBackfill,
        _ => FixKind.Destructive,
    };

    /// <summary>Puts statements into migrations, in their order: those that can share one do.</summary>
    private sealed class MigrationSteps
    {
        private readonly List<FixMigration> _migrations = [];
        private readonly StringBuilder _shared = new();
        private ChangeSafety _safety;

        public void Add(string note, PlannedStatement statement, bool isLast)
        {
            _shared.Append(note).Append(statement.Sql).Append(";\n");
            _safety = (ChangeSafety)Math.Max((int)_safety, (int)statement.Safety);
            if (isLast)
                Close();
        }

        public void AddOwn(string name, string note, string sql, ChangeSafety safety)
        {
            Close();
            _migrations.Add(new FixMigration(name, $"{note}{sql};", KindOf(safety)));
        }

        /// <summary>The migrations; none where one without a name of its own is all.</summary>
        public ImmutableArray<FixMigration> ToImmutable()
        {
            if (_migrations.Count == 0)
                return [];

            Close();
            return [.. _migrations];
        }

        private void Close()
        {
            if (_shared.Length > 0)
                _migrations.Add(new FixMigration(_migrations.Count == 0 ? "prepare" : $"fix_drift_{_migrations.Count + 1}", _shared.ToString().TrimEnd('\n'), KindOf(_safety)));

            _shared.Clear();
            _safety = ChangeSafety.Safe;
        }
    }
}
