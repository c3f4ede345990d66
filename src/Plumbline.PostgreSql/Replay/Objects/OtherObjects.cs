using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>A schema (<c>pg_namespace</c>).</summary>
internal sealed class NamespaceObject(Database database, uint oid, NamespaceRow row) : CatalogObject<NamespaceRow>(database, oid, row)
{
    /// <summary>Its name.</summary>
    public string Name => Row.Name;

    /// <summary>Whether it is <c>pg_catalog</c> or another that nobody may drop.</summary>
    public bool IsSystem => Oid < BuiltinCatalog.FirstUserOid && Name != "public";

    /// <inheritdoc/>
    protected override void OnRowChanged() => Database.ForgetViews();
}

/// <summary>What can change of a <see cref="NamespaceObject"/>.</summary>
internal sealed record NamespaceRow(string Name, RoleObject Owner)
{
    /// <summary>Its privileges; null where they are the defaults.</summary>
    public ImmutableArray<AclItem>? Acl { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>A role (<c>pg_authid</c>).</summary>
internal sealed class RoleObject(Database database, uint oid, RoleRow row) : CatalogObject<RoleRow>(database, oid, row)
{
    /// <summary>Its name.</summary>
    public string Name => Row.Name;
}

/// <summary>What can change of a <see cref="RoleObject"/>.</summary>
/// <param name="Name">Its name.</param>
internal sealed record RoleRow(string Name)
{
    /// <summary>Whether it may do everything.</summary>
    public bool IsSuperuser { get; init; }

    /// <summary>Whether a statement of the history made it.</summary>
    public bool IsOfHistory { get; init; }

    /// <summary>The roles that it is a member of.</summary>
    public ImmutableArray<RoleObject> MemberOf { get; init; } = [];

    /// <summary>Its <c>ALTER ROLE … SET</c> settings.</summary>
    public ImmutableArray<StorageParameter> Settings { get; init; } = [];

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>One entry of an access control list. PostgreSQL documentation, "Privileges".</summary>
/// <param name="Grantee">The role; null is PUBLIC.</param>
/// <param name="Grantor">Who gave it.</param>
/// <param name="Privileges">What was given, a bit for each letter of <c>arwdDxtXUCTcsAm</c>.</param>
/// <param name="GrantOptions">Which of it may be given on.</param>
internal sealed record AclItem(RoleObject? Grantee, RoleObject Grantor, uint Privileges, uint GrantOptions);

/// <summary>A function, procedure or aggregate (<c>pg_proc</c>).</summary>
internal sealed class FunctionObject(Database database, uint oid, FunctionRow row) : CatalogObject<FunctionRow>(database, oid, row)
{
    private PgFunction? _view;

    /// <summary>Its name.</summary>
    public string Name => Row.Name;

    /// <summary>Its schema.</summary>
    public NamespaceObject Namespace => Row.Namespace;

    /// <summary>It as expressions see it.</summary>
    public PgFunction View => _view ??= BuildView();

    /// <summary>Forgets what expressions see of it.</summary>
    public void Forget() => _view = null;

    /// <inheritdoc/>
    protected override void OnRowChanged() => _view = null;

    private PgFunction BuildView()
    {
        var inputs = Row.Parameters.Where(p => p.IsInput).ToList();
        var outputs = Row.Parameters.Where(p => p.IsOutput).ToList();
        var variadic = Row.Parameters.FirstOrDefault(p => p.Mode == ArgumentMode.Variadic);
        return new PgFunction(Oid, Namespace.Name, Name)
        {
            Kind = Row.Kind,
            ArgumentTypes = [.. inputs.Select(p => p.TypeOid)],
            ArgumentNames = inputs.Exists(p => p.Name.Length > 0) ? [.. inputs.Select(p => p.Name)] : [],
            DefaultCount = inputs.Count(p => p.Default is not null),
            VariadicOid = variadic is null ? 0 : Database.GetType(variadic.TypeOid)?.ElementOid is > 0 and var element ? element : variadic.TypeOid,
            ReturnTypeOid = Row.ReturnTypeOid,
            ReturnsSet = Row.ReturnsSet,
            OutColumns = [.. outputs.Select(p => new PgOutColumn(p.Name, p.TypeOid))],
            Volatility = Row.Volatility,
            AggregateKind = Row.Kind == PgFunctionKind.Aggregate ? 'n' : '\0',
        };
    }
}

/// <summary>What can change of a <see cref="FunctionObject"/>.</summary>
internal sealed record FunctionRow(string Name, NamespaceObject Namespace, PgFunctionKind Kind, RoleObject Owner, string Language)
{
    /// <summary>Its privileges; null where they are the defaults.</summary>
    public ImmutableArray<AclItem>? Acl { get; init; }

    /// <summary>Its parameters.</summary>
    public ImmutableArray<FunctionParameterInfo> Parameters { get; init; } = [];

    /// <summary>What it returns; of a set, one row of it.</summary>
    public uint ReturnTypeOid { get; init; }

    /// <summary>Whether it returns a set.</summary>
    public bool ReturnsSet { get; init; }

    /// <summary>Its body.</summary>
    public string Body { get; init; } = "";

    /// <summary>The second string of a C function; else null.</summary>
    public string? LinkSymbol { get; init; }

    /// <summary>Whether the body is standard SQL.</summary>
    public bool IsSqlBody { get; init; }

    /// <summary>Volatility.</summary>
    public PgVolatility Volatility { get; init; } = PgVolatility.Volatile;

    /// <summary>STRICT.</summary>
    public bool IsStrict { get; init; }

    /// <summary>SECURITY DEFINER.</summary>
    public bool IsSecurityDefiner { get; init; }

    /// <summary>LEAKPROOF.</summary>
    public bool IsLeakproof { get; init; }

    /// <summary>PARALLEL.</summary>
    public string Parallel { get; init; } = "unsafe";

    /// <summary>COST where it is not the default.</summary>
    public double? Cost { get; init; }

    /// <summary>ROWS where it is not the default.</summary>
    public double? Rows { get; init; }

    /// <summary>SET.</summary>
    public ImmutableArray<StorageParameter> Settings { get; init; } = [];

    /// <summary>Whether it was made with a range type, and so is not distinguished from it.</summary>
    public bool IsOfType { get; init; }

    /// <summary>Definition of an aggregate: its options.</summary>
    public ImmutableArray<StorageParameter> AggregateOptions { get; init; } = [];

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>A parameter of a function.</summary>
/// <param name="Mode">Its mode.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="TypeOid">Its type.</param>
/// <param name="Default">Its default; else null.</param>
internal sealed record FunctionParameterInfo(ArgumentMode Mode, string Name, uint TypeOid, BoundNode? Default)
{
    /// <summary>Whether a call passes it.</summary>
    public bool IsInput => Mode is ArgumentMode.In or ArgumentMode.InOut or ArgumentMode.Variadic;

    /// <summary>Whether a call returns it.</summary>
    public bool IsOutput => Mode is ArgumentMode.Out or ArgumentMode.InOut or ArgumentMode.Table;
}

/// <summary>A trigger (<c>pg_trigger</c>).</summary>
internal sealed class TriggerObject(Database database, uint oid, RelationObject table, TriggerRow row) : CatalogObject<TriggerRow>(database, oid, row)
{
    /// <summary>Its table or view.</summary>
    public RelationObject Table { get; } = table;

    /// <summary>Its name.</summary>
    public string Name => Row.Name;
}

/// <summary>What can change of a <see cref="TriggerObject"/>.</summary>
internal sealed record TriggerRow(string Name, TriggerTiming Timing, TriggerEvents Events, uint FunctionOid)
{
    /// <summary>The columns of UPDATE OF.</summary>
    public ImmutableArray<short> UpdateColumns { get; init; } = [];

    /// <summary>FOR EACH ROW.</summary>
    public bool ForEachRow { get; init; }

    /// <summary>Its WHEN condition; else null.</summary>
    public BoundNode? When { get; init; }

    /// <summary>Its arguments.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Its constraint where it is a constraint trigger; else null.</summary>
    public ConstraintObject? Constraint { get; init; }

    /// <summary>FROM of a constraint trigger; else null.</summary>
    public RelationObject? ReferencedTable { get; init; }

    /// <summary>REFERENCING OLD TABLE.</summary>
    public string? OldTable { get; init; }

    /// <summary>REFERENCING NEW TABLE.</summary>
    public string? NewTable { get; init; }

    /// <summary>When it fires.</summary>
    public TriggerState State { get; init; }

    /// <summary>The partitioned table's trigger that it was cloned from; else null.</summary>
    public TriggerObject? Parent { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>A row-level security policy (<c>pg_policy</c>).</summary>
internal sealed class PolicyObject(Database database, uint oid, RelationObject table, PolicyRow row) : CatalogObject<PolicyRow>(database, oid, row)
{
    /// <summary>Its table.</summary>
    public RelationObject Table { get; } = table;

    /// <summary>Its name.</summary>
    public string Name => Row.Name;
}

/// <summary>What can change of a <see cref="PolicyObject"/>.</summary>
internal sealed record PolicyRow(string Name, PolicyCommand Command, bool IsPermissive)
{
    /// <summary>Its roles; empty stands for PUBLIC.</summary>
    public ImmutableArray<RoleObject> Roles { get; init; } = [];

    /// <summary>USING; else null.</summary>
    public BoundNode? Using { get; init; }

    /// <summary>WITH CHECK; else null.</summary>
    public BoundNode? WithCheck { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>A rewrite rule but for those that make views (<c>pg_rewrite</c>).</summary>
internal sealed class RuleObject(Database database, uint oid, RelationObject table, RuleRow row) : CatalogObject<RuleRow>(database, oid, row)
{
    /// <summary>Its table or view.</summary>
    public RelationObject Table { get; } = table;

    /// <summary>Its name.</summary>
    public string Name => Row.Name;
}

/// <summary>What can change of a <see cref="RuleObject"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">The statement as written.</param>
internal sealed record RuleRow(string Name, string Definition)
{
    /// <summary>When it fires.</summary>
    public TriggerState State { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>An installed extension (<c>pg_extension</c>).</summary>
internal sealed class ExtensionObject(Database database, uint oid, ExtensionRow row) : CatalogObject<ExtensionRow>(database, oid, row)
{
    /// <summary>Its name.</summary>
    public string Name => Row.Name;
}

/// <summary>What can change of an <see cref="ExtensionObject"/>.</summary>
internal sealed record ExtensionRow(string Name, NamespaceObject Namespace, string? Version)
{
    /// <summary>Whether a statement names the version; else it is the one that the server has.</summary>
    public bool IsVersionWritten { get; init; }

    /// <summary>Whether no statement that is known to succeed creates it, and it is only taken for installed.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>A publication (<c>pg_publication</c>).</summary>
internal sealed class PublicationObject(Database database, uint oid, PublicationRow row) : CatalogObject<PublicationRow>(database, oid, row)
{
    /// <summary>Its name.</summary>
    public string Name => Row.Name;
}

/// <summary>What can change of a <see cref="PublicationObject"/>.</summary>
internal sealed record PublicationRow(string Name, RoleObject Owner)
{
    /// <summary>FOR ALL TABLES.</summary>
    public bool AllTables { get; init; }

    /// <summary>Its tables.</summary>
    public ImmutableArray<RelationObject> Tables { get; init; } = [];

    /// <summary>Its schemas.</summary>
    public ImmutableArray<NamespaceObject> Namespaces { get; init; } = [];

    /// <summary>Its options.</summary>
    public ImmutableArray<StorageParameter> Options { get; init; } = [];

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>An object of a kind of which only existence counts: a foreign server, a text search configuration, a cast …</summary>
/// <param name="database">The database.</param>
/// <param name="oid">Its number.</param>
/// <param name="kind">What PostgreSQL's messages call it.</param>
/// <param name="row">Its name and schema.</param>
internal sealed class PlainObject(Database database, uint oid, string kind, PlainRow row) : CatalogObject<PlainRow>(database, oid, row)
{
    /// <summary>What PostgreSQL's messages call it.</summary>
    public string Kind { get; } = kind;
}

/// <summary>What can change of a <see cref="PlainObject"/>.</summary>
internal sealed record PlainRow(string Name, NamespaceObject? Namespace, RoleObject Owner)
{
    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}
