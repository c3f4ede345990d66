namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>Anything that PostgreSQL's catalogs hold and that others may depend on. Its identity is the object itself; what can change of it is its
/// row.</summary>
internal abstract class CatalogObject
{
    private StatementTrail? _changedBy;

    // Most columns and indexes have neither, and a history may make hundreds of thousands.
    private JournaledSet<Dependency>? _dependsOn;
    private JournaledSet<Dependency>? _referencedBy;

    /// <summary>Makes an object that nobody knows yet.</summary>
    /// <param name="database">The database that it belongs to.</param>
    /// <param name="oid">Its number.</param>
    protected CatalogObject(Database database, uint oid)
    {
        Database = database;
        Oid = oid;
        CreatedBy = database.Journal.Statement;
    }

    /// <summary>The database that it belongs to.</summary>
    public Database Database { get; }

    /// <summary>Its number; numbers grow with time, and dependents are dropped and reported in descending order of them, as in PostgreSQL.</summary>
    public uint Oid { get; }

    /// <summary>The statement that created it.</summary>
    public StatementRef CreatedBy { get; }

    /// <summary>The statements that changed it later; null where none did.</summary>
    public StatementTrail? ChangedBy => _changedBy;

    /// <summary>What it needs (its rows of <c>pg_depend</c> as dependent).</summary>
    public JournaledSet<Dependency> DependsOn => _dependsOn ??= new JournaledSet<Dependency>(Database.Journal);

    /// <summary>What needs it (the rows of <c>pg_depend</c> that refer to it).</summary>
    public JournaledSet<Dependency> ReferencedBy => _referencedBy ??= new JournaledSet<Dependency>(Database.Journal);

    /// <summary>What can change of it, whatever its kind; null where nothing can.</summary>
    public virtual object? CurrentRow => null;

    /// <summary>Whether it was dropped.</summary>
    public bool IsDropped { get; set; }

    /// <summary>Notes that the running statement changed it.</summary>
    public void MarkChanged()
    {
        var statement = Database.Journal.Statement;
        if (statement != CreatedBy && _changedBy?.Statement != statement)
        {
            Database.Journal.Record(new TrailChange(this, _changedBy));
            _changedBy = new StatementTrail(statement, _changedBy);
        }
    }

    private sealed class TrailChange(CatalogObject owner, StatementTrail? before) : IUndo
    {
        public void Undo() => owner._changedBy = before;
    }
}

/// <summary>A catalog object with its row: an immutable record that is replaced as a whole, so that no change escapes the journal.</summary>
/// <typeparam name="TRow">The record.</typeparam>
internal abstract class CatalogObject<TRow> : CatalogObject
    where TRow : class
{
    private TRow _row;

    /// <summary>Makes an object that nobody knows yet.</summary>
    protected CatalogObject(Database database, uint oid, TRow row)
        : base(database, oid) => _row = row;

    /// <summary>What can change of it.</summary>
    public TRow Row
    {
        get => _row;
        set
        {
            Set(value, isQuiet: false);
            MarkChanged();
        }
    }

    /// <inheritdoc/>
    public override object CurrentRow => _row;

    /// <summary>Replaces the row without counting it as a change that people care for.</summary>
    public void SetQuietly(TRow value) => Set(value, isQuiet: true);

    /// <summary>Called when the row is another one, also when a change is taken back.</summary>
    protected virtual void OnRowChanged()
    {
    }

    private void Set(TRow value, bool isQuiet)
    {
        Database.Journal.Record(new RowChange(this, _row, isQuiet));
        _row = value;
        OnRowChanged();
    }

    private sealed class RowChange(CatalogObject<TRow> owner, TRow before, bool isQuiet) : IRowChange
    {
        public CatalogObject Owner => owner;

        public object Before => before;

        public bool IsQuiet => isQuiet;

        public void Undo()
        {
            owner._row = before;
            owner.OnRowChanged();
        }
    }
}
