using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.Audit;

/// <summary>Every statement of a history, with what was made in the same migration before it.</summary>
internal sealed class MigrationStatements
{
    private readonly Dictionary<(MigrationFolder Migration, string Name), int> _madeAt = [];

    private MigrationStatements(ImmutableArray<MigrationStatement> all)
    {
        All = all;
        foreach (var statement in all)
        {
            switch (statement.Syntax)
            {
                case CreateTableStatement create: Made(statement, Key(create.Name)); break;
                case CreateTableAsStatement { IsMaterializedView: false } create: Made(statement, Key(create.Name)); break;
                case RenameStatement { Object: { Kind: SqlObjectKind.Table, Name: { } name }, Member: null } rename when IsNewTable(statement, name): Made(statement, rename.NewName.Name); break;
                case CreateIndexStatement { Name: { } name }: Made(statement, "index " + name.Name); break;
                case CreateEnumStatement create: Made(statement, "type " + Key(create.Name)); break;
                default:
                    foreach (var (table, action) in statement.TableActions)
                    {
                        if (action is AddColumnAction add)
                            Made(statement, $"{Key(table)}.{add.Column.Name.Name}");
                    }

                    break;
            }
        }
    }

    /// <summary>The statements, in the order in which Prisma runs them.</summary>
    public ImmutableArray<MigrationStatement> All { get; }

    /// <summary>Reads the statements of a history.</summary>
    /// <param name="history">The migrations that have a script, in their order.</param>
    /// <param name="isPending">Tells whether a migration is known not to be applied everywhere yet.</param>
    public static MigrationStatements Read(IEnumerable<(MigrationFolder Folder, MigrationSource Source)> history, Func<MigrationFolder, bool> isPending)
    {
        var all = ImmutableArray.CreateBuilder<MigrationStatement>();
        foreach (var (folder, source) in history)
        {
            var pending = isPending(folder);
            foreach (var statement in source.IsKept ? source.Statements.Select(s => s.Statement) : WithoutRows(source))
                all.Add(new MigrationStatement(folder, source.Text, statement, pending));
        }

        return new MigrationStatements(all.ToImmutable());
    }

    /// <summary>Whether a table was made earlier in the statement's own migration, and so holds no rows that anyone waits for.</summary>
    public bool IsNewTable(MigrationStatement statement, QualifiedName table) => WasMade(statement, Key(table));

    /// <summary>Whether a column was added earlier in the statement's own migration, or its table was made there.</summary>
    public bool IsNewColumn(MigrationStatement statement, QualifiedName table, string column) => IsNewTable(statement, table) || WasMade(statement, $"{Key(table)}.{column}");

    /// <summary>Whether an index was made earlier in the statement's own migration.</summary>
    public bool IsNewIndex(MigrationStatement statement, string index) => WasMade(statement, "index " + index);

    /// <summary>The name by which two mentions of a table are taken for the same: without the schema where that is <c>public</c>.</summary>
    public static string Key(QualifiedName name) => name.Schema is null or "public" ? name.Name : $"{name.Schema}.{name.Name}";

    private bool WasMade(MigrationStatement statement, string name) => _madeAt.TryGetValue((statement.Migration, name), out var at) && at < statement.Syntax.Span.Start;

    private void Made(MigrationStatement statement, string name) => _madeAt.TryAdd((statement.Migration, name), statement.Syntax.Span.Start);

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
            else if (table is null || Key(table) != Key(insert.Table))
            {
                table = insert.Table;
                yield return insert with { Columns = [], Source = rows with { Body = values with { Rows = [] } } };
            }
        }
    }
}
