using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Printing;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Turns the database in memory into the neutral model: sorted, immutable, every name and expression printed as PostgreSQL prints it.</summary>
/// <param name="database">The database.</param>
/// <param name="migrations">The migrations, whose texts locations point into.</param>
internal sealed class SchemaBuilder(Database database, IReadOnlyList<MigrationSource> migrations)
{
    private readonly Dictionary<StatementRef, SourceLocation> _locations = [];

    /// <summary>The database that is described.</summary>
    public Database Database => database;

    /// <summary>Builds the model.</summary>
    public DatabaseSchema Build()
    {
        var relations = database.Relations.Where(r => IsOfHistory(r) && r.Row.Persistence != 't').OrderBy(r => r.QualifiedName).ToList();
        var types = database.Types.Where(t => IsOfHistory(t) && t.Row is { IsArray: false }).OrderBy(t => new ObjectName(t.Namespace.Name, t.Name)).ToList();
        var tables = new TableBuilder(this);
        var views = new ViewBuilder(this, tables);
        var typeBuilder = new TypeBuilder(this, tables);
        var functions = new FunctionBuilder(this);
        return new DatabaseSchema
        {
            Source = SourceKind.Sql,
            Namespaces = [.. database.Namespaces.Where(n => !n.IsSystem && (IsOfHistory(n) || n == database.Public || n == database.Default)).OrderBy(n => n.Name, StringComparer.Ordinal).Select(Namespace)],
            Tables = [.. relations.Where(r => r.Kind is 'r' or 'p' or 'f').Select(tables.Build)],
            Views = [.. relations.Where(r => r.Kind is 'v' or 'm').Select(views.Build)],
            Sequences = [.. relations.Where(r => r.Kind == 'S').Select(typeBuilder.Sequence)],
            Enums = [.. types.Where(t => t.Kind == PgTypeKind.Enum).Select(typeBuilder.Enum)],
            Domains = [.. types.Where(t => t.Kind == PgTypeKind.Domain).Select(typeBuilder.Domain)],
            CompositeTypes = [.. types.Where(t => t.Row.Relation is { Kind: 'c' }).Select(typeBuilder.Composite)],
            RangeTypes = [.. types.Where(t => t.Kind == PgTypeKind.Range).Select(typeBuilder.Range)],
            Functions = [.. database.Functions.Where(f => IsOfHistory(f) && !f.Row.IsOfType).Select(functions.Build).OrderBy(f => f.Name).ThenBy(f => f.Signature, StringComparer.Ordinal)],
            Extensions = [.. database.Extensions.Where(e => IsOfHistory(e) && !e.Row.IsAssumed).OrderBy(e => e.Name, StringComparer.Ordinal).Select(Extension)],
            Publications = [.. database.Publications.Where(IsOfHistory).OrderBy(p => p.Name, StringComparer.Ordinal).Select(Publication)],
            Roles = [.. database.Roles.Where(r => r.Row.IsOfHistory && IsOfHistory(r)).OrderBy(r => r.Name, StringComparer.Ordinal).Select(Role)],
        };
    }

    /// <summary>Where an object was created.</summary>
    public SourceLocation? Location(CatalogObject item) => Location(item.CreatedBy);

    /// <summary>Where a statement stands; null for what no migration holds.</summary>
    public SourceLocation? Location(StatementRef statement)
    {
        if (statement.Migration < 0 || statement.Migration >= migrations.Count)
        {
            return null;
        }

        if (!_locations.TryGetValue(statement, out var location))
        {
            location = migrations[statement.Migration].Text.LocationOf(new TextSpan(statement.Start, statement.Length));
            _locations[statement] = location;
        }

        return location;
    }

    /// <summary>Where an object was changed after its creation, in order.</summary>
    public ImmutableArray<SourceLocation> Changes(CatalogObject item)
    {
        if (item.ChangedBy is null)
        {
            return [];
        }

        var changes = new List<SourceLocation>();
        for (var trail = item.ChangedBy; trail is not null; trail = trail.Earlier)
        {
            if (Location(trail.Statement) is { } location)
            {
                changes.Add(location);
            }
        }

        changes.Reverse();
        return [.. changes];
    }

    /// <summary>Name of an owner; null for the role that owns everything.</summary>
    public string? Owner(RoleObject owner) => owner == database.Superuser || owner == database.DatabaseOwner ? null : owner.Name;

    /// <summary>A type as the model has it.</summary>
    public ColumnType Type(uint oid, int modifier = -1) => TypeFormat.ToColumnType(database, oid, modifier);

    /// <summary>An expression as the model has it; null for none.</summary>
    public SqlExpression? Print(BoundNode? node) => node switch
    {
        BoundExpression expression => expression.Print(database),
        BoundQuery query => query.Print(database),
        _ => null,
    };

    /// <summary>A collation where it is not the type's own; else null.</summary>
    public ObjectName? Collation(uint collation, uint typeCollation) =>
        collation != 0 && collation != typeCollation && database.GetCollation(collation) is { } found ? new ObjectName(found.Schema, found.Name) : null;

    private static bool IsOfHistory(CatalogObject item) => item.CreatedBy.Migration >= 0;

    // What every new database grants on its schema "public".
    private bool IsInitial(NamespaceRow row)
    {
        if (row.Acl is not [var own, var others])
        {
            return false;
        }

        var owner = database.DatabaseOwner;
        return own == new AclItem(owner, owner, Privileges.All('n'), 0) && others == new AclItem(null, owner, Privileges.Bits("U"), 0);
    }

    private Namespace Namespace(NamespaceObject item) => new()
    {
        Name = item.Name,
        Owner = Owner(item.Row.Owner),
        Grants = item == database.Public && IsInitial(item.Row) ? null : Privileges.ToGrants(item.Row.Acl),
        Location = Location(item),
        ChangedBy = Changes(item),
        Comment = item.Row.Comment,
    };

    private Extension Extension(ExtensionObject item) => new()
    {
        Name = item.Name,
        Schema = item.Row.Namespace.Name,
        Version = item.Row.IsVersionWritten ? item.Row.Version : null,
        Location = Location(item),
        ChangedBy = Changes(item),
        Comment = item.Row.Comment,
    };

    private Publication Publication(PublicationObject item) => new()
    {
        Name = item.Name,
        AllTables = item.Row.AllTables,
        Tables = [.. item.Row.Tables.Select(t => t.QualifiedName).Order()],
        Schemas = [.. item.Row.Namespaces.Select(n => n.Name).Order(StringComparer.Ordinal)],
        Options = PublicationOptions.Canonical(item.Row.Options),
        Location = Location(item),
        ChangedBy = Changes(item),
        Comment = item.Row.Comment,
    };

    private Role Role(RoleObject item) => new() { Name = item.Name, Location = Location(item), ChangedBy = Changes(item), Comment = item.Row.Comment };
}
