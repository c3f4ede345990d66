using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.History;

/// <summary>Every statement of a history, in all and by migration, with what was made in the same migration before it.</summary>
internal sealed class MigrationStatements
{
    private readonly Dictionary<MigrationFolder, OneMigration> _migrations = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<NotNullChecks> _notNullChecks;
    private readonly Lazy<EnumReplacements> _enumReplacements;

    private readonly Lazy<StatementEffects> _effects;
    private readonly NameKeys _keys;

    private MigrationStatements(
        ImmutableArray<MigrationStatement> all, ImmutableArray<ImmutableArray<MigrationStatement>> byMigration, string defaultSchema, Func<ReplayResult?> replay)
    {
        _keys = new NameKeys(defaultSchema);
        _effects = new Lazy<StatementEffects>(() => new StatementEffects(all, _keys, replay()));
        All = all;
        ByMigration = byMigration;
        _notNullChecks = new Lazy<NotNullChecks>(() => NotNullChecks.Read(all, _keys));
        _enumReplacements = new Lazy<EnumReplacements>(() => EnumReplacements.Read(all, _keys));
        foreach (var statements in byMigration)
        {
            if (!statements.IsEmpty)
                _migrations.Add(statements[0].Migration, new OneMigration(statements));
        }

        foreach (var statement in all)
            NoteWhatIsMade(statement);
    }

    /// <summary>The statements, in the order in which Prisma runs them.</summary>
    public ImmutableArray<MigrationStatement> All { get; }

    /// <summary>The same, in one list for each migration that has a script.</summary>
    public ImmutableArray<ImmutableArray<MigrationStatement>> ByMigration { get; }

    /// <summary>The columns that a CHECK constraint proves to be never null.</summary>
    public NotNullChecks NotNullChecks => _notNullChecks.Value;

    /// <summary>The enum types that are replaced by others with fewer values.</summary>
    public EnumReplacements EnumReplacements => _enumReplacements.Value;

    /// <summary>Reads the statements of a history.</summary>
    /// <param name="history">The migrations that have a script, in their order.</param>
    /// <param name="isPending">Tells whether a migration is known not to be applied everywhere yet.</param>
    /// <param name="defaultSchema">The schema of names that are written without one.</param>
    /// <param name="replay">Gives the replay of the history; asked only when a rule wants to know what a statement did.</param>
    /// <param name="cancellation">Ends the reading between two migrations.</param>
    public static MigrationStatements Read(
        IEnumerable<(MigrationFolder Folder, MigrationSource Source)> history,
        Func<MigrationFolder, bool> isPending,
        string defaultSchema,
        Func<ReplayResult?> replay,
        CancellationToken cancellation = default)
    {
        var all = ImmutableArray.CreateBuilder<MigrationStatement>();
        var byMigration = ImmutableArray.CreateBuilder<ImmutableArray<MigrationStatement>>();
        foreach (var (folder, source) in history)
        {
            cancellation.ThrowIfCancellationRequested();
            var own = ImmutableArray.CreateBuilder<MigrationStatement>();
            var pending = isPending(folder);
            foreach (var statement in source.IsKept ? source.Statements.Select(s => s.Statement) : WithoutRows(source))
                own.Add(new MigrationStatement(folder, source.Text, statement, pending, all.Count + own.Count));

            all.AddRange(own);
            byMigration.Add(own.ToImmutable());
        }

        return new MigrationStatements(all.ToImmutable(), byMigration.ToImmutable(), defaultSchema, replay);
    }

    /// <summary>What the replay did with the statements.</summary>
    public StatementEffects Effects => _effects.Value;

    /// <summary>The statements of one migration, in their order.</summary>
    public ImmutableArray<MigrationStatement> Of(MigrationFolder migration) => _migrations.TryGetValue(migration, out var one) ? one.Statements : [];

    /// <summary>Whether a table was made earlier in the statement's own migration, and so holds no rows that anyone waits for.</summary>
    public bool IsNewTable(MigrationStatement statement, QualifiedName table) => WasMade(statement, _keys.Of(table));

