using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>One database of the imagined server: its catalogs, and the roles that it shares with others. Every change goes through its journal.</summary>
internal sealed partial class Database
{
    private readonly Journaled<BuiltinCatalog> _builtins;
    private readonly JournaledMap<uint, CatalogObject> _objects;
    private readonly JournaledMap<string, NamespaceObject> _namespaces;
    private readonly JournaledMap<(NamespaceObject, string), RelationObject> _relations;
    private readonly JournaledMap<(NamespaceObject, string), TypeObject> _types;
    private readonly JournaledMap<(NamespaceObject, string), JournaledList<FunctionObject>> _functions;
    private readonly JournaledMap<string, RoleObject> _roles;
    private readonly JournaledMap<string, ExtensionObject> _extensions;
    private readonly JournaledMap<string, PublicationObject> _publications;
    private readonly JournaledMap<(string, NamespaceObject?, string), PlainObject> _others;
    private readonly List<TypeObject> _withUnsafeLabels = [];
    private uint _nextOid = BuiltinCatalog.FirstUserOid;

    /// <summary>An empty database.</summary>
    /// <param name="version">The server's major version.</param>
    public Database(int version)
    {
        Journal = new Journal { Statement = new StatementRef(-1, 0, 0) };
        _builtins = new Journaled<BuiltinCatalog>(Journal, BuiltinCatalog.OfVersion(version));
        _objects = new JournaledMap<uint, CatalogObject>(Journal);
        _namespaces = new JournaledMap<string, NamespaceObject>(Journal);
        _relations = new JournaledMap<(NamespaceObject, string), RelationObject>(Journal);
        _types = new JournaledMap<(NamespaceObject, string), TypeObject>(Journal);
        _functions = new JournaledMap<(NamespaceObject, string), JournaledList<FunctionObject>>(Journal);
        _roles = new JournaledMap<string, RoleObject>(Journal);
        _extensions = new JournaledMap<string, ExtensionObject>(Journal);
        _publications = new JournaledMap<string, PublicationObject>(Journal);
        _others = new JournaledMap<(string, NamespaceObject?, string), PlainObject>(Journal);
        NameStarts = new NameStarts(Journal);
        _constraintNames = new JournaledMap<(NamespaceObject, string), JournaledList<ConstraintObject>>(Journal);
        DefaultAcls = new Journaled<ImmutableArray<DefaultAcl>>(Journal, []);
        Superuser = new RoleObject(this, 10, new RoleRow("postgres") { IsSuperuser = true });
        Add(Superuser);
        DatabaseOwner = AddSystemRole(6171, "pg_database_owner");
        AddSystemRole(6181, "pg_read_all_data");
        AddSystemRole(6182, "pg_write_all_data");
        AddSystemRole(3373, "pg_monitor");
        AddSystemRole(3374, "pg_read_all_settings");
        AddSystemRole(3375, "pg_read_all_stats");
        AddSystemRole(3377, "pg_stat_scan_tables");
        AddSystemRole(4200, "pg_signal_backend");
        AddSystemRole(4569, "pg_read_server_files");
        AddSystemRole(4570, "pg_write_server_files");
        AddSystemRole(4571, "pg_execute_server_program");
        AddSystemRole(4544, "pg_checkpoint");
        PgCatalog = new NamespaceObject(this, 11, new NamespaceRow("pg_catalog", Superuser));
        Add(PgCatalog);
        Add(new NamespaceObject(this, 99, new NamespaceRow("pg_toast", Superuser)));
        InformationSchema = new NamespaceObject(this, 13000, new NamespaceRow("information_schema", Superuser));
        Add(InformationSchema);
        Public = new NamespaceObject(this, 2200, new NamespaceRow("public", DatabaseOwner)
        {
            Acl = [new AclItem(DatabaseOwner, DatabaseOwner, Privileges.Bits("UC"), 0), new AclItem(null, DatabaseOwner, Privileges.Bits("U"), 0)],
        });
        Add(Public);
        Add(new ExtensionObject(this, 13600, new ExtensionRow("plpgsql", PgCatalog, "1.0")));
        Journal.CommitTo(0);
    }

    /// <summary>Held by the caller that reads the database at the end of a replay, or goes on from there.</summary>
    public object Gate { get; set; } = new();

    /// <summary>What takes changes back.</summary>
    public Journal Journal { get; }

    /// <summary>The number of the running transaction: labels that it adds to enums may not be used before it ends.</summary>
    public int Transaction { get; set; }

    /// <summary>The role that runs everything unless a statement says otherwise.</summary>
    public RoleObject Superuser { get; }

