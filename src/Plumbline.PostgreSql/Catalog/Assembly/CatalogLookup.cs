using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>What the rows of a catalog call each other by: numbers, turned into names.</summary>
internal sealed class CatalogLookup
{
    private const string PublicComment = "standard public schema";

    private readonly Dictionary<uint, NamespaceRow> _namespaces;
    private readonly Dictionary<uint, string> _roles;
    private readonly Dictionary<uint, TypeRow> _types;
    private readonly ConcurrentDictionary<uint, ColumnType> _plainTypes = new();
    private readonly Dictionary<(uint, int), string> _formats = [];
    private readonly Dictionary<uint, CollationRow> _collations;
    private readonly Dictionary<uint, RelationRow> _relations;
    private readonly Dictionary<uint, IndexRow> _indexes;
    private readonly Dictionary<uint, List<ColumnRow>> _columns = [];
    private readonly Dictionary<uint, List<uint>> _parents = [];
    private readonly Dictionary<(string, uint, int), string> _comments = [];
    private readonly AclReader _acl;
    private readonly uint _creator;

    /// <summary>Looks through rows.</summary>
    public CatalogLookup(CatalogRows rows)
    {
        _namespaces = rows.Namespaces.Rows.ToDictionary(n => n.Oid);
        _roles = rows.Roles.Rows.ToDictionary(r => r.Oid, r => r.Name);
        _types = rows.Types.Rows.ToDictionary(t => t.Oid);
        _collations = rows.Collations.Rows.ToDictionary(c => c.Oid);
        _relations = rows.Relations.Rows.ToDictionary(r => r.Oid);
        _indexes = rows.Indexes.Rows.ToDictionary(i => i.Oid);
        _creator = CreatorOf(rows);
        _acl = new AclReader(_roles.GetValueOrDefault(_creator, AclReader.Creator), rows.Server.Rows[0].VersionNumber / 10000);
        foreach (var type in rows.Types.Rows)
        {
            AddFormat(type.Base, type.BaseModifier, type.BaseFormat);
        }

        foreach (var column in rows.Columns.Rows)
        {
            AddFormat(column.Type, column.Modifier, column.TypeFormat);
            Add(_columns, column.Relation, column);
        }

        foreach (var child in rows.Inheritance.Rows)
        {
            Add(_parents, child.Child, child.Parent);
        }

        foreach (var comment in rows.Comments.Rows)
        {
            _comments[(comment.Catalog, comment.Oid, comment.Member)] = comment.Text;
        }
    }

    /// <summary>The relation of a number; null for what lies in a system schema.</summary>
    public RelationRow? Relation(uint oid) => _relations.GetValueOrDefault(oid);

    /// <summary>The index of a number; null for what lies in a system schema.</summary>
    public IndexRow? Index(uint oid) => _indexes.GetValueOrDefault(oid);

    /// <summary>The type of a number.</summary>
    public TypeRow? TypeRow(uint oid) => _types.GetValueOrDefault(oid);

    /// <summary>The schema of a number.</summary>
    public NamespaceRow? Namespace(uint oid) => _namespaces.GetValueOrDefault(oid);

    /// <summary>Name of a relation.</summary>
    public ObjectName NameOf(RelationRow relation) => Name(relation.Namespace, relation.Name);

    /// <summary>Name of the relation of a number; null where it is none of the project's.</summary>
    public ObjectName? NameOfRelation(uint oid) => Relation(oid) is { } relation ? NameOf(relation) : null;

    /// <summary>Name of the index of a number; null where it is none of the project's.</summary>
    public ObjectName? NameOfIndex(uint oid) => Index(oid) is { } index ? Name(index.Namespace, index.Name) : null;

    /// <summary>A name in a schema.</summary>
    public ObjectName Name(uint schema, string name) => new(_namespaces.TryGetValue(schema, out var found) ? found.Name : "", name);

    /// <summary>Name of a role; a number where it has none any more, as PostgreSQL prints it.</summary>
    public string Role(uint oid) => oid == _creator ? AclReader.Creator : _roles.TryGetValue(oid, out var name) ? name : $"unknown (OID={oid})";

    /// <summary>The roles that no policy holds back, sorted. A role with the name that the model uses for the creator, but another one, is left out.</summary>
    public ImmutableArray<string> RolesPastRowSecurity(IEnumerable<RoleRow> roles) =>
        [.. roles.Where(r => r.PassesRowSecurity && (r.Oid == _creator || r.Name != AclReader.Creator)).Select(r => Role(r.Oid)).Order(StringComparer.Ordinal)];

    /// <summary>Name of an owner; null for the role that owns everything.</summary>
    public string? Owner(uint oid) => oid == _creator || Role(oid) == "pg_database_owner" ? null : Role(oid);

    /// <summary>Privileges; null for none.</summary>
    public ImmutableArray<Grant>? Grants(string?[]? acl) => _acl.Read(acl);

