using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>PostgreSQL's own objects together with those of the extensions that are installed: an empty database's catalog, and the ground that a fuller one
/// stands on.</summary>
internal sealed class BuiltinCatalog : IObjectCatalog
{
    /// <summary>The first number that a database gives to objects that its users create.</summary>
    public const uint FirstUserOid = 16384;

    /// <summary>The first of the numbers that the known extensions' objects have.</summary>
    public const uint FirstExtensionOid = 0x8000_0000;

    private static readonly Lazy<Collations> KnownCollations = new(() => new Collations());

    private readonly ObjectGroup _own;
    private readonly ImmutableSortedDictionary<string, Installed> _extensions;

    private BuiltinCatalog(ObjectGroup own, ImmutableSortedDictionary<string, Installed> extensions)
    {
        _own = own;
        _extensions = extensions;
        HasUnknownObjects = extensions.Values.Any(installed => installed.Extension.Contents != ExtensionContents.Full);
    }

    /// <summary>PostgreSQL without any extension.</summary>
    public static BuiltinCatalog PostgreSql { get; } = new(
        new ObjectGroup("pg_catalog", kind => BuiltinText.Read(kind + ".tsv")),
        ImmutableSortedDictionary<string,
        Installed>.Empty.WithComparers(StringComparer.Ordinal));

    /// <inheritdoc/>
    public ImmutableArray<string> SearchPath => ["pg_catalog"];

    /// <inheritdoc/>
    public bool HasUnknownObjects { get; }

    /// <summary>The objects of PostgreSQL itself.</summary>
    public ObjectGroup Own => _own;

    /// <summary>This catalog with an extension's objects in a schema.</summary>
    public BuiltinCatalog With(KnownExtension extension, string schema) =>
        new(_own, _extensions.SetItem(extension.Name, new Installed(extension, extension.InstallIn(schema))));

    /// <summary>This catalog without an extension's objects.</summary>
    public BuiltinCatalog Without(string extension) => new(_own, _extensions.Remove(extension));

    /// <summary>The objects of an installed extension; null where it is not installed.</summary>
    public ObjectGroup? Extension(string name) => _extensions.GetValueOrDefault(name)?.Objects;

    /// <inheritdoc/>
    public bool HasSchema(string name) => name is "pg_catalog" or "information_schema";

    /// <inheritdoc/>
    public PgType? GetType(uint oid) => Get(oid, group => group.GetType(oid));

    /// <inheritdoc/>
    public PgType? FindType(string schema, string name) => Find(schema, group => group.FindType(schema, name));

    /// <inheritdoc/>
    public PgRelation? GetRelation(uint oid) => Get(oid, group => group.GetRelation(oid));

    /// <inheritdoc/>
    public PgRelation? FindRelation(string schema, string name) => Find(schema, group => group.FindRelation(schema, name));

    /// <inheritdoc/>
    public PgFunction? GetFunction(uint oid) => Get(oid, group => group.GetFunction(oid));

    /// <inheritdoc/>
    public IReadOnlyList<PgFunction> FindFunctions(string schema, string name) => All(schema, group => group.FindFunctions(schema, name));

    /// <inheritdoc/>
    public PgOperator? GetOperator(uint oid) => Get(oid, group => group.GetOperator(oid));

    /// <inheritdoc/>
    public IReadOnlyList<PgOperator> FindOperators(string schema, string name) => All(schema, group => group.FindOperators(schema, name));

    /// <inheritdoc/>
    public PgCast? FindCast(uint sourceOid, uint targetOid)
    {
        if (_own.FindCast(sourceOid, targetOid) is { } cast)
        {
            return cast;
        }

        // An extension's cast has one of its types on either side, or array types of built-in ones on neither.
        foreach (var installed in _extensions.Values)
        {
            if (installed.Objects.FindCast(sourceOid, targetOid) is { } own)
            {
                return own;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public PgCollation? GetCollation(uint oid) => KnownCollations.Value.ByOid.GetValueOrDefault(oid);

    /// <inheritdoc/>
    public PgCollation? FindCollation(string schema, string name) => schema == "pg_catalog" ? KnownCollations.Value.ByName.GetValueOrDefault(name) : null;

    /// <inheritdoc/>
    public IReadOnlyList<PgOperatorClass> OperatorClasses(string accessMethod) =>
        [.. _own.OperatorClasses(accessMethod), .. _extensions.Values.SelectMany(installed => installed.Objects.OperatorClasses(accessMethod))];

    /// <summary>The operator class of this number; else null.</summary>
    public PgOperatorClass? FindOperatorClass(uint oid) =>
        _own.FindOperatorClass(oid) ?? _extensions.Values.Select(installed => installed.Objects.FindOperatorClass(oid)).FirstOrDefault(found => found is not null);

    /// <summary>Whether there is an index method of this name.</summary>
    public bool HasAccessMethod(string name) =>
        name is "btree" or "hash" or "gist" or "gin" or "spgist" or "brin" ||
            _extensions.Values.Any(installed => installed.Objects.AccessMethods().Contains(name));

    private T? Get<T>(uint oid, Func<ObjectGroup, T?> get)
        where T : class
    {
        if (oid < FirstUserOid)
        {
            return get(_own);
        }

        return oid < FirstExtensionOid ? null : _extensions.Values.Select(installed => get(installed.Objects)).FirstOrDefault(found => found is not null);
    }

    private T? Find<T>(string schema, Func<ObjectGroup, T?> find)
        where T : class
    {
        if (schema is "pg_catalog" or "information_schema" && find(_own) is { } own)
        {
            return own;
        }

        return _extensions.IsEmpty ? null : _extensions.Values.Select(installed => find(installed.Objects)).FirstOrDefault(found => found is not null);
    }

    private IReadOnlyList<T> All<T>(string schema, Func<ObjectGroup, IReadOnlyList<T>> find)
    {
        var own = schema == "pg_catalog" ? find(_own) : [];
        if (_extensions.IsEmpty)
        {
            return own;
        }

        var others = _extensions.Values.SelectMany(installed => find(installed.Objects)).ToList();
        return others.Count == 0 ? own : [.. own, .. others];
    }

    private sealed record Installed(KnownExtension Extension, ObjectGroup Objects);

    private sealed class Collations
    {
        public Collations()
        {
            foreach (var line in ObjectGroup.Lines(BuiltinText.Read("collations.tsv")))
            {
                var fields = new FieldReader(line);
                var name = fields.Next().ToString();
                var collation = new PgCollation(fields.NextOid(), "pg_catalog", name);
                ByName[name] = collation;
                ByOid[collation.Oid] = collation;
            }
        }

        public Dictionary<string, PgCollation> ByName { get; } = [];

        public Dictionary<uint, PgCollation> ByOid { get; } = [];
    }
}
