using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Replay;

/// <summary>Types and sequences as the neutral model has them.</summary>
/// <param name="schema">What they are built for.</param>
/// <param name="tables">Builds what types share with tables.</param>
internal sealed class TypeBuilder(SchemaBuilder schema, TableBuilder tables)
{
    /// <summary>An enum.</summary>
    public EnumType Enum(TypeObject type) => new()
    {
        Name = Name(type),
        Owner = schema.Owner(type.Row.Owner),
        Grants = Privileges.ToGrants(type.Row.Acl),
        Values = [.. type.Row.Labels.Select(l => new EnumValue
        {
            Name = l.Name,
            Location = schema.Location(l.CreatedBy),
            ChangedBy = l.RenamedBy is { } renamed && schema.Location(renamed) is { } location ? [location] : [],
        })],
        Location = schema.Location(type),
        ChangedBy = schema.Changes(type),
        Comment = type.Row.Comment,
    };

    /// <summary>A domain.</summary>
    public DomainType Domain(TypeObject type) => new()
    {
        Name = Name(type),
        Owner = schema.Owner(type.Row.Owner),
        Grants = Privileges.ToGrants(type.Row.Acl),
        BaseType = schema.Type(type.Row.BaseOid, type.Row.BaseModifier),
        NotNull = type.Row.IsNotNull,
        Default = schema.Print(type.Row.Default),
        Collation = schema.Collation(type.Row.CollationOid, schema.Database.GetType(type.Row.BaseOid)?.CollationOid ?? 0),
        Checks = [.. type.Constraints.Items.OrderBy(c => c.Name, StringComparer.Ordinal).Select(tables.Check)],
        Location = schema.Location(type),
        ChangedBy = schema.Changes(type),
        Comment = type.Row.Comment,
    };

    /// <summary>A stand-alone composite type.</summary>
    public CompositeType Composite(TypeObject type)
    {
        var relation = type.Row.Relation!;
        return new CompositeType
        {
            Name = Name(type),
            Owner = schema.Owner(type.Row.Owner),
            Grants = Privileges.ToGrants(type.Row.Acl),
            Attributes = [.. relation.LiveColumns.Select(tables.Column)],
            Location = schema.Location(type),
            ChangedBy = schema.Changes(relation),
            Comment = type.Row.Comment ?? relation.Row.Comment,
        };
    }

    /// <summary>A range.</summary>
    public RangeType Range(TypeObject type) => new()
    {
        Name = Name(type),
        Owner = schema.Owner(type.Row.Owner),
        Grants = Privileges.ToGrants(type.Row.Acl),
        Subtype = schema.Type(type.Row.SubtypeOid),
        Options = [.. type.Row.Options.OrderBy(o => o.Name, StringComparer.Ordinal)],
        Location = schema.Location(type),
        ChangedBy = schema.Changes(type),
        Comment = type.Row.Comment,
    };

    /// <summary>A sequence.</summary>
    public Sequence Sequence(RelationObject relation)
    {
        var info = relation.Row.Sequence!;
        return new Sequence
        {
            Name = relation.QualifiedName,
            Owner = schema.Owner(relation.Row.Owner),
            Grants = Privileges.ToGrants(relation.Row.Acl),
            DataType = schema.Database.FormatType(info.TypeOid),
            Start = info.Start,
            Increment = info.Increment,
            MinValue = info.Min,
            MaxValue = info.Max,
            Cache = info.Cache,
            Cycle = info.Cycle,
            Persistence = relation.Row.Persistence == 'u' ? Persistence.Unlogged : Persistence.Permanent,
            OwnedByTable = info.OwnerTable?.QualifiedName,
            OwnedByColumn = info.OwnerTable?.Column(info.OwnerColumn).Name,
            IsIdentity = info.IsIdentity,
            Location = schema.Location(relation),
            ChangedBy = schema.Changes(relation),
            Comment = relation.Row.Comment,
        };
    }

    private static ObjectName Name(TypeObject type) => new(type.Namespace.Name, type.Name);
}
