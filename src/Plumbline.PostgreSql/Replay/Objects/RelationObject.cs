using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>A row of <c>pg_class</c>: a table, index, sequence, view, composite type or foreign table.</summary>
internal sealed class RelationObject : CatalogObject<RelationRow>
{
    // How many names are compared in the time that an object is looked at.
    private const int NamesOfStep = 8;

    private PgRelation? _view;

    // Most relations have few of them: an index has columns at most.
    private JournaledList<ColumnObject>? _columns;
    private JournaledList<ConstraintObject>? _constraints;
    private JournaledList<RelationObject>? _indexes;
    private JournaledList<TriggerObject>? _triggers;
    private JournaledList<PolicyObject>? _policies;
    private JournaledList<RuleObject>? _rules;
    private JournaledList<RelationObject>? _children;

    /// <summary>Makes a relation that nobody knows yet.</summary>
    public RelationObject(Database database, uint oid, RelationRow row)
        : base(database, oid, row)
    {
    }

    /// <summary>Its columns by number, those that were dropped too: the column of number n is at n - 1.</summary>
    public JournaledList<ColumnObject> Columns => _columns ??= new JournaledList<ColumnObject>(Database.Journal);

    /// <summary>Its constraints, in order of creation.</summary>
    public JournaledList<ConstraintObject> Constraints => _constraints ??= new JournaledList<ConstraintObject>(Database.Journal);

    /// <summary>Its indexes, in order of creation.</summary>
    public JournaledList<RelationObject> Indexes => _indexes ??= new JournaledList<RelationObject>(Database.Journal);

    /// <summary>Its triggers, in order of creation.</summary>
    public JournaledList<TriggerObject> Triggers => _triggers ??= new JournaledList<TriggerObject>(Database.Journal);

    /// <summary>Its policies, in order of creation.</summary>
    public JournaledList<PolicyObject> Policies => _policies ??= new JournaledList<PolicyObject>(Database.Journal);

    /// <summary>Its rewrite rules but for the one that makes a view, in order of creation.</summary>
    public JournaledList<RuleObject> Rules => _rules ??= new JournaledList<RuleObject>(Database.Journal);

    /// <summary>Its partitions, or the tables that inherit from it, in order of creation.</summary>
    public JournaledList<RelationObject> Children => _children ??= new JournaledList<RelationObject>(Database.Journal);

    /// <summary>Its name.</summary>
    public string Name => Row.Name;

    /// <summary>Its schema.</summary>
    public NamespaceObject Namespace => Row.Namespace;

    /// <summary><c>relkind</c>.</summary>
    public char Kind => Row.Kind;

    /// <summary>Schema and name.</summary>
    public ObjectName QualifiedName => new(Row.Namespace.Name, Row.Name);

    /// <summary>Whether it is an ordinary or partitioned table.</summary>
    public bool IsTable => Kind is 'r' or 'p';

    /// <summary>Whether it is an index, partitioned or not.</summary>
    public bool IsIndex => Kind is 'i' or 'I';

    /// <summary>Its columns that are not dropped.</summary>
    public IEnumerable<ColumnObject> LiveColumns
    {
        get
        {
            foreach (var column in Columns.Items)
            {
                if (!column.Row.IsDropped)
                {
                    yield return column;
                }
            }
        }
    }

    /// <summary>Its primary key; null where it has none.</summary>
    public ConstraintObject? PrimaryKey
    {
        get
        {
            foreach (var constraint in Constraints.Items)
            {
                if (constraint.Row.Kind == ConstraintKind.PrimaryKey)
                {
                    return constraint;
                }
            }

            return null;
        }
    }