    /// <summary>Whether a table is made by a migration that is known not to be applied everywhere yet, its own or one before it.</summary>
    public bool IsMadeWhilePending(MigrationStatement statement, ObjectName table)
    {
        var key = _keys.Of(table.Schema, table.Name);
        foreach (var migration in _migrations.Values)
        {
            if (migration.Statements[0].IsPending && migration.MadeBy.TryGetValue(key, out var maker) && maker.Position < statement.Position)
                return true;
        }

        return Effects.PendingMaker(key) is { } made && made < statement.Position;
    }

    /// <summary>Whether a table was made earlier in the statement's own migration, and so holds no rows that anyone waits for.</summary>
    public bool IsNewTable(MigrationStatement statement, ObjectName table) => WasMade(statement, _keys.Of(table.Schema, table.Name));

    /// <summary>Whether a column was added earlier in the statement's own migration, or its table was made there.</summary>
    public bool IsNewColumn(MigrationStatement statement, ObjectName table, string column) =>
        IsNewTable(statement, table) || WasMade(statement, $"{_keys.Of(table.Schema, table.Name)}.{column}");

    /// <summary>Whether a column was added earlier in the statement's own migration, or its table was made there.</summary>
    public bool IsNewColumn(MigrationStatement statement, QualifiedName table, string column) =>
        IsNewTable(statement, table) || WasMade(statement, $"{_keys.Of(table)}.{column}");

    /// <summary>Whether an index was made earlier in the statement's own migration.</summary>
    public bool IsNewIndex(MigrationStatement statement, string index) => WasMade(statement, "index " + index);

    /// <summary>The schema of a name in a statement, written or not.</summary>
    public string SchemaOf(QualifiedName name) => _keys.SchemaOf(name);

    private void NoteWhatIsMade(MigrationStatement statement)
    {
        switch (statement.Syntax)
        {
            case CreateTableStatement create: Made(statement, _keys.Of(create.Name)); break;
            case CreateTableAsStatement { IsMaterializedView: false } create: Made(statement, _keys.Of(create.Name)); break;
            case RenameStatement { Object: { Kind: SqlObjectKind.Table, Name: { } name }, Member: null } rename when IsNewTable(statement, name): Made(statement, rename.NewName.Name); break;
            case SelectStatement { Into: { } into }: Made(statement, _keys.Of(into.Table)); break;
            case CreateIndexStatement { Name: { } name }: Made(statement, "index " + name.Name); break;
            case CreateEnumStatement create: Made(statement, "type " + _keys.Of(create.Name)); break;
            default:
                foreach (var (table, action) in statement.TableActions)
                {
                    if (action is AddColumnAction add)
                        Made(statement, $"{_keys.Of(table)}.{add.Column.Name.Name}");
                }

                break;
        }
    }

    private bool WasMade(MigrationStatement statement, string name) =>
        (_migrations[statement.Migration].MadeBy.TryGetValue(name, out var maker) && maker.Position < statement.Position) ||
        (Effects.MakerIn(statement.Migration, name) is { } made && made < statement.Position);

    private void Made(MigrationStatement statement, string name) => _migrations[statement.Migration].MadeBy.TryAdd(name, statement);

    // A huge script is huge by its rows. No rule looks at the values of one, and inserts one after the other into the same table are as one.
    private static IEnumerable<SqlStatement> WithoutRows(MigrationSource source)
    {
        QualifiedName? table = null;
        foreach (var (statement, _, _) in source.Statements)
        {
            if (statement is not InsertStatement { Source: { Body: ValuesBody values } rows } insert)
            {
                table = null;
                yield return statement;
            }
            else if (table is null || table.Schema != insert.Table.Schema || table.Name != insert.Table.Name)
            {
                table = insert.Table;
                yield return insert with { Columns = [], Source = rows with { Body = values with { Rows = [] } } };
            }
        }
    }

    private sealed class OneMigration(ImmutableArray<MigrationStatement> statements)
    {
        public ImmutableArray<MigrationStatement> Statements { get; } = statements;

        public Dictionary<string, MigrationStatement> MadeBy { get; } = new(StringComparer.Ordinal);
    }
}
