using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay.Objects;

/// <summary>A row of <c>pg_type</c> that a statement made: an enum, domain, range, composite type, row type of a relation, or the array over one of
/// them.</summary>
internal sealed class TypeObject : CatalogObject<TypeRow>
{
    private PgType? _view;

    /// <summary>Makes a type that nobody knows yet.</summary>
    public TypeObject(Database database, uint oid, TypeRow row)
        : base(database, oid, row) => Constraints = new JournaledList<ConstraintObject>(database.Journal);

    /// <summary>Its name.</summary>
    public string Name => Row.Name;

    /// <summary>Its schema.</summary>
    public NamespaceObject Namespace => Row.Namespace;

    /// <summary>What it is.</summary>
    public PgTypeKind Kind => Row.Kind;

    /// <summary>The CHECK constraints of a domain.</summary>
    public JournaledList<ConstraintObject> Constraints { get; }

    /// <summary>It as expressions see it.</summary>
    public PgType View => _view ??= BuildView();

    /// <summary>Forgets what expressions see of it.</summary>
    public void Forget() => _view = null;

    /// <inheritdoc/>
    protected override void OnRowChanged() => _view = null;

    private PgType BuildView()
    {
        var baseType = Row.BaseOid == 0 ? null : Database.GetType(Row.BaseOid);
        return new PgType(Oid, Namespace.Name, Name)
        {
            Kind = Kind,
            Category = Row.IsArray ? 'A' : Kind switch
            {
                PgTypeKind.Enum => 'E',
                PgTypeKind.Composite => 'C',
                PgTypeKind.Range or PgTypeKind.Multirange => 'R',
                PgTypeKind.Domain => baseType?.Category ?? 'U',
                _ => 'U',
            },
            ElementOid = Row.ElementOid,
            IsArray = Row.IsArray,
            ArrayOid = Row.ArrayType?.Oid ?? 0,
            BaseOid = Row.BaseOid,
            // A domain is printed as its base type is (DefineDomain).
            OutputVolatility = baseType?.OutputVolatility ?? PgVolatility.Stable,
            BaseModifier = Row.BaseModifier,
            RelationOid = Row.Relation?.Oid ?? 0,
            CollationOid = Row.CollationOid,
            SubtypeOid = Row.SubtypeOid,
            EnumLabels = Row.Labels.IsEmpty
                ? []
                : [.. Row.Labels.Where(label => label.UnsafeIn == 0 || label.UnsafeIn != Database.Transaction).Select(label => label.Name)],
            EnumKeys = Row.Labels.Any(label => label.Key != label.Name) ? Row.Labels.ToFrozenDictionary(label => label.Key, label => label.Name) : null,
        };
    }
}

/// <summary>What can change of a <see cref="TypeObject"/>.</summary>
internal sealed record TypeRow(string Name, NamespaceObject Namespace, PgTypeKind Kind, RoleObject Owner)
{
    /// <summary>Its privileges; null where they are the defaults.</summary>
    public ImmutableArray<AclItem>? Acl { get; init; }

    /// <summary>Whether it is an array type.</summary>
    public bool IsArray { get; init; }

    /// <summary>Type of an array's elements; else 0.</summary>
    public uint ElementOid { get; init; }

    /// <summary>The array type over it; else null.</summary>
    public TypeObject? ArrayType { get; init; }

    /// <summary>The relation of a row type; else null.</summary>
    public RelationObject? Relation { get; init; }

    /// <summary>The labels of an enum, in their order.</summary>
    public ImmutableArray<EnumLabel> Labels { get; init; } = [];

    /// <summary>The type under a domain; else 0.</summary>
    public uint BaseOid { get; init; }

    /// <summary>The modifier that a domain gives to its base type.</summary>
    public int BaseModifier { get; init; } = -1;

    /// <summary>Whether a domain is NOT NULL.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>The default of a domain; else null.</summary>
    public BoundNode? Default { get; init; }

    /// <summary>Its collation; 0 where its values cannot be collated.</summary>
    public uint CollationOid { get; init; }

    /// <summary>Type of a range's bounds, or range type of a multirange; else 0.</summary>
    public uint SubtypeOid { get; init; }

    /// <summary>The options of a range as written.</summary>
    public ImmutableArray<StorageParameter> Options { get; init; } = [];

    /// <summary>Of a range: its multirange.</summary>
    public TypeObject? Multirange { get; init; }

    /// <summary>Its comment; else null.</summary>
    public string? Comment { get; init; }
}

/// <summary>A label of an enum.</summary>
/// <param name="Name">The label.</param>
/// <param name="CreatedBy">The statement that added it.</param>
internal sealed record EnumLabel(string Name, StatementRef CreatedBy)
{
    /// <summary>The transaction that added it to a type that was there before, so that it may not be used until that one commits; else 0.</summary>
    public int UnsafeIn { get; init; }

    /// <summary>What expressions keep of it, whatever its name is by then: the name that it had first, or what no other label of the type has.</summary>
    public string Key { get; init; } = Name;

    /// <summary>The statement that renamed it; null where none did.</summary>
    public StatementRef? RenamedBy { get; init; }
}
