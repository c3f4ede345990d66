using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.History;

/// <summary>Every statement of a history, as it is written and as it runs, and whether what it names is new then.</summary>
internal sealed class MigrationStatements
{
    private readonly Dictionary<MigrationFolder, ImmutableArray<MigrationStatement>> _migrations = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<NotNullChecks> _notNullChecks;
    private readonly Lazy<EnumReplacements> _enumReplacements;
    private readonly Lazy<StatementEffects> _effects;
    private readonly Lazy<ObjectOrigins> _origins;
    private readonly Lazy<ColumnFillers> _fillers;
    private readonly NameKeys _keys;

    private MigrationStatements(
        ImmutableArray<MigrationStatement> all, ImmutableArray<ImmutableArray<MigrationStatement>> byMigration, string defaultSchema, Func<ReplayResult?> replay)
    {
        _keys = new NameKeys(defaultSchema);
        _effects = new Lazy<StatementEffects>(() => new StatementEffects(all, replay()));
        _origins = new Lazy<ObjectOrigins>(() => new ObjectOrigins(AsRun, _keys));
        _fillers = new Lazy<ColumnFillers>(() => new ColumnFillers(AsRun, _keys));
        All = all;
        ByMigration = byMigration;
        _notNullChecks = new Lazy<NotNullChecks>(() => NotNullChecks.Read(AsRun, _keys));
        _enumReplacements = new Lazy<EnumReplacements>(() => EnumReplacements.Read(AsRun, _keys));
        foreach (var statements in byMigration)
        {
            if (!statements.IsEmpty)
                _migrations.Add(statements[0].Migration, statements);
        }
    }

    /// <summary>The statements as they are written, in the order in which Prisma runs them.</summary>
    public ImmutableArray<MigrationStatement> All { get; }

    /// <summary>The statements as they run: with what each did, and behind a block or call the statements that its code ran.</summary>
    public ImmutableArray<MigrationStatement> AsRun => Effects.AsRun;

    /// <summary>The statements as they are written, in one list for each migration that has a script.</summary>
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
    public ImmutableArray<MigrationStatement> Of(MigrationFolder migration) => _migrations.TryGetValue(migration, out var statements) ? statements : [];

    /// <summary>Whether a table (or view) was created earlier in the statement's own migration, and so holds no rows that anyone waits for. A temporary one never
    /// does.</summary>
    public bool IsNewTable(MigrationStatement statement, ObjectName table) => _origins.Value.OfTable(statement, table) is { } creation && IsOwn(statement, creation);

    /// <summary>Whether a table (or view) was created earlier in the statement's own migration, and so holds no rows that anyone waits for. A temporary one never
    /// does.</summary>
    public bool IsNewTable(MigrationStatement statement, QualifiedName table) => IsNewTable(statement, NameOf(table));

    /// <summary>Whether a table (or view) is created by a migration that is known not to be applied everywhere yet, its own or one before it.</summary>
    public bool IsMadeWhilePending(MigrationStatement statement, ObjectName table) => _origins.Value.OfTable(statement, table) is { Statement.IsPending: true };

    /// <summary>Whether a table (or view) is new, or one that no database has yet.</summary>
    public bool IsNewOrPending(MigrationStatement statement, QualifiedName table) => IsNewTable(statement, table) || IsMadeWhilePending(statement, NameOf(table));

    /// <summary>Whether a column was added earlier in the statement's own migration, or its table was created there.</summary>
    public bool IsNewColumn(MigrationStatement statement, QualifiedName table, string column) =>
        IsNewTable(statement, table) || (_origins.Value.OfColumn(statement, NameOf(table), column) is { } creation && IsOwn(statement, creation));

    /// <summary>Whether a column is new, or one that no database has yet: it holds no data, and no running client knows it. Its table may have rows.</summary>
    public bool IsNewOrPendingColumn(MigrationStatement statement, ObjectName table, string column) =>
        IsNewTable(statement, table) || (_origins.Value.OfColumn(statement, table, column) is { } creation && IsOwnOrPending(statement, creation));

    /// <summary>Whether a column is new, or one that no database has yet: it holds no data, and no running client knows it. Its table may have rows.</summary>
    public bool IsNewOrPendingColumn(MigrationStatement statement, QualifiedName table, string column) => IsNewOrPendingColumn(statement, NameOf(table), column);

    /// <summary>
    /// Whether a column of a table that may have rows is NULL in each of them when a statement runs: it was added without a default by the same migration, or by one that
    /// is not applied either, and nothing has set it since.
    /// </summary>
    public bool IsEmptyColumn(MigrationStatement statement, QualifiedName table, string column) =>
        !IsNewOrPending(statement, table) && _origins.Value.OfColumn(statement, NameOf(table), column) is { IsTemporary: false, Statement: var added } creation &&
            IsOwnOrPending(statement, creation) && IsAddedWithoutValue(added, table, column) && !_fillers.Value.HasBetween(_keys.Of(table), added, statement);

