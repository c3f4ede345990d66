using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Columns;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>CREATE TABLE and CREATE FOREIGN TABLE (<c>transformCreateStmt</c>, <c>DefineRelation</c>). PostgreSQL documentation, "CREATE TABLE".</summary>
internal sealed class CreateTable
{
    private readonly Execution _execution;
    private readonly Database _database;
    private readonly CreateTableStatement _statement;
    private readonly NamespaceObject _schema;
    private readonly string _name;
    private readonly char _persistence;
    private readonly ColumnBuilder _builder;
    private readonly List<ColumnDraft> _columns = [];
    private readonly List<(KeyDefinition Key, ImmutableArray<Identifier> Columns)> _keys = [];
    private readonly List<(ForeignKeyDefinition Key, ImmutableArray<Identifier> Columns)> _foreignKeys = [];
    private readonly List<CheckDefinition> _checks = [];
    private readonly List<ExclusionDefinition> _exclusions = [];
    private readonly TableLikeness _likeness;
    private TypeObject? _ofType;

    private CreateTable(Execution execution, CreateTableStatement statement, NamespaceObject schema)
    {
        _execution = execution;
        _database = execution.Database;
        _statement = statement;
        _schema = schema;
        _name = statement.Name.Name;
        _persistence = schema.Name == "pg_temp" ? 't' : statement.Persistence == TablePersistence.Unlogged ? 'u' : 'p';
        _builder = new ColumnBuilder(execution, schema, _name, _persistence);
        _likeness = new TableLikeness(execution, schema, _name);
    }

    /// <summary>What ON COMMIT says where the table goes with the transaction.</summary>
    public const string OnCommitDrop = "DROP";

    /// <summary>Runs it.</summary>
    public static void Run(Execution execution, CreateTableStatement statement)
    {
        var schema = Place(execution, statement);
        if (statement.IfNotExists && execution.Database.FindRelation(schema, statement.Name.Name) is not null)
        {
            return;
        }

        new CreateTable(execution, statement, schema).Run();
        if (statement.OnCommit == OnCommitDrop)
        {
            execution.DropAtCommit(schema, statement.Name.Name);
        }
    }

    /// <summary>Refuses ON COMMIT for a table that stays.</summary>
    /// <exception cref="RefusedException">42P16.</exception>
    public static void CheckOnCommit(string? onCommit, NamespaceObject schema)
    {
        if (onCommit is not null && schema.Name != "pg_temp")
        {
            throw new RefusedException("42P16", "ON COMMIT can only be used on temporary tables");
        }
    }

    private static NamespaceObject Place(Execution execution, CreateTableStatement statement)
    {
        try
        {
            return execution.CreationNamespace(statement.Name, statement.Persistence == TablePersistence.Temporary, statement.OnCommit == OnCommitDrop);
        }
        catch (RefusedException refused)
        {
            throw new RefusedException(refused.Error with { Position = statement.Name.Span.Start });
        }
    }

    private void Run()
    {
        Transform();
        foreach (var column in _columns)
        {
            column.CreateSequence();
        }

        CheckOnCommit(_statement.OnCommit, _schema);
        var parents = FindParents();
        var inheritance = new Inheritance(_execution, parents, _statement.PartitionOf is not null);
        var columns = inheritance.Merge(_columns);
        var table = MakeTable(columns, parents);
        SetPartitioning(table, parents);
        BindDefaults(table, columns, inheritance);
        inheritance.AddChecks(table);
        MakePartitionKey(table);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var check in _checks)
        {
            Checks.Create(_execution, table, check, isNewTable: true, names);
        }

        if (_statement.PartitionOf is not null)
        {
            Partitions.Inherit(_execution, parents[0], table);
        }

        _likeness.CopyChecks(table);
        MakeKeys(table);
        _likeness.CopyIndexes(table);
        foreach (var (key, keyColumns) in _foreignKeys)
        {
            ForeignKeys.Create(_execution, table, key, keyColumns, isNewTable: true);
        }

