using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <content>The database as expressions see it.</content>
internal sealed partial class Database : IObjectCatalog
{
    // What it costs to look for a name in one schema, and to weigh one overload for a call, in steps.
    private const int OfSchema = 6;
    private const int OfOverload = 20;

    private ImmutableArray<string> _searchPath;
    private ImmutableArray<string> _pathSetting = ["$user", "public"];

    /// <inheritdoc/>
    public ImmutableArray<string> SearchPath
    {
        get
        {
            if (_searchPath.IsDefault)
            {
                _searchPath = ResolvePath(_pathSetting, CurrentRoleName);
                Journal.Budget.UseSteps(_pathSetting.Length * OfSchema);
            }

            // Who asks for it looks for a name in one schema after the other.
            Journal.Budget.UseSteps(_searchPath.Length * OfSchema);
            return _searchPath;
        }
    }

    /// <summary>The setting <c>search_path</c>, as the session has it.</summary>
    public ImmutableArray<string> PathSetting
    {
        get => _pathSetting;
        set
        {
            _pathSetting = value;
            _searchPath = default;
        }
    }

    /// <summary>The name that <c>$user</c> stands for.</summary>
    public string CurrentRoleName { get; set; } = "postgres";

    /// <inheritdoc/>
    public bool HasUnknownObjects => Builtins.HasUnknownObjects;

    /// <summary>The search path that a setting makes: the schemas that exist, with <c>pg_catalog</c> first unless it is named.</summary>
    public ImmutableArray<string> ResolvePath(ImmutableArray<string> setting, string role)
    {
        var path = ImmutableArray.CreateBuilder<string>(setting.Length + 1);
        if (!setting.Contains("pg_temp") && _namespaces.Contains("pg_temp"))
        {
            path.Add("pg_temp");
        }

        if (!setting.Contains("pg_catalog"))
        {
            path.Add("pg_catalog");
        }

        var seen = new HashSet<string>(path, StringComparer.Ordinal);
        foreach (var entry in setting)
        {
            var name = entry == "$user" ? role : entry;
            if (_namespaces.Contains(name) && seen.Add(name))
            {
                path.Add(name);
            }
        }

        return path.ToImmutable();
    }

    /// <summary>Resolves the search path again when it is next asked for.</summary>
    public void ForgetSearchPath() => _searchPath = default;

    /// <summary>Forgets what expressions see, since a schema has another name.</summary>
    public void ForgetViews()
    {
        foreach (var item in _relations.Values)
        {
            item.Forget();
        }

        foreach (var item in _types.Values)
        {
            item.Forget();
        }

        foreach (var item in Functions)
        {
            item.Forget();
        }

        ForgetSearchPath();
    }

    /// <inheritdoc/>
    public bool HasSchema(string name) => _namespaces.Contains(name);

    /// <inheritdoc/>
    public PgType? GetType(uint oid) => IsOwn(oid) ? (_objects[oid] as TypeObject)?.View : Builtins.GetType(oid);

    /// <inheritdoc/>
    public PgType? FindType(string schema, string name) =>
        _namespaces[schema] is { } found && _types[(found, name)] is { } own ? own.View : Builtins.FindType(schema, name);

    /// <inheritdoc/>
    public PgRelation? GetRelation(uint oid) => IsOwn(oid) ? SeenWhole(_objects[oid] as RelationObject) : Builtins.GetRelation(oid);

    /// <inheritdoc/>
    public PgRelation? FindRelation(string schema, string name) =>
        _namespaces[schema] is { } found && _relations[(found, name)] is { } own ? SeenWhole(own) : Builtins.FindRelation(schema, name);

    /// <inheritdoc/>
    public PgFunction? GetFunction(uint oid) => IsOwn(oid) ? (_objects[oid] as FunctionObject)?.View : Builtins.GetFunction(oid);

    /// <inheritdoc/>
    public IReadOnlyList<PgFunction> FindFunctions(string schema, string name)
    {
        var others = Builtins.FindFunctions(schema, name);
        if (_namespaces[schema] is not { } found || _functions[(found, name)] is not { Items.Length: > 0 } own)
        {
            return others;
        }

        Journal.Budget.UseSteps(own.Items.Length * OfOverload);
        return [.. own.Items.Select(function => function.View), .. others];
    }

    /// <inheritdoc/>
    public PgOperator? GetOperator(uint oid) => Builtins.GetOperator(oid);

    /// <inheritdoc/>
    public IReadOnlyList<PgOperator> FindOperators(string schema, string name) => Builtins.FindOperators(schema, name);

    /// <inheritdoc/>
    public PgCast? FindCast(uint sourceOid, uint targetOid) => Builtins.FindCast(sourceOid, targetOid);

    /// <inheritdoc/>
    public PgCollation? GetCollation(uint oid) => Builtins.GetCollation(oid);

    /// <inheritdoc/>
    public PgCollation? FindCollation(string schema, string name) => Builtins.FindCollation(schema, name);

    /// <inheritdoc/>
    public IReadOnlyList<PgOperatorClass> OperatorClasses(string accessMethod) => Builtins.OperatorClasses(accessMethod);

    // An expression or query goes through all columns of a relation that it names.
    private PgRelation? SeenWhole(RelationObject? relation)
    {
        var view = relation?.View;
        Journal.Budget.UseColumns(view?.Columns.Length ?? 0);
        return view;
    }

    private static bool IsOwn(uint oid) => oid is >= BuiltinCatalog.FirstUserOid and < BuiltinCatalog.FirstExtensionOid;
}