    private bool IsAddedWithoutValue(MigrationStatement statement, QualifiedName table, string column)
    {
        foreach (var (name, action) in statement.TableActions)
        {
            if (action is AddColumnAction add && add.Column.Name.Name == column && NameOf(name) == NameOf(table))
            {
                return HasNoValue(add.Column) && Added(statement, name, add) is { State: null or { IsNullable: true, Default: null, Generated: null, Identity: IdentityKind.None } };
            }
        }

        return false;
    }

    private static bool HasNoValue(ColumnDefinition column) =>
        !column.Constraints.Any(c => c is DefaultDefinition or GeneratedDefinition or IdentityDefinition or NotNullDefinition or KeyDefinition { IsPrimary: true }) &&
        column.Type?.Name.Name is not ("serial" or "bigserial" or "smallserial" or "serial4" or "serial8" or "serial2");

    /// <summary>Whether an index was created earlier in the statement's own migration, or in one that is not applied either.</summary>
    public bool IsNewIndex(MigrationStatement statement, string index) => _origins.Value.OfIndex(statement, index) is { } creation && IsOwnOrPending(statement, creation);

    /// <summary>The columns that a statement adds to tables that its migration did not create.</summary>
    public IEnumerable<NewColumn> AddedColumns(MigrationStatement statement)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddColumnAction add && !IsNewTable(statement, table) && Added(statement, table, add) is { } column)
                yield return column;
        }
    }

    /// <summary>The columns that a statement creates in new and other tables, temporary ones excepted.</summary>
    public IEnumerable<NewColumn> NewColumns(MigrationStatement statement)
    {
        switch (statement.Syntax)
        {
            case CreateTableStatement { Persistence: not TablePersistence.Temporary } create when statement.Did(ObjectChangeKind.Create, ObjectKind.Table, create.Name.Name):
                var name = NameOf(create.Name);
                foreach (var element in create.Elements)
                {
                    if (element is ColumnDefinition column)
                        yield return new NewColumn(statement, column, name, column.Name.Name) { Written = create.Name, Definition = column };
                }

                break;
            case CreateTableAsStatement { IsMaterializedView: false } or SelectStatement { Into: not null }:
                foreach (var change in statement.Effects ?? [])
                {
                    if (change is { Kind: ObjectChangeKind.Create, ObjectKind: ObjectKind.Column, Member: { } member } && change.Name.Schema != NameKeys.Temporary)
                        yield return new NewColumn(statement, statement.Syntax, change.Name, member) { Creation = change };
                }

                break;
            default:
                foreach (var (table, action) in statement.TableActions)
                {
                    if (action is AddColumnAction add && _origins.Value.OfTable(statement, NameOf(table)) is not { IsTemporary: true } && Added(statement, table, add) is { } column)
                        yield return column with { Node = add.Column };
                }

                break;
        }
    }

    private NewColumn? Added(MigrationStatement statement, QualifiedName table, AddColumnAction add)
    {
        var change = statement.ColumnChanges(ObjectChangeKind.Create, table.Name, add.Column.Name.Name).FirstOrDefault();
        return statement.Effects is not null && change is null ? null
            : new NewColumn(statement, add, NameOf(table), add.Column.Name.Name) { Written = table, Definition = add.Column, Creation = change };
    }

    private static bool IsOwn(MigrationStatement statement, Creation creation) => creation.IsTemporary || ReferenceEquals(creation.Statement.Migration, statement.Migration);

    private static bool IsOwnOrPending(MigrationStatement statement, Creation creation) => IsOwn(statement, creation) || creation.Statement.IsPending;

    private ObjectName NameOf(QualifiedName name) => new(SchemaOf(name), name.Name);

    /// <summary>The schema of a name in a statement, written or not.</summary>
    public string SchemaOf(QualifiedName name) => _keys.SchemaOf(name);

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
}

// Most new columns are of no interest to a rule: what takes time is made when it is asked for.

/// <summary>A column that a statement creates.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Node">The part of it that creates the column.</param>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name.</param>
internal sealed record NewColumn(MigrationStatement Statement, SqlNode Node, ObjectName Table, string Name)
{
    /// <summary>The table as it is written; null where the statement does not name it.</summary>
    public QualifiedName? Written { get; init; }

    /// <summary>Its definition; null where it comes from a query.</summary>
    public ColumnDefinition? Definition { get; init; }

    /// <summary>Its creation; null where no replay tells.</summary>
    public ObjectChange? Creation { get; init; }

    /// <summary>Where it is.</summary>
    public SourceLocation Place => Statement.LocationOf(Node);

    /// <summary>The name of its table as people write it.</summary>
    public string TableName => Written?.ToString() ?? Table.Name;

    /// <summary>The name of its type: as its definition has it, or else as the catalog does.</summary>
    public string? TypeName => Definition is null ? State?.Type.Name : Definition.Type?.Name.Name;

    /// <summary>What it is like; null where no replay tells.</summary>
    public ColumnState? State => Creation?.After as ColumnState;
}
