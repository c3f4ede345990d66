using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.Schema.Concurrency;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Turns the rows of a catalog into the neutral model, in exactly the form in which the replay builds it.</summary>
/// <param name="rows">The rows.</param>
internal sealed class SchemaAssembler(CatalogRows rows)
{
    // Fewer are done sooner than a thread has started.
    private const int PiecesOfWorker = 16;

    // Who owned the schema "public" until PostgreSQL 14.
    private const uint BootstrapSuperuser = 10;

    private readonly CatalogLookup _lookup = new(rows);

    /// <summary>Names for numbers.</summary>
    public CatalogLookup Lookup => _lookup;

    /// <summary>Builds the model.</summary>
    public DatabaseSchema Build()
    {
        var indexes = new IndexAssembler(_lookup, rows);
        var constraints = new ConstraintAssembler(_lookup, indexes, rows);
        var tables = new TableAssembler(_lookup, indexes, constraints, new MemberAssembler(_lookup, rows));
        var types = new TypeAssembler(_lookup, tables, constraints, rows);
        var functions = new FunctionAssembler(_lookup, rows);
        var relations = rows.Relations.Rows.Where(r => !r.IsOfExtension).OrderBy(_lookup.NameOf).ToList();
        var own = rows.Types.Rows.Where(t => !t.IsOfExtension && !t.IsArray && _lookup.Namespace(t.Namespace) is { IsSystem: false }).OrderBy(t => _lookup.Name(t.Namespace, t.Name)).ToList();
        return new DatabaseSchema
        {
            Source = SourceKind.Database,
            ServerVersion = rows.Server.Rows[0].VersionNumber / 10000,
            Namespaces = [.. rows.Namespaces.Rows.Where(n => !n.IsSystem && !n.IsOfExtension).OrderBy(n => n.Name, StringComparer.Ordinal).Select(Namespace)],
            Tables = Tables([.. relations.Where(r => r.Kind is 'r' or 'p' or 'f')], tables),
            Views = [.. relations.Where(r => r.Kind is 'v' or 'm').Select(tables.View)],
            Sequences = [.. relations.Where(r => r.Kind == 'S').Select(types.Sequence)],
            Enums = [.. own.Where(t => t.Kind == 'e').Select(types.Enum)],
            Domains = [.. own.Where(t => t.Kind == 'd').Select(types.Domain)],
            CompositeTypes = Composites(own, types),
            RangeTypes = [.. own.Where(t => t.Kind == 'r').Select(types.Range)],
            Functions = [.. rows.Functions.Rows.Select(functions.Build).OrderBy(f => f.Name).ThenBy(f => f.Signature, StringComparer.Ordinal)],
            Extensions = [.. rows.Extensions.Rows.OrderBy(e => e.Name, StringComparer.Ordinal).Select(Extension)],
            Publications = [.. rows.Publications.Rows.OrderBy(p => p.Name, StringComparer.Ordinal).Select(Publication)],
        };
    }

    // Side by side: no table needs another one's, and they are most of the work.
    private static ImmutableArray<Table> Tables(ImmutableArray<RelationRow> rows, TableAssembler tables)
    {
        var built = new Table[rows.Length];
        Workers.Run(rows.Length, PiecesOfWorker, i => built[i] = tables.Table(rows[i]), CancellationToken.None);
        return ImmutableCollectionsMarshal.AsImmutableArray(built);
    }

    private ImmutableArray<CompositeType> Composites(List<TypeRow> own, TypeAssembler types)
    {
        var found = ImmutableArray.CreateBuilder<CompositeType>();
        foreach (var type in own)
        {
            if (type.Kind == 'c' && _lookup.Relation(type.Relation) is { Kind: 'c' } relation)
            {
                found.Add(types.Composite(type, relation));
            }
        }

        return found.ToImmutable();
    }

    private Namespace Namespace(NamespaceRow row) => new()
    {
        Name = row.Name,
        Owner = row.Name == "public" && row.Owner == BootstrapSuperuser ? null : _lookup.Owner(row.Owner),
        Grants = row.Name != "public" ? _lookup.Grants(row.Acl) : IsInitial(row) ? null : GrantsOfPublic(row),
        Comment = _lookup.Comment(row),
    };

    // What initdb grants on the schema "public": until PostgreSQL 14 everyone could create there.
    private bool IsInitial(NamespaceRow row)
    {
        if (_lookup.Grants(row.Acl) is not [var first, var second])
        {
            return false;
        }

        var owner = _lookup.Role(row.Owner);
        return first == new Grant(owner, owner, "UC") && second == new Grant("", owner, rows.Server.Rows[0].VersionNumber >= 150000 ? "U" : "UC");
    }

    // Up to PostgreSQL 14 it belongs to the superuser; what is granted there is named as by PostgreSQL 15, where it belongs to the database's owner.
    private ImmutableArray<Grant>? GrantsOfPublic(NamespaceRow row)
    {
        var grants = _lookup.Grants(row.Acl);
        if (grants is null || rows.Server.Rows[0].VersionNumber >= 150000 || row.Owner != BootstrapSuperuser)
        {
            return grants;
        }

        var owner = _lookup.Role(row.Owner);
        return [.. grants.Value.Select(g => new Grant(OfOwner(g.Grantee), g.Grantor is null ? null : OfOwner(g.Grantor), g.Privileges))];

        string OfOwner(string role) => role == owner ? "pg_database_owner" : role;
    }

    private Extension Extension(ExtensionRow row) => new()
    {
        Name = row.Name,
        Schema = _lookup.Name(row.Namespace, "").Schema,
        Version = row.Version,
        Comment = _lookup.Comment("pg_extension", row.Oid) is { } comment && comment != row.OwnComment ? comment : null,
    };

    private Publication Publication(PublicationRow row) => new()
    {
        Name = row.Name,
        AllTables = row.AllTables,
        Tables = [.. row.Tables.Select(_lookup.NameOfRelation).OfType<ObjectName>().Order()],
        Schemas = [.. row.Schemas.Select(s => _lookup.Name(s, "").Schema).Order(StringComparer.Ordinal)],
        Options = Options(row),
        Comment = _lookup.Comment("pg_publication", row.Oid),
    };

    private static ImmutableArray<StorageParameter> Options(PublicationRow row)
    {
        var options = ImmutableArray.CreateBuilder<StorageParameter>();
        if (!(row.Inserts && row.Updates && row.Deletes && row.Truncates))
        {
            var actions = new List<string>();
            foreach (var action in (ReadOnlySpan<string?>)[row.Inserts ? "insert" : null, row.Updates ? "update" : null, row.Deletes ? "delete" : null, row.Truncates ? "truncate" : null])
            {
                if (action is not null)
                {
                    actions.Add(action);
                }
            }

            options.Add(new StorageParameter("publish", string.Join(", ", actions)));
        }

        if (row.GeneratedColumns == "s")
        {
            options.Add(new StorageParameter("publish_generated_columns", "stored"));
        }

        if (row.ViaRoot)
        {
            options.Add(new StorageParameter("publish_via_partition_root", "true"));
        }

        return options.ToImmutable();
    }
}