    /// <summary>The columns of a relation, in their order.</summary>
    public IReadOnlyList<ColumnRow> Columns(uint relation) => _columns.TryGetValue(relation, out var columns) ? columns : [];

    /// <summary>Names of columns.</summary>
    public ImmutableArray<string> ColumnNames(uint relation, ReadOnlySpan<short> numbers)
    {
        var names = ImmutableArray.CreateBuilder<string>(numbers.Length);
        foreach (var number in numbers)
        {
            names.Add(ColumnName(relation, number));
        }

        return names.ToImmutable();
    }

    /// <summary>Name of a column.</summary>
    public string ColumnName(uint relation, int number) => Column(relation, number)?.Name ?? "";

    /// <summary>The column of a number; null where it was dropped.</summary>
    public ColumnRow? Column(uint relation, int number)
    {
        foreach (var column in Columns(relation))
        {
            if (column.Number == number)
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>The tables that a table inherits from, or the index that an index is a part of.</summary>
    public IReadOnlyList<uint> Parents(uint relation) => _parents.TryGetValue(relation, out var parents) ? parents : [];

    /// <summary>A comment; null where there is none.</summary>
    /// <param name="catalog">The catalog that the object is a row of.</param>
    /// <param name="oid">The object.</param>
    /// <param name="member">Its column; 0 for itself.</param>
    public string? Comment(string catalog, uint oid, int member = 0) => _comments.GetValueOrDefault((catalog, oid, member));

    /// <summary>The comment of a schema; the one that every new database has on its schema <c>public</c> is none.</summary>
    public string? Comment(NamespaceRow schema) => Comment("pg_namespace", schema.Oid) is { } text && !(schema.Name == "public" && text == PublicComment) ? text : null;

    /// <summary>A collation where it is not the type's own; else null.</summary>
    public ObjectName? Collation(uint collation, uint own) =>
        collation != 0 && collation != own && _collations.TryGetValue(collation, out var found) ? Name(found.Namespace, found.Name) : null;

    /// <summary>A type as the model has it.</summary>
    /// <param name="oid">The type.</param>
    /// <param name="modifier">Its modifier; -1 for none.</param>
    public ColumnType Type(uint oid, int modifier = -1)
    {
        if (modifier < 0 && _plainTypes.TryGetValue(oid, out var known))
        {
            return known;
        }

        if (TypeRow(oid) is not { } type)
        {
            return new ColumnType("???");
        }

        var element = type.IsArray ? TypeRow(type.Element) ?? type : type;
        var described = new PgType(element.Oid, Name(element.Namespace, "").Schema, element.Name);
        var made = TypeFormat.ToColumnType(described, type.IsArray, modifier, Modifiers(oid, described, modifier));
        if (modifier < 0)
        {
            _plainTypes[oid] = made;
        }

        return made;
    }

    /// <summary>Storage parameters, sorted by name.</summary>
    public ImmutableArray<StorageParameter> Parameters(string?[]? options)
    {
        if (options is null || options.Length == 0)
        {
            return [];
        }

        return [.. options.OfType<string>().Select(Parameter).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>A parameter or setting as the catalog keeps it: <c>name=value</c>.</summary>
    public static StorageParameter Parameter(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new StorageParameter(text, "") : new StorageParameter(text[..equals], text[(equals + 1)..]);
    }

    /// <summary>An expression that PostgreSQL printed; null for none.</summary>
    public static SqlExpression? Expression(string? text) => text is null ? null : new SqlExpression(text, true);

    // Only an extension knows what the modifiers of its types mean, so that the server has printed those.
    private string? Modifiers(uint oid, PgType element, int modifier)
    {
        if (modifier < 0 || !_formats.TryGetValue((oid, modifier), out var text))
        {
            return TypeFormat.Modifiers(element, modifier);
        }

        var end = text.LastIndexOf(')');
        var start = end < 0 ? -1 : text.LastIndexOf('(', end);
        return start < 0 ? null : text[(start + 1)..end];
    }

    // Migrations do not say as whom they run, and need not run as the database's owner: the owner of most tables is assumed to have created all.
    private static uint CreatorOf(CatalogRows rows)
    {
        var counts = new Dictionary<uint, int>();
        var most = rows.Server.Rows[0].DatabaseOwner;
        foreach (var relation in rows.Relations.Rows)
        {
            if (relation.Kind is 'r' or 'p' && !relation.IsOfExtension)
            {
                counts[relation.Owner] = counts.GetValueOrDefault(relation.Owner) + 1;
            }
        }

        foreach (var (owner, count) in counts)
        {
            most = count > counts.GetValueOrDefault(most) ? owner : most;
        }

        return most;
    }

    private void AddFormat(uint type, int modifier, string? text)
    {
        if (text is not null)
        {
            _formats[(type, modifier)] = text;
        }
    }

    private static void Add<T>(Dictionary<uint, List<T>> lists, uint key, T item)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(item);
    }
}
