using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Effects;

/// <summary>
/// What is kept of an object at a change: references to immutable rows, and what could not be worked out later because names change. The state itself is
/// made when somebody asks for it.
/// </summary>
/// <param name="database">The database.</param>
internal abstract class StateSource(Database database)
{
    private ObjectState? _state;

    /// <summary>The state. Nobody may go on from the end of the replay while it is made.</summary>
    public ObjectState State
    {
        get
        {
            if (_state is null)
            {
                lock (database.Gate)
                {
                    _state ??= Build();
                }
            }

            return _state;
        }
    }

    /// <summary>Makes the state.</summary>
    protected abstract ObjectState Build();

    /// <summary>An expression: now where it names what statements made, whose names change; else when it is asked for.</summary>
    protected static SqlExpression? Fix(Database database, BoundNode? node, bool isGone)
    {
        if (node is null)
        {
            return null;
        }

        foreach (var needed in node.Dependencies)
        {
            if (needed.Oid is >= BuiltinCatalog.FirstUserOid and < BuiltinCatalog.FirstExtensionOid)
            {
                return isGone ? new SqlExpression(node.Source, false) : Print(database, node);
            }
        }

        return null;
    }

    // Every constraint of a history comes by here: what LINQ would have compiled first takes longer than all the names.

    /// <summary>The names of columns.</summary>
    protected static ImmutableArray<string> ColumnNames(RelationObject table, ImmutableArray<short> columns, Func<RelationObject, short, string> nameOf)
    {
        if (columns.IsEmpty)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>(columns.Length);
        foreach (var column in columns)
        {
            names.Add(nameOf(table, column));
        }

        return names.MoveToImmutable();
    }

    /// <summary>An expression as the model has it.</summary>
    protected static SqlExpression? Print(Database database, BoundNode? node) => node switch
    {
        BoundExpression expression => expression.Print(database),
        BoundQuery query => query.Print(database),
        _ => null,
    };
}

/// <summary>What is kept of a column.</summary>
internal sealed class ColumnSource : StateSource
{
    private readonly Database _database;
    private readonly ColumnRow _row;
    private readonly ColumnType? _type;
    private readonly SqlExpression? _value;

    /// <summary>Keeps a row.</summary>
    public ColumnSource(Database database, ColumnRow row, bool isGone)
        : base(database)
    {
        _database = database;
        _row = row;
        _type = row.WrittenType ?? (row.TypeOid is >= BuiltinCatalog.FirstUserOid ? TypeFormat.ToColumnType(database, row.TypeOid, row.Modifier) : null);
        _value = row.Default is { } value ? Fix(database, value.Expression, isGone) : null;
    }

    /// <inheritdoc/>
    protected override ObjectState Build()
    {
        var value = _value ?? Print(_database, _row.Default?.Expression);
        return new ColumnState(
            _type ?? TypeFormat.ToColumnType(_database, _row.TypeOid, _row.Modifier),
            !_row.IsNotNull,
            _row.IsGenerated ? null : value,
            _row.IsGenerated ? value : null,
            _row.Identity switch { 'a' => IdentityKind.Always, 'd' => IdentityKind.ByDefault, _ => IdentityKind.None })
        {
            HasVolatileDefault = _row.Default is null || _row.IsGenerated ? false
                : _row.Default.Expression is BoundExpression { IsCanonical: true } expression ? expression.Volatility == PgVolatility.Volatile : null,
        };
    }
}

/// <summary>What is kept of a constraint.</summary>
internal sealed class ConstraintSource : StateSource
{
    private readonly Database _database;
    private readonly ConstraintRow _row;
    private readonly ImmutableArray<string> _columns;
    private readonly ImmutableArray<string> _referenced;
    private readonly ObjectName? _table;
    private readonly SqlExpression? _expression;

