using System.Collections.Immutable;
using System.Globalization;

namespace Plumbline.PostgreSql.Builtins;

/// <summary>PostgreSQL's own objects together with those of the extensions that are installed: an empty database's catalog, and the ground that a fuller one
/// stands on.</summary>
internal sealed class BuiltinCatalog : IObjectCatalog
{
    /// <summary>The first number that a database gives to objects that its users create.</summary>
    public const uint FirstUserOid = 16384;

    /// <summary>The first of the numbers that the known extensions' objects have.</summary>
    public const uint FirstExtensionOid = 0x8000_0000;

    // The version that the texts were written from, and the last whose functions are known.
    private const int BaseVersion = 15;
    private const int LastVersion = 18;

    private static readonly Lazy<Collations> KnownCollations = new(() => new Collations());

    private readonly ObjectGroup _own;
    private readonly ImmutableSortedDictionary<string, Installed> _extensions;

    // The same objects as a plain array: these look-ups are the ones that a replay makes most.
    private readonly ObjectGroup[] _ofExtensions;

    private BuiltinCatalog(ObjectGroup own, ImmutableSortedDictionary<string, Installed> extensions)
    {
        _own = own;
        _extensions = extensions;
        _ofExtensions = [.. extensions.Values.Select(installed => installed.Objects)];
        HasUnknownObjects = extensions.Values.Any(installed => installed.Extension.Contents != ExtensionContents.Full);
    }

    /// <summary>PostgreSQL without any extension.</summary>
    public static BuiltinCatalog PostgreSql { get; } = new(
        new ObjectGroup("pg_catalog", kind => BuiltinText.Read(kind + ".tsv")),
        ImmutableSortedDictionary<string,
        Installed>.Empty.WithComparers(StringComparer.Ordinal));

    private static readonly ImmutableArray<Lazy<BuiltinCatalog>> Newer =
    [
        .. Enumerable.Range(BaseVersion + 1, LastVersion - BaseVersion).Select(version => new Lazy<BuiltinCatalog>(() => new BuiltinCatalog(
            new ObjectGroup("pg_catalog", kind => kind == "functions" ? FunctionsOf(version) : BuiltinText.Read(kind + ".tsv")),
            PostgreSql._extensions))),
    ];

    /// <summary>PostgreSQL of a version without any extension. Up to 15, what the version lacks is not left out; of newer ones, the functions are known.</summary>
    /// <param name="version">The major version.</param>
    public static BuiltinCatalog OfVersion(int version) => version <= BaseVersion ? PostgreSql : Newer[Math.Min(version, LastVersion) - BaseVersion - 1].Value;

    // Lines of one name follow each other.
    private static string FunctionsOf(int version)
    {
        var lines = ObjectGroup.Lines(BuiltinText.Read("functions.tsv")).ToList();
        foreach (var line in ObjectGroup.Lines(BuiltinText.Read("newer-functions.tsv")))
        {
            var since = line.IndexOf('\t', StringComparison.Ordinal);
            if (int.Parse(line.AsSpan(0, since), CultureInfo.InvariantCulture) <= version)
            {
                lines.Add(line[(since + 1)..]);
            }
        }

        return string.Join('\n', lines.OrderBy(l => l[..l.IndexOf('\t', StringComparison.Ordinal)], StringComparer.Ordinal));
    }

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
    public PgType? GetType(uint oid) => Get(oid, static (group, oid) => group.GetType(oid));

    /// <inheritdoc/>
    public PgType? FindType(string schema, string name) => Find(schema, name, static (group, schema, name) => group.FindType(schema, name));

    /// <inheritdoc/>
    public PgRelation? GetRelation(uint oid) => Get(oid, static (group, oid) => group.GetRelation(oid));

    /// <inheritdoc/>
    public PgRelation? FindRelation(string schema, string name) => Find(schema, name, static (group, schema, name) => group.FindRelation(schema, name));

    /// <inheritdoc/>
    public PgFunction? GetFunction(uint oid) => Get(oid, static (group, oid) => group.GetFunction(oid));

    /// <inheritdoc/>
    public IReadOnlyList<PgFunction> FindFunctions(string schema, string name) => All(schema, name, static (group, schema, name) => group.FindFunctions(schema, name));

    /// <inheritdoc/>
    public PgOperator? GetOperator(uint oid) => Get(oid, static (group, oid) => group.GetOperator(oid));

    /// <inheritdoc/>
    public IReadOnlyList<PgOperator> FindOperators(string schema, string name) => All(schema, name, static (group, schema, name) => group.FindOperators(schema, name));

    /// <inheritdoc/>
    public PgCast? FindCast(uint sourceOid, uint targetOid)
    {
        if (_own.FindCast(sourceOid, targetOid) is { } cast)
        {
            return cast;
        }

        // An extension's cast has one of its types on either side, or array types of built-in ones on neither.
        foreach (var group in _ofExtensions)
        {
            if (group.FindCast(sourceOid, targetOid) is { } own)
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
    public IReadOnlyList<PgOperatorClass> OperatorClasses(string accessMethod)
    {
        var own = _own.OperatorClasses(accessMethod);
        return _ofExtensions.Length == 0 ? own : [.. own, .. _ofExtensions.SelectMany(group => group.OperatorClasses(accessMethod))];
    }

    /// <summary>The operator class of this number; else null.</summary>
    public PgOperatorClass? FindOperatorClass(uint oid) => Get(oid, static (group, oid) => group.FindOperatorClass(oid));

    /// <summary>Whether there is an index method of this name.</summary>
    public bool HasAccessMethod(string name) =>
        name is "btree" or "hash" or "gist" or "gin" or "spgist" or "brin" || Array.Exists(_ofExtensions, group => group.AccessMethods().Contains(name));

    private T? Get<T>(uint oid, Func<ObjectGroup, uint, T?> get)
        where T : class
    {
        if (oid < FirstUserOid)
        {
            return get(_own, oid);
        }

        if (oid >= FirstExtensionOid)
        {
            foreach (var group in _ofExtensions)
            {
                if (get(group, oid) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private T? Find<T>(string schema, string name, Func<ObjectGroup, string, string, T?> find)
        where T : class
    {
        if (schema is "pg_catalog" or "information_schema" && find(_own, schema, name) is { } own)
        {
            return own;
        }

        foreach (var group in _ofExtensions)
        {
            if (find(group, schema, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private IReadOnlyList<T> All<T>(string schema, string name, Func<ObjectGroup, string, string, IReadOnlyList<T>> find)
    {
        var all = schema == "pg_catalog" ? find(_own, schema, name) : [];
        foreach (var group in _ofExtensions)
        {
            if (find(group, schema, name) is { Count: > 0 } found)
            {
                all = [.. all, .. found];
            }
        }

        return all;
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