    /// <summary><c>pg_database_owner</c>, which owns <c>public</c>.</summary>
    public RoleObject DatabaseOwner { get; }

    /// <summary><c>pg_catalog</c>.</summary>
    public NamespaceObject PgCatalog { get; }

    /// <summary><c>information_schema</c>.</summary>
    public NamespaceObject InformationSchema { get; }

    /// <summary><c>public</c> as the database begins with it; it may be dropped.</summary>
    public NamespaceObject Public { get; }

    /// <summary>The schema that the connection names; null where it names none. It may be dropped.</summary>
    public NamespaceObject? Default { get; private set; }

    /// <summary>PostgreSQL's own objects and those of the installed extensions.</summary>
    public BuiltinCatalog Builtins => _builtins.Value;

    /// <summary><c>pg_default_acl</c>.</summary>
    public Journaled<ImmutableArray<DefaultAcl>> DefaultAcls { get; }

    /// <summary>How many objects there are.</summary>
    public int ObjectCount => _objects.Count;

    /// <summary>Every schema.</summary>
    public IEnumerable<NamespaceObject> Namespaces => _namespaces.Values;

    /// <summary>Every relation.</summary>
    public IEnumerable<RelationObject> Relations => _relations.Values;

    /// <summary>What is known of the numbers of names that PostgreSQL chooses.</summary>
    public NameStarts NameStarts { get; }

    /// <summary>Every type that a statement made, row types and arrays too.</summary>
    public IEnumerable<TypeObject> Types => _types.Values;

    /// <summary>Every function that a statement made.</summary>
    public IEnumerable<FunctionObject> Functions => _functions.Values.SelectMany(list => list.Items);

    /// <summary>Every role.</summary>
    public IEnumerable<RoleObject> Roles => _roles.Values;

    /// <summary>Every extension.</summary>
    public IEnumerable<ExtensionObject> Extensions => _extensions.Values;

    /// <summary>Every publication.</summary>
    public IEnumerable<PublicationObject> Publications => _publications.Values;

    /// <summary>The next number.</summary>
    /// <exception cref="CannotKnowException">The budget of the history is used up.</exception>
    public uint NextOid()
    {
        Journal.Budget.UseForMember(0);
        return _nextOid++;
    }

    /// <summary>The number that comes next.</summary>
    public uint PeekOid => _nextOid;

    /// <summary>Lets expressions see the labels that the transaction that ended had added.</summary>
    public void ForgetUnsafeLabels()
    {
        foreach (var type in _withUnsafeLabels)
        {
            type.Forget();
        }

        _withUnsafeLabels.Clear();
    }

    /// <summary>Notes that an enum has labels that may not be used before the transaction ends.</summary>
    public void NoteUnsafeLabels(TypeObject type) => _withUnsafeLabels.Add(type);

    /// <summary>The object of a number; null where there is none.</summary>
    public CatalogObject? FindObject(uint oid) => _objects[oid];

    /// <summary>The schema of a name; null where there is none.</summary>
    public NamespaceObject? FindNamespace(string name) => _namespaces[name];

    /// <summary>The relation of a name; null where there is none.</summary>
    public RelationObject? FindRelation(NamespaceObject schema, string name) => _relations[(schema, name)];

    /// <summary>The type that a statement made; null where there is none of this name.</summary>
    public TypeObject? FindOwnType(NamespaceObject schema, string name) => _types[(schema, name)];

    /// <summary>The functions of a name that statements made.</summary>
    public ImmutableArray<FunctionObject> FindOwnFunctions(NamespaceObject schema, string name)
    {
        var found = _functions[(schema, name)]?.Items ?? [];
        Journal.Budget.UseSteps(found.Length);
        return found;
    }

    /// <summary>The role of a name; null where there is none.</summary>
    public RoleObject? FindRole(string name) => _roles[name];

    /// <summary>The extension of a name; null where it is not installed.</summary>
    public ExtensionObject? FindExtension(string name) => _extensions[name];

    /// <summary>The publication of a name; null where there is none.</summary>
    public PublicationObject? FindPublication(string name) => _publications[name];

    /// <summary>The object of a kind that only exists; null where there is none.</summary>
    public PlainObject? FindOther(string kind, NamespaceObject? schema, string name) => _others[(kind, schema, name)];

    /// <summary>Stores a schema.</summary>
    public void Add(NamespaceObject item)
    {
        _objects[item.Oid] = item;
        _namespaces[item.Name] = item;
        ForgetSearchPath();
    }

