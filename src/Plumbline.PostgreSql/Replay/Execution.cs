using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>What the statements of one session share: the database, the session's state, and what the running statement has changed so far.</summary>
internal sealed partial class Execution
{
    private readonly List<ObjectChange> _changes = [];
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
    public int Version => Options.PostgreSqlVersion;

    /// <summary>The session's settings.</summary>
    public SessionSettings Settings { get; }

    /// <summary>What resolves names in expressions.</summary>
    public Binder Binder { get; }

    /// <summary>What takes changes back.</summary>
    public Journal Journal => Database.Journal;

    /// <summary>The role that the running statement acts for.</summary>
    public RoleObject CurrentRole => Settings.CurrentRole;

    /// <summary>The text that the running statement stands in.</summary>
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

    /// <summary>What the running statement changed so far.</summary>
    public IReadOnlyList<ObjectChange> Changes => _changes;

    /// <summary>Forgets what the statement before changed.</summary>
    public void ClearChanges() => _changes.Clear();

    /// <summary>Forgets the last changes, which were taken back.</summary>
    public void TruncateChanges(int count) => _changes.RemoveRange(count, _changes.Count - count);

    /// <summary>Notes a change.</summary>
    public void Changed(ObjectChangeKind kind, string subject, ObjectName name, string? member = null, string? oldName = null, string? detail = null) =>
        _changes.Add(new ObjectChange(kind, subject, name, member) { OldName = oldName, Detail = detail });

    /// <summary>Notes a change of a relation.</summary>
    public void Changed(ObjectChangeKind kind, RelationObject relation, string? oldName = null, string? detail = null) =>
        Changed(kind, Subject(relation), relation.QualifiedName, null, oldName, detail);

    /// <summary>Notes a change of a member of a relation.</summary>
    public void Changed(ObjectChangeKind kind, string subject, RelationObject relation, string member, string? oldName = null, string? detail = null) =>
        Changed(kind, subject, relation.QualifiedName, member, oldName, detail);

    /// <summary>What changes call a relation.</summary>
    public static string Subject(RelationObject relation) => relation.Kind == 'c' ? "type" : relation.Kind == 'f' ? "table" : Database.KindName(relation.Kind);

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

    private void NoteDropped(ObjectAddress address)
    {
        switch (address.Object)
        {
            case RelationObject relation when address.Column > 0:
                Changed(ObjectChangeKind.Drop, "column", relation, relation.Column(address.Column).Name);
                break;
            case RelationObject relation:
                Changed(ObjectChangeKind.Drop, relation);
                break;
            case ConstraintObject { Row.Table: { } table } constraint:
                Changed(ObjectChangeKind.Drop, "constraint", table, constraint.Name);
                break;
            case TriggerObject trigger:
                Changed(ObjectChangeKind.Drop, "trigger", trigger.Table, trigger.Name);
                break;
            case PolicyObject policy:
                Changed(ObjectChangeKind.Drop, "policy", policy.Table, policy.Name);
                break;
            case RuleObject rule:
                Changed(ObjectChangeKind.Drop, "rule", rule.Table, rule.Name);
                break;
            case TypeObject { Row: { IsArray: false, Relation: null } } type:
                Changed(ObjectChangeKind.Drop, SubjectOf(type), new ObjectName(type.Namespace.Name, type.Name));
                break;
            case FunctionObject function:
                Changed(ObjectChangeKind.Drop, SubjectOf(function), new ObjectName(function.Namespace.Name, function.Name));
                break;
            case NamespaceObject schema:
                Changed(ObjectChangeKind.Drop, "schema", new ObjectName("", schema.Name));
                break;
            case ExtensionObject extension:
                Changed(ObjectChangeKind.Drop, "extension", new ObjectName("", extension.Name));
                break;
            case RoleObject role:
                Changed(ObjectChangeKind.Drop, "role", new ObjectName("", role.Name));
                break;
            case PublicationObject publication:
                Changed(ObjectChangeKind.Drop, "publication", new ObjectName("", publication.Name));
                break;
        }
    }

    /// <summary>What changes call a type.</summary>
    public static string SubjectOf(TypeObject type) => type.Kind switch
    {
        Builtins.PgTypeKind.Enum => "enum",
        Builtins.PgTypeKind.Domain => "domain",
        _ => "type",
    };

    /// <summary>What changes call a function.</summary>
    public static string SubjectOf(FunctionObject function) => function.Row.Kind switch
    {
        Builtins.PgFunctionKind.Procedure => "procedure",
        Builtins.PgFunctionKind.Aggregate => "aggregate",
        _ => "function",
    };
}
