using Plumbline.PostgreSql.Replay.Effects;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What the statements of one session share: the database, the session's state, and what the running statement has changed so far.</summary>
internal sealed partial class Execution
{
    private readonly JournaledSet<RelationObject> _withRows;

    /// <summary>Makes one for a session.</summary>
    public Execution(Database database, ReplayOptions options)
    {
        Database = database;
        Options = options;
        Settings = new SessionSettings(database);
        Binder = new Binder(this);
        _withRows = new JournaledSet<RelationObject>(database.Journal);
    }

    /// <summary>The database.</summary>
    public Database Database { get; }

    /// <summary>The imagined server.</summary>
    public ReplayOptions Options { get; }

    /// <summary>The server's major version.</summary>
    public int Version
    {
        get
        {
            DependsOnVersion = true;
            return Options.PostgreSqlVersion;
        }
    }

    /// <summary>Whether anything was decided by the server's version.</summary>
    public bool DependsOnVersion { get; private set; }

    /// <summary>The session's settings.</summary>
    public SessionSettings Settings { get; }

    /// <summary>What resolves names in expressions.</summary>
    public Binder Binder { get; }

    /// <summary>What takes changes back.</summary>
    public Journal Journal => Database.Journal;

    /// <summary>The role that the running statement acts for.</summary>
    public RoleObject CurrentRole => Settings.CurrentRole;

    /// <summary>The text that contains the running statement.</summary>
    public string Text { get; set; } = "";

    /// <summary>The number of the running transaction.</summary>
    public int Transaction => Database.Transaction;

    /// <summary>Whether other statements may follow in the running transaction.</summary>
    public bool IsTransactional { get; set; }

    /// <summary>The first number that the running transaction gave to an object.</summary>
    public uint FirstOidOfTransaction { get; set; }

    /// <summary>Whether a transaction block is open, so that what may not run in one is refused.</summary>
    public bool IsInBlock { get; set; }

    /// <summary>Whether that is a block which BEGIN opened.</summary>
    public bool IsInOpenBlock { get; set; }

    /// <summary>The temporary tables that go with the running transaction, by number.</summary>
    public HashSet<uint> DroppedAtCommit { get; } = [];

    /// <summary>
    /// Whether something was done that depends on where sessions and transactions begin and end: a setting, a temporary object, a block that is rolled back or
    /// left open, a lock.
    /// Else a history that succeeds as deployed does the same statement by statement.
    /// </summary>
    public bool DependsOnSession { get; set; }

    /// <summary>Whether the statement runs inside a function or DO block.</summary>
    public bool IsInFunction { get; set; }

    /// <summary>How many blocks the running statement stands in.</summary>
    public int ProcedureDepth { get; set; }

    /// <summary>The tables that were handed to functions of extensions whose doings are not followed: such a function may have made objects for them.</summary>
    public HashSet<string> TouchedByExtensions { get; } = new(StringComparer.Ordinal);

    /// <summary>What the running statement drops because something else goes.</summary>
    public HashSet<CatalogObject> Cascaded { get; } = [];

    /// <summary>Where the running text stands in the migration: the offset of its first character. Null for a text that the migration does not contain as it
    /// is.</summary>
    public int? TextStart { get; set; } = 0;

    /// <summary>What the session's blocks and functions may still cost.</summary>
    public ReplayBudget Budget => Database.Journal.Budget;

    /// <summary>Notes the statements that code runs; null where nobody asks for effects.</summary>
    public CodeRecorder? Code { get; set; }

    /// <summary>Puts the changes that follow down to a part of the running text.</summary>
    public void MoveTo(TextSpan place)
    {
        if (TextStart is { } start)
        {
            Journal.MoveTo(new TextSpan(start + place.Start, place.Length));
        }
    }

    /// <summary>Whether a table may have rows; all others have none.</summary>
    public bool MayHaveRows(RelationObject table) => _withRows.Contains(table);

    /// <summary>Notes that a table may have rows from now on.</summary>
    public void NoteRows(RelationObject table) => _withRows.Add(table);

    /// <summary>Notes that a table has no rows any more.</summary>
    public void ForgetRows(RelationObject table) => _withRows.Remove(table);

    /// <summary>Drops objects and notes each.</summary>
    /// <exception cref="RefusedException">2BP01: something depends on them, or they are part of something.</exception>
    public void Drop(IReadOnlyCollection<ObjectAddress> objects, bool cascade) => new Deletion(Database).Run(objects, cascade, NoteDropped);

    /// <summary>Whether the running transaction made the object of this number.</summary>
    public bool IsOfThisTransaction(uint oid) => oid >= FirstOidOfTransaction;

    /// <summary>Refuses a statement that may not run in a transaction block (<c>PreventInTransactionBlock</c>).</summary>
    public void RefuseInBlock(string command)
    {
        if (IsInBlock)
        {
            throw new RefusedException("25001", $"{command} cannot run inside a transaction block");
        }

        if (IsInFunction)
        {
            throw new RefusedException("25001", $"{command} cannot be executed from a function");
        }
    }

    private void NoteDropped(ObjectAddress address, bool isNamed)
    {
        if (!isNamed)
        {
            Cascaded.Add(address is { Object: RelationObject relation, Column: > 0 } ? relation.Column(address.Column) : address.Object);
        }
    }
}