    /// <summary>Makes sure that the schema that the connection names is there.</summary>
    public void AddDefaultNamespace(string name)
    {
        Default = FindNamespace(name);
        if (Default is null)
        {
            Default = new NamespaceObject(this, NextOid(), new NamespaceRow(name, Superuser));
            Add(Default);
        }
    }

    /// <summary>Stores a role.</summary>
    public void Add(RoleObject item)
    {
        _objects[item.Oid] = item;
        _roles[item.Name] = item;
    }

    /// <summary>Stores a relation.</summary>
    public void Add(RelationObject item)
    {
        _objects[item.Oid] = item;
        _relations[(item.Namespace, item.Name)] = item;
    }

    /// <summary>Stores a type.</summary>
    public void Add(TypeObject item)
    {
        _objects[item.Oid] = item;
        _types[(item.Namespace, item.Name)] = item;
    }

    /// <summary>Stores a function.</summary>
    public void Add(FunctionObject item)
    {
        _objects[item.Oid] = item;
        FunctionsOf(item.Namespace, item.Name).Add(item);
    }

    /// <summary>Stores an extension.</summary>
    public void Add(ExtensionObject item)
    {
        _objects[item.Oid] = item;
        _extensions[item.Name] = item;
    }

    /// <summary>Stores a publication.</summary>
    public void Add(PublicationObject item)
    {
        _objects[item.Oid] = item;
        _publications[item.Name] = item;
    }

    /// <summary>Stores an object that only exists.</summary>
    public void Add(PlainObject item)
    {
        _objects[item.Oid] = item;
        _others[(item.Kind, item.Row.Namespace, item.Row.Name)] = item;
    }

    /// <summary>Stores an object that is found through its table or type only: a constraint, default, trigger, policy or rule.</summary>
    public void AddMember(CatalogObject item) => _objects[item.Oid] = item;

    /// <summary>Gives a schema another name.</summary>
    public void Rename(NamespaceObject item, string name)
    {
        _namespaces[item.Name] = null;
        item.Row = item.Row with { Name = name };
        _namespaces[name] = item;
        ForgetSearchPath();
        foreach (var extension in _extensions.Values)
        {
            if (extension.Row.Namespace == item && KnownExtension.All.TryGetValue(extension.Name, out var known))
            {
                _builtins.Value = _builtins.Value.With(known, name);
            }
        }
    }

    /// <summary>Gives a role another name.</summary>
    public void Rename(RoleObject item, string name)
    {
        _roles[item.Name] = null;
        item.Row = item.Row with { Name = name };
        _roles[name] = item;
    }

    /// <summary>Gives a relation another name, or another schema.</summary>
    public void Rename(RelationObject item, NamespaceObject schema, string name)
    {
        _relations[(item.Namespace, item.Name)] = null;
        item.Row = item.Row with { Name = name, Namespace = schema };
        _relations[(schema, name)] = item;
    }

    /// <summary>Gives a type another name, or another schema.</summary>
    public void Rename(TypeObject item, NamespaceObject schema, string name)
    {
        _types[(item.Namespace, item.Name)] = null;
        item.Row = item.Row with { Name = name, Namespace = schema };
        _types[(schema, name)] = item;
    }

    /// <summary>Gives a function another name, or another schema.</summary>
    public void Rename(FunctionObject item, NamespaceObject schema, string name)
    {
        FunctionsOf(item.Namespace, item.Name).Remove(item);
        item.Row = item.Row with { Name = name, Namespace = schema };
        FunctionsOf(schema, name).Add(item);
    }

    /// <summary>Gives a publication another name.</summary>
    public void Rename(PublicationObject item, string name)
    {
        _publications[item.Name] = null;
        item.Row = item.Row with { Name = name };
        _publications[name] = item;
    }

    /// <summary>Gives an object that only exists another name.</summary>
    public void Rename(PlainObject item, NamespaceObject? schema, string name)
    {
        _others[(item.Kind, item.Row.Namespace, item.Row.Name)] = null;
        item.Row = item.Row with { Name = name, Namespace = schema };
        _others[(item.Kind, schema, name)] = item;
    }

    /// <summary>Puts the objects of an extension there.</summary>
    public void Install(KnownExtension extension, string schema) => _builtins.Value = _builtins.Value.With(extension, schema);

    /// <summary>Notes that something depends on something else. What the server itself brought is never noted.</summary>
    public void Depend(ObjectAddress dependent, ObjectAddress referenced, DependencyType kind)
    {
        if (referenced.Object.Oid < BuiltinCatalog.FirstUserOid && referenced.Object is not ColumnObject && referenced.Object != Public)
        {
            return;
        }

        var dependency = new Dependency(dependent, referenced, kind);
        dependent.Object.DependsOn.Add(dependency);
        referenced.Object.ReferencedBy.Add(dependency);
    }

