using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.History;

/// <summary>Which statement of a history created the table, column, index or type that has a name when another statement runs. New names carry that on.</summary>
internal sealed class ObjectOrigins
{
    private readonly Dictionary<string, Origin> _last = new(StringComparer.Ordinal);
    private readonly NameKeys _keys;

    /// <summary>Reads them from the statements of a history.</summary>
    /// <param name="asRun">The statements as they run.</param>
    /// <param name="keys">The names of objects.</param>
    public ObjectOrigins(IEnumerable<MigrationStatement> asRun, NameKeys keys)
    {
        _keys = keys;
        foreach (var statement in asRun)
        {
            if (statement.Effects is not { } effects)
            {
                ReadSyntax(statement);
                continue;
            }

            foreach (var change in effects)
                Read(statement, change);
        }
    }

    /// <summary>The creation of a table, view or materialized view that exists when a statement runs; null where no earlier statement created it.</summary>
    public Creation? OfTable(MigrationStatement at, ObjectName table) => Find(at, TableKey(table));

    /// <summary>The creation of a column by itself, after its table.</summary>
    public Creation? OfColumn(MigrationStatement at, ObjectName table, string column) => Find(at, $"{TableKey(table)}.{column}");

    /// <summary>The creation of an index.</summary>
    public Creation? OfIndex(MigrationStatement at, string index) => Find(at, "index " + index);

    private Creation? Find(MigrationStatement at, string key)
    {
        for (var origin = _last.GetValueOrDefault(key); origin is not null; origin = origin.Earlier)
        {
            if (origin.Since.IsBefore(at))
                return origin.Creation;
        }

        return null;
    }

    private void Read(MigrationStatement statement, ObjectChange change)
    {
        switch (change.Kind)
        {
            // The columns of a new table are as new as the table.
            case ObjectChangeKind.Create when change.ObjectKind != ObjectKind.Column || change.Origin != ChangeOrigin.Part:
                Set(statement, Key(change, change.Name, change.Member), new Creation(statement, change.Name.Schema == NameKeys.Temporary));
                break;
            case ObjectChangeKind.Drop when Key(change, change.Name, change.Member) is { } dropped && _last.ContainsKey(dropped):
                Set(statement, dropped, null);
                break;
            case ObjectChangeKind.Rename when change.OldName is { } old:
                Move(statement, Key(change, change.Member is null ? change.Name with { Name = old } : change.Name, change.Member is null ? null : old), Key(change, change.Name, change.Member));
                break;
            case ObjectChangeKind.Move when change.OldName is { } schema:
                Move(statement, Key(change, change.Name with { Schema = schema }, change.Member), Key(change, change.Name, change.Member));
                break;
        }
    }

    // Of a statement that no replay got to the end of: what it would create.
    private void ReadSyntax(MigrationStatement statement)
    {
        switch (statement.Syntax)
        {
            case CreateTableStatement create: Create(create.Name, create.Persistence); break;
            case CreateTableAsStatement create: Create(create.Name, create.Persistence); break;
            case SelectStatement { Into: { } into }: Create(into.Table, into.Persistence); break;
            case RenameStatement { Object: { Kind: SqlObjectKind.Table, Name: { } name }, Member: null } rename: Move(statement, _keys.Of(name), _keys.Of(name.Schema, rename.NewName.Name)); break;
            case CreateIndexStatement { Name: { } name }: Set(statement, "index " + name.Name, new Creation(statement, false)); break;
            default:
                foreach (var (table, action) in statement.TableActions)
                {
                    if (action is AddColumnAction add)
                        Set(statement, $"{_keys.Of(table)}.{add.Column.Name.Name}", new Creation(statement, false));
                }

                break;
        }

        void Create(Plumbline.PostgreSql.Sql.Ast.QualifiedName name, TablePersistence persistence) =>
            Set(statement, _keys.Of(name), new Creation(statement, persistence == TablePersistence.Temporary));
    }

    private void Move(MigrationStatement statement, string? from, string? to)
    {
        if (from is null || to is null)
            return;

        var creation = _last.GetValueOrDefault(from)?.Creation;
        Set(statement, from, null);
        Set(statement, to, creation);
    }

    private void Set(MigrationStatement statement, string? key, Creation? creation)
    {
        if (key is not null)
            _last[key] = new Origin(statement, creation, _last.GetValueOrDefault(key));
    }

    private string? Key(ObjectChange change, ObjectName name, string? member) => change.ObjectKind switch
    {
        ObjectKind.Table or ObjectKind.View or ObjectKind.MaterializedView => TableKey(name),
        ObjectKind.Column => $"{TableKey(name)}.{member}",
        ObjectKind.Index => "index " + name.Name,
        _ => null,
    };

    private string TableKey(ObjectName name) => _keys.Of(name.Schema, name.Name);

    private sealed record Origin(MigrationStatement Since, Creation? Creation, Origin? Earlier);
}

/// <summary>How an object came to be.</summary>
/// <param name="Statement">The statement that created it.</param>
/// <param name="IsTemporary">Whether it goes with the session.</param>
internal sealed record Creation(MigrationStatement Statement, bool IsTemporary);