    /// <summary>The column of a name that is not dropped; null where it has none.</summary>
    public ColumnObject? FindColumn(string name)
    {
        Database.Journal.Budget.UseSteps(Columns.Items.Length / NamesOfStep);
        foreach (var column in Columns.Items)
        {
            if (!column.Row.IsDropped && column.Row.Name == name)
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>The column of a number.</summary>
    public ColumnObject Column(short number) => Columns.Items[number - 1];

    /// <summary>The constraint of a name; null where it has none.</summary>
    public ConstraintObject? FindConstraint(string name)
    {
        Database.Journal.Budget.UseSteps(Constraints.Items.Length / NamesOfStep);
        foreach (var constraint in Constraints.Items)
        {
            if (constraint.Row.Name == name)
            {
                return constraint;
            }
        }

        return null;
    }

    /// <summary>Adds a column at the end.</summary>
    public void AddColumn(ColumnObject column)
    {
        // What expressions saw of it is forgotten after the column is taken back, too.
        Database.Journal.Record(new ColumnAddition(this, column));
        Columns.Add(column);
        Forget();
    }

    /// <summary>It as expressions see it.</summary>
    public PgRelation View => _view ??= BuildView();

    /// <summary>Forgets what expressions see of it, since that changed.</summary>
    public void Forget() => _view = null;

    /// <inheritdoc/>
    protected override void OnRowChanged() => _view = null;

    private PgRelation BuildView()
    {
        if (Row.Index is { } index)
        {
            // CREATE INDEX looks at its expressions before it sees that they are of an index.
            return new PgRelation(Oid, Namespace.Name, Name, Kind)
            {
                Columns = [.. index.Keys.Select((key, i) => new PgColumn((short)(i + 1), key.Name, key.TypeOid, -1, key.CollationOid))],
            };
        }

        Database.Journal.Budget.UseForColumns(Columns.Items.Length);
        var columns = ImmutableArray.CreateBuilder<PgColumn>(Columns.Items.Length);
        foreach (var column in LiveColumns)
        {
            var row = column.Row;
            columns.Add(new PgColumn(
                column.Number, row.Name, row.TypeOid, row.Modifier, row.CollationOid)
            { IsNotNull = row.IsNotNull, IsGenerated = row.IsGenerated });
        }

        var key = PrimaryKey;
        return new PgRelation(Oid, Namespace.Name, Name, Kind)
        {
            Columns = columns.DrainToImmutable(),
            RowTypeOid = Row.RowType?.Oid ?? 0,
            PrimaryKey = key is null || key.Row.IsDeferrable ? [] : key.Row.Columns,
            PrimaryKeyOid = key is null || key.Row.IsDeferrable ? 0 : key.Oid,
        };
    }

    /// <summary>A column more.</summary>
    internal sealed class ColumnAddition(RelationObject owner, ColumnObject column) : IUndo
    {
        /// <summary>The column.</summary>
        public ColumnObject Column => column;

        /// <inheritdoc/>
        public void Undo() => owner.Forget();
    }
}

/// <summary>What can change of a <see cref="RelationObject"/>.</summary>
internal sealed record RelationRow(string Name, NamespaceObject Namespace, char Kind, RoleObject Owner)
{
    /// <summary>How it came to be.</summary>
    public RelationOrigin Origin { get; init; }

    /// <summary>Its privileges; null where they are the defaults.</summary>
    public ImmutableArray<AclItem>? Acl { get; init; }

    /// <summary><c>p</c> permanent, <c>u</c> unlogged, <c>t</c> temporary.</summary>
    public char Persistence { get; init; } = 'p';

    /// <summary>Row-level security is enabled.</summary>
    public bool RowSecurity { get; init; }

    /// <summary>Row-level security holds for the owner too.</summary>
    public bool ForceRowSecurity { get; init; }

    /// <summary><c>reloptions</c>, in the order in which they were set.</summary>
    public ImmutableArray<StorageParameter> Options { get; init; } = [];

    /// <summary><c>relreplident</c>; for <c>i</c> the index is marked.</summary>
    public char ReplicaIdentity { get; init; } = 'd';

    /// <summary>Its row type; null for indexes and sequences (whose row types nobody names).</summary>
    public TypeObject? RowType { get; init; }

    /// <summary>The key of a partitioned table; else null.</summary>
    public PartitionKeyInfo? PartitionKey { get; init; }

    /// <summary>The bound of a partition; else null.</summary>
    public PartitionBoundInfo? PartitionBound { get; init; }

    /// <summary>The tables that it inherits from, or the one that it is a partition of.</summary>
    public ImmutableArray<RelationObject> Parents { get; init; } = [];

    /// <summary>Whether it is a partition (<c>relispartition</c>), a table or an index.</summary>
    public bool IsPartition { get; init; }

    /// <summary>Of an index: what it indexes; else null.</summary>
    public IndexInfo? Index { get; init; }

    /// <summary>Of a sequence: its parameters; else null.</summary>
    public SequenceInfo? Sequence { get; init; }

    /// <summary>Of a view or materialized view: its query; else null.</summary>
    public BoundNode? Query { get; init; }

    /// <summary>Of a materialized view: whether it holds data.</summary>
    public bool IsPopulated { get; init; } = true;

    /// <summary>The server of a foreign table; else null.</summary>
    public string? ForeignServer { get; init; }

    /// <summary>The composite type of a typed table; else null.</summary>
    public TypeObject? OfType { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>The parameters of a sequence (<c>pg_sequence</c>).</summary>
/// <param name="TypeOid"><c>int2</c>, <c>int4</c> or <c>int8</c>.</param>
/// <param name="Start">START.</param>
/// <param name="Increment">INCREMENT.</param>
/// <param name="Min">MINVALUE.</param>
/// <param name="Max">MAXVALUE.</param>
/// <param name="Cache">CACHE.</param>
/// <param name="Cycle">CYCLE.</param>
internal sealed record SequenceInfo(uint TypeOid, long Start, long Increment, long Min, long Max, long Cache, bool Cycle)
{
    /// <summary>The table whose column owns it; else null.</summary>
    public RelationObject? OwnerTable { get; init; }

    /// <summary>The number of the column that owns it; else 0.</summary>
    public short OwnerColumn { get; init; }

    /// <summary>Whether it belongs to an identity column.</summary>
    public bool IsIdentity { get; init; }
}

/// <summary>What an index indexes (<c>pg_index</c>).</summary>
/// <param name="Table">Its table.</param>
/// <param name="Method">Its access method.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record IndexInfo(RelationObject Table, string Method, ImmutableArray<IndexKeyInfo> Keys)
{
    /// <summary>Numbers of its INCLUDE columns.</summary>
    public ImmutableArray<short> Include { get; init; } = [];

    /// <summary>Its predicate; else null.</summary>
    public BoundNode? Predicate { get; init; }

    /// <summary>Whether it is unique.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Whether it is a primary key's.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>Whether it is an exclusion constraint's.</summary>
    public bool IsExclusion { get; init; }

    /// <summary>False for the index of a deferrable constraint.</summary>
    public bool IsImmediate { get; init; } = true;

    /// <summary>Whether nulls are equal.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Whether it may be used; false for one ON ONLY a partitioned table that lacks parts.</summary>
    public bool IsValid { get; init; } = true;

    /// <summary>Whether the table is clustered on it.</summary>
    public bool IsClustered { get; init; }

    /// <summary>Whether it is the table's replica identity.</summary>
    public bool IsReplicaIdentity { get; init; }

    /// <summary>The constraint that it belongs to; else null.</summary>
    public ConstraintObject? Constraint { get; init; }

    /// <summary>The partitioned index that it is a part of; else null.</summary>
    public RelationObject? Parent { get; init; }
}

/// <summary>One key of an index.</summary>
/// <param name="Column">The column's number; 0 where it is an expression.</param>
/// <param name="Expression">The expression; null where it is a column.</param>
/// <param name="TypeOid">Type of what is indexed.</param>
/// <param name="OperatorClass">Its operator class.</param>
internal sealed record IndexKeyInfo(short Column, BoundNode? Expression, uint TypeOid, PgOperatorClass? OperatorClass)
{
    /// <summary>Parameters of the operator class.</summary>
    public ImmutableArray<StorageParameter> OperatorClassParameters { get; init; } = [];

    /// <summary>Its collation; 0 where its type has none.</summary>
    public uint CollationOid { get; init; }

    /// <summary>DESC.</summary>
    public bool IsDescending { get; init; }

    /// <summary>NULLs come first.</summary>
    public bool NullsFirst { get; init; }

    /// <summary>Of an exclusion constraint: the operator's symbol; else null.</summary>
    public string? ExclusionOperator { get; init; }

    /// <summary>The name that the column of the index has.</summary>
    public string Name { get; init; } = "";
}

/// <summary>The key of a partitioned table (<c>pg_partitioned_table</c>).</summary>
/// <param name="Strategy"><c>RANGE</c>, <c>LIST</c> or <c>HASH</c>.</param>
/// <param name="Keys">Its columns and expressions.</param>
internal sealed record PartitionKeyInfo(string Strategy, ImmutableArray<IndexKeyInfo> Keys);

/// <summary>The bound of a partition.</summary>
/// <param name="Text">As <c>pg_get_expr</c> prints it.</param>
/// <param name="IsDefault">Whether it is DEFAULT.</param>
internal sealed record PartitionBoundInfo(string Text, bool IsDefault)
{
    /// <summary>Canonical texts of a list's values.</summary>
    public ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Lower bound of a range.</summary>
    public ImmutableArray<string> From { get; init; } = [];

    /// <summary>Upper bound of a range.</summary>
    public ImmutableArray<string> To { get; init; } = [];

    /// <summary>Modulus of a hash partition.</summary>
    public int Modulus { get; init; }

    /// <summary>Remainder of a hash partition.</summary>
    public int Remainder { get; init; }
}