    /// <summary>Notes what an expression needs.</summary>
    /// <param name="dependent">What holds the expression.</param>
    /// <param name="node">The expression; null has no needs.</param>
    /// <param name="kind">How it needs what it names.</param>
    /// <param name="self">The relation whose columns are needed by <paramref name="selfKind"/> instead; else null.</param>
    /// <param name="selfKind">How the columns of <paramref name="self"/> are needed.</param>
    public void DependOn(
        ObjectAddress dependent, BoundNode? node, DependencyType kind, RelationObject? self = null, DependencyType selfKind = DependencyType.Auto)
    {
        if (node is null)
        {
            return;
        }

        Journal.Budget.UseText(node.Source.Length);
        foreach (var needed in node.Dependencies)
        {
            DependOn(
                dependent,
                needed,
                self is not null && needed.Kind is DependencyKind.Relation or DependencyKind.Column && needed.Oid == self?.Oid ? selfKind : kind);
        }
    }

    /// <summary>Notes that something needs an object that is known by number.</summary>
    public void DependOn(ObjectAddress dependent, ObjectDependency needed, DependencyType kind)
    {
        if (needed.Oid < BuiltinCatalog.FirstUserOid)
        {
            return;
        }

        if (needed.Oid >= BuiltinCatalog.FirstExtensionOid)
        {
            if (OwningExtension(needed.Oid) is { } extension)
            {
                var dependency = new Dependency(dependent, new ObjectAddress(extension), kind, needed);
                dependent.Object.DependsOn.Add(dependency);
                extension.ReferencedBy.Add(dependency);
            }

            return;
        }

        if (_objects[needed.Oid] is { } referenced)
        {
            // An array, and the row type of a relation, stand for what they are made from.
            if (referenced is TypeObject { Row.IsArray: true } array && _objects[array.Row.ElementOid] is { } element)
            {
                referenced = element;
            }

            Depend(dependent, new ObjectAddress(referenced, needed.Kind == DependencyKind.Column ? needed.Column : (short)0), kind);
        }
    }

    /// <summary>Notes that something needs a type.</summary>
    public void DependOnType(ObjectAddress dependent, uint typeOid)
    {
        if (typeOid >= BuiltinCatalog.FirstUserOid)
        {
            DependOn(dependent, new ObjectDependency(DependencyKind.Type, typeOid), DependencyType.Normal);
        }
    }

    /// <summary>Forgets what an object, or one column of it, needs.</summary>
    public static void ForgetDependencies(ObjectAddress dependent, Func<Dependency, bool>? which = null)
    {
        foreach (var dependency in dependent.Object.DependsOn.Items.ToArray())
        {
            if ((dependent.Column == 0 || dependency.Dependent.Column == dependent.Column) && which?.Invoke(dependency) != false)
            {
                dependent.Object.DependsOn.Remove(dependency);
                dependency.Referenced.Object.ReferencedBy.Remove(dependency);
            }
        }
    }

    /// <summary>The extension that brought an object; null where none that is installed did.</summary>
    public ExtensionObject? OwningExtension(uint oid)
    {
        foreach (var extension in _extensions.Values)
        {
            if (Builtins.Extension(extension.Name) is { } group &&
                (group.GetType(oid) is not null || group.GetFunction(oid) is not null || group.GetOperator(oid) is not null ||
                    group.GetRelation(oid) is not null
                || group.OwnsOperatorClass(oid)))
            {
                return extension;
            }
        }

        return null;
    }

    private JournaledList<FunctionObject> FunctionsOf(NamespaceObject schema, string name)
    {
        if (_functions[(schema, name)] is { } list)
        {
            return list;
        }

        list = new JournaledList<FunctionObject>(Journal);
        _functions[(schema, name)] = list;
        return list;
    }

    private RoleObject AddSystemRole(uint oid, string name)
    {
        var role = new RoleObject(this, oid, new RoleRow(name));
        Add(role);
        return role;
    }
}

/// <summary>An entry of <c>pg_default_acl</c>.</summary>
/// <param name="Role">The role whose new objects get it.</param>
/// <param name="Namespace">The schema that it is for; null for all.</param>
/// <param name="Kind"><c>r</c> tables, <c>S</c> sequences, <c>f</c> functions, <c>T</c> types, <c>n</c> schemas.</param>
/// <param name="Acl">What they get.</param>
internal sealed record DefaultAcl(RoleObject Role, NamespaceObject? Namespace, char Kind, ImmutableArray<AclItem> Acl);