        OwnSequences(table, columns);
        _likeness.CopyComments(table);
    }

    private void Transform()
    {
        if (_statement.OfType is { } ofType)
        {
            TakeColumnsOf(ofType);
        }

        foreach (var element in _statement.Elements)
        {
            switch (element)
            {
                case ColumnDefinition column:
                    AddColumn(column);
                    break;
                case LikeElement like:
                    _columns.AddRange(_likeness.Add(like));
                    break;
                case ConstraintDefinition constraint:
                    AddConstraint(constraint, null);
                    break;
            }
        }

        CheckKeys();
    }

    private void AddColumn(ColumnDefinition column)
    {
        var before = _builder.Constraints.Count;
        var draft = _builder.Build(column);
        if (_ofType is not null)
        {
            var existing = _columns.Find(c => c.Name == draft.Name) ?? throw new RefusedException("42703", $"column \"{draft.Name}\" does not exist");
            existing.IsNotNull |= draft.IsNotNull;
            existing.Default ??= draft.Default;
        }
        else
        {
            _columns.Add(draft);
        }

        for (var i = before; i < _builder.Constraints.Count; i++)
        {
            AddConstraint(_builder.Constraints[i].Constraint, column.Name);
        }
    }

    private void AddConstraint(ConstraintDefinition constraint, Identifier? column)
    {
        switch (constraint)
        {
            case KeyDefinition key:
                _keys.Add((key, column is { } keyColumn ? [keyColumn] : key.Columns));
                break;
            case CheckDefinition check:
                _checks.Add(check);
                break;
            case ForeignKeyDefinition foreignKey:
                _foreignKeys.Add((foreignKey, column is { } foreignColumn ? [foreignColumn] : foreignKey.Columns));
                break;
            case ExclusionDefinition exclusion:
                _exclusions.Add(exclusion);
                break;
            case NotNullDefinition { Column: { } name } notNull:
                var draft = _columns.Find(c => c.Name == name.Name) ?? throw new RefusedException("42703", $"column \"{name.Name}\" of relation \"{_name}\" does not exist", notNull.Span.Start);
                draft.IsNotNull = true;
                break;
        }
    }

    private void TakeColumnsOf(QualifiedName name)
    {
        var type = _execution.Binder.FindType(name) ?? throw new RefusedException("42704", $"type \"{name}\" does not exist", name.Span.Start);
        if (_database.FindObject(type.Oid) is not TypeObject { Kind: PgTypeKind.Composite, Row.Relation: { Kind: 'c' } relation } composite)
        {
            throw new RefusedException("42809", $"type {_database.FormatType(type.Oid)} is not a composite type");
        }

        _ofType = composite;
        foreach (var column in relation.LiveColumns)
        {
            _columns.Add(new ColumnDraft { Name = column.Name, TypeOid = column.Row.TypeOid, Modifier = column.Row.Modifier, CollationOid = column.Row.CollationOid });
        }
    }

    // transformIndexConstraints: what is wrong with a key is said before the table is made.
    private void CheckKeys()
    {
        var sawPrimary = false;
        foreach (var (key, columns) in _keys)
        {
            if (key.IsPrimary)
            {
                if (sawPrimary)
                {
                    throw new RefusedException("42P16", $"multiple primary keys for table \"{_name}\" are not allowed", key.Span.Start);
                }

                sawPrimary = true;
            }

            Keys.CheckColumns(key, columns, ExistsOrIsInherited);
            if (key.IsPrimary)
            {
                foreach (var name in columns)
                {
                    if (_columns.Find(c => c.Name == name.Name) is { } draft)
                    {
                        draft.IsNotNull = true;
                    }
                }
            }
        }
    }

    private bool ExistsOrIsInherited(string name)
    {
        if (_columns.Exists(c => c.Name == name))
        {
            return true;
        }

        IEnumerable<QualifiedName> parents = _statement.PartitionOf is { } parent ? [parent] : _statement.Inherits;
        return parents.Any(p => _execution.TryRelation(p)?.FindColumn(name) is not null);
    }

    private ImmutableArray<RelationObject> FindParents()
    {
        if (_statement.PartitionOf is { } partitioned)
        {
            var parent = _execution.Relation(partitioned);
            if (parent.Kind != 'p')
            {
                throw new RefusedException("42P17", $"\"{parent.Name}\" is not partitioned");
            }

            return [parent];
        }

        var parents = ImmutableArray.CreateBuilder<RelationObject>(_statement.Inherits.Length);
        foreach (var name in _statement.Inherits)
        {
            var parent = _execution.Relation(name);
            if (parents.Contains(parent))
            {
                throw new RefusedException("42P07", $"relation \"{parent.Name}\" would be inherited from more than once");
            }

            parents.Add(parent);
        }

        return parents.ToImmutable();
    }

    private RelationObject MakeTable(List<ColumnDraft> columns, ImmutableArray<RelationObject> parents)
    {
        var kind = _statement.Server is not null ? 'f' : _statement.PartitionBy is not null ? 'p' : 'r';
        foreach (var column in columns)
        {
            CheckColumn(column, kind);
        }

        var options = StorageOptions.Parse(_execution, _statement.Options, "table");
        if (_database.FindRelation(_schema, _name) is not null)
        {
            throw new RefusedException("42P07", $"relation \"{_name}\" already exists");
        }

        if (_statement.Server is { } server && _database.FindOther("server", null, server.Name) is null)
        {
            throw new RefusedException("42704", $"server \"{server.Name}\" does not exist");
        }

        var table = Relations.Create(_execution, _schema, _name, kind, _persistence, row => row with
        {
            Origin = _statement.Elements.Any(e => e is LikeElement) ? RelationOrigin.Like : RelationOrigin.Definition,
            Options = options,
            Parents = parents,
            IsPartition = _statement.PartitionOf is not null,
            ForeignServer = _statement.Server?.Name,
            OfType = _ofType,
        });
        foreach (var column in columns)
        {
            Relations.AddColumn(_database, table, column.ToRow());
        }

        foreach (var parent in parents)
        {
            parent.Children.Add(table);
            _database.Depend(new ObjectAddress(table), new ObjectAddress(parent), _statement.PartitionOf is null ? DependencyType.Normal : DependencyType.Auto);
        }

        if (_ofType is not null)
        {
            _database.Depend(new ObjectAddress(table), new ObjectAddress(_ofType), DependencyType.Normal);
        }

        return table;
    }

    private void CheckColumn(ColumnDraft column, char kind)
    {
        if (SystemColumns.Contains(column.Name))
        {
            throw new RefusedException("42701", $"column name \"{column.Name}\" conflicts with a system column name");
        }

        Relations.CheckType(_execution, column.Name, column.TypeOid, kind);
    }

    private void SetPartitioning(RelationObject table, ImmutableArray<RelationObject> parents)
    {
        if (_statement.PartitionOf is null)
        {
            return;
        }

        var bound = Partitions.Bind(_execution, parents[0], _statement.Bound!, table);
        table.SetQuietly(table.Row with { PartitionBound = bound });
    }

    private void BindDefaults(RelationObject table, List<ColumnDraft> columns, Inheritance inheritance)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var draft = columns[i];
            var column = table.Columns.Items[i];
            if (draft.SerialSequence is { } sequence)
            {
                Defaults.Store(_execution, column, Defaults.NextValue(_execution, sequence, column.Row), isGenerated: false);
            }
            else if (draft.Default is { } written)
            {
                Defaults.StoreIfAny(_execution, column, written);
            }
            else if (draft.Generated is { } generated)
            {
                Defaults.Generate(_execution, column, generated);
            }
            else if (draft.BoundDefault is { } bound)
            {
                Defaults.Store(_execution, column, bound, inheritance.IsGenerated(draft.Name) || _likeness.IsGenerated(draft.Name));
            }
        }
    }

    private void MakePartitionKey(RelationObject table)
    {
        if (_statement.PartitionBy is { } key)
        {
            table.SetQuietly(table.Row with { PartitionKey = Partitions.BindKey(_execution, table, key) });
        }
    }

    // Equal keys are one index; the primary key comes first.
    private void MakeKeys(RelationObject table)
    {
        var kept = new List<(KeyDefinition Key, ImmutableArray<Identifier> Columns)>();
        foreach (var candidate in _keys.OrderBy(k => k.Key.IsPrimary ? 0 : 1))
        {
            var same = kept.FindIndex(k => k.Key.UsingIndex is null && candidate.Key.UsingIndex is null && k.Columns.Select(c => c.Name).SequenceEqual(candidate.Columns.Select(c => c.Name))
                && k.Key.Include.Select(c => c.Name).SequenceEqual(candidate.Key.Include.Select(c => c.Name))
                && k.Key.NullsNotDistinct == candidate.Key.NullsNotDistinct
                && (k.Key.IsDeferrable ?? false) == (candidate.Key.IsDeferrable ?? false) && (k.Key.IsInitiallyDeferred ?? false) == (candidate.Key.IsInitiallyDeferred ?? false));
            if (same < 0)
            {
                kept.Add(candidate);
            }
            else if (kept[same].Key.Name is null && candidate.Key.Name is { } name)
            {
                kept[same] = (kept[same].Key with { Name = name }, kept[same].Columns);
            }
        }

        foreach (var (key, columns) in kept)
        {
            Keys.Create(_execution, table, key, columns, isAlterTable: false);
        }

        for (var i = 0; i < _exclusions.Count; i++)
        {
            // Equal exclusions are one too, and the first name counts.
            var exclusion = _exclusions[i];
            if (_exclusions.FindIndex(e => Exclusions.AreEqual(_execution, e, exclusion)) == i)
            {
                var name = exclusion.Name ?? _exclusions.Find(e => e.Name is not null && Exclusions.AreEqual(_execution, e, exclusion))?.Name;
                Exclusions.Create(_execution, table, exclusion with { Name = name });
            }
        }
    }

    private void OwnSequences(RelationObject table, List<ColumnDraft> columns)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if ((columns[i].SerialSequence ?? columns[i].IdentitySequence) is { } sequence)
            {
                Sequences.Own(_database, sequence, table, table.Columns.Items[i].Number, columns[i].IdentitySequence is not null);
            }
        }
    }
}