    /// <summary>Keeps a row.</summary>
    public ConstraintSource(Database database, ConstraintRow row, Func<RelationObject, short, string> nameOf, bool isGone)
        : base(database)
    {
        _database = database;
        _row = row;
        _columns = row.Table is { } table ? OwnColumns(table, row, nameOf) : [];
        _referenced = row.ReferencedTable is { } other ? ColumnNames(other, row.ReferencedColumns, nameOf) : [];
        _table = row.ReferencedTable?.QualifiedName;
        _expression = Fix(database, row.Expression, isGone);
    }

    /// <inheritdoc/>
    protected override ObjectState Build() => new ConstraintState(KindOf(_row.Kind), _columns)
    {
        ReferencedTable = _table,
        ReferencedColumns = _referenced,
        OnDelete = _row.OnDelete,
        OnUpdate = _row.OnUpdate,
        IsValidated = _row.IsValidated,
        IsDeferrable = _row.IsDeferrable,
        IsInitiallyDeferred = _row.IsDeferred,
        Expression = _expression ?? Print(_database, _row.Expression),
    };

    /// <summary>The kind of a constraint.</summary>
    public static ObjectKind KindOf(ConstraintKind kind) => kind switch
    {
        ConstraintKind.PrimaryKey => ObjectKind.PrimaryKey,
        ConstraintKind.Unique => ObjectKind.Unique,
        ConstraintKind.ForeignKey => ObjectKind.ForeignKey,
        ConstraintKind.Check => ObjectKind.Check,
        _ => ObjectKind.Exclusion,
    };

    private static ImmutableArray<string> OwnColumns(RelationObject table, ConstraintRow row, Func<RelationObject, short, string> nameOf)
    {
        if (row.Kind is not (ConstraintKind.PrimaryKey or ConstraintKind.Unique or ConstraintKind.Exclusion) || row.Index?.Row.Index is not { } index)
        {
            return ColumnNames(table, row.Columns, nameOf);
        }

        var names = ImmutableArray.CreateBuilder<string>(index.Keys.Length);
        foreach (var key in index.Keys)
        {
            if (key.Column > 0)
            {
                names.Add(nameOf(table, key.Column));
            }
        }

        return names.ToImmutable();
    }
}

/// <summary>What is kept of an index.</summary>
internal sealed class IndexSource : StateSource
{
    private readonly Database _database;
    private readonly IndexInfo _info;
    private readonly ObjectName _table;
    private readonly ImmutableArray<string> _keys;
    private readonly ImmutableArray<string> _include;
    private readonly SqlExpression? _predicate;
    private readonly string? _constraint;

    /// <summary>Keeps a row.</summary>
    public IndexSource(Database database, IndexInfo info, Func<RelationObject, short, string> nameOf, bool isGone)
        : base(database)
    {
        _database = database;
        _info = info;
        _table = info.Table.QualifiedName;
        _keys = [.. info.Keys.Select(k => k.Column > 0 ? nameOf(info.Table, k.Column) : $"({(isGone ? k.Expression?.Source : Print(database, k.Expression)?.Text)})")];
        _include = ColumnNames(info.Table, info.Include, nameOf);
        _predicate = Fix(database, info.Predicate, isGone);
        _constraint = info.Constraint?.Name;
    }

    /// <inheritdoc/>
    protected override ObjectState Build() => new IndexState(_table, _info.Method, _keys)
    {
        Include = _include,
        Predicate = _predicate ?? Print(_database, _info.Predicate),
        IsUnique = _info.IsUnique,
        Constraint = _constraint,
    };
}

/// <summary>What is kept of a table or view.</summary>
internal sealed class RelationSource(Database database, RelationRow row) : StateSource(database)
{
    /// <inheritdoc/>
    protected override ObjectState Build() => new RelationState(row.Origin, row.RowSecurity, row.ForceRowSecurity, row.Persistence switch
    {
        'u' => Persistence.Unlogged,
        't' => Persistence.Temporary,
        _ => Persistence.Permanent,
    });
}
