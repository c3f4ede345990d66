using System.Collections.Immutable;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Types and sequences in the form in which the replay builds them.</summary>
internal sealed class TypeAssembler
{
    private const string Catalog = "pg_type";

    private readonly CatalogLookup _lookup;
    private readonly TableAssembler _tables;
    private readonly ConstraintAssembler _constraints;
    private readonly ILookup<uint, string> _labels;
    private readonly Dictionary<uint, RangeRow> _ranges;
    private readonly Dictionary<uint, SequenceRow> _sequences;
    private readonly Dictionary<uint, OperatorClassRow> _classes;

    /// <summary>Looks through rows.</summary>
    public TypeAssembler(CatalogLookup lookup, TableAssembler tables, ConstraintAssembler constraints, CatalogRows rows)
    {
        _lookup = lookup;
        _tables = tables;
        _constraints = constraints;
        _labels = rows.Enums.Rows.ToLookup(e => e.Type, e => e.Label);
        _ranges = rows.Ranges.Rows.ToDictionary(r => r.Type);
        _sequences = rows.Sequences.Rows.DistinctBy(s => s.Relation).ToDictionary(s => s.Relation);
        _classes = rows.OperatorClasses.Rows.ToDictionary(c => c.Oid);
    }

    /// <summary>An enum.</summary>
    public EnumType Enum(TypeRow row) => new()
    {
        Name = Name(row),
        Owner = _lookup.Owner(row.Owner),
        Grants = _lookup.Grants(row.Acl),
        Values = [.. _labels[row.Oid].Select(label => new EnumValue { Name = label })],
        Comment = _lookup.Comment(Catalog, row.Oid),
    };

    /// <summary>A domain.</summary>
    public DomainType Domain(TypeRow row) => new()
    {
        Name = Name(row),
        Owner = _lookup.Owner(row.Owner),
        Grants = _lookup.Grants(row.Acl),
        BaseType = _lookup.Type(row.Base, row.BaseModifier),
        NotNull = row.IsNotNull,
        Default = CatalogLookup.Expression(row.Default),
        Collation = _lookup.Collation(row.Collation, _lookup.TypeRow(row.Base)?.Collation ?? 0),
        Checks = _constraints.ChecksOfDomain(row.Oid),
        Comment = _lookup.Comment(Catalog, row.Oid),
    };

    /// <summary>A stand-alone composite type.</summary>
    public CompositeType Composite(TypeRow row, RelationRow relation) => new()
    {
        Name = Name(row),
        Owner = _lookup.Owner(row.Owner),
        Grants = _lookup.Grants(row.Acl),
        Attributes = _tables.Columns(relation),
        Comment = _lookup.Comment(Catalog, row.Oid),
    };

    /// <summary>A range.</summary>
    public RangeType Range(TypeRow row)
    {
        var range = _ranges[row.Oid];
        return new RangeType
        {
            Name = Name(row),
            Owner = _lookup.Owner(row.Owner),
            Grants = _lookup.Grants(row.Acl),
            Subtype = _lookup.Type(range.Subtype),
            Options = Options(row, range),
            Comment = _lookup.Comment(Catalog, row.Oid),
        };
    }

    /// <summary>A sequence.</summary>
    public Sequence Sequence(RelationRow relation)
    {
        var row = _sequences[relation.Oid];
        return new Sequence
        {
            Name = _lookup.NameOf(relation),
            Owner = _lookup.Owner(relation.Owner),
            Grants = _lookup.Grants(relation.Acl),
            DataType = _lookup.Type(row.Type).Name,
            Start = row.Start,
            Increment = row.Increment,
            MinValue = row.Min,
            MaxValue = row.Max,
            Cache = row.Cache,
            Cycle = row.Cycles,
            Persistence = TableAssembler.PersistenceOf(relation),
            OwnedByTable = row.OwnerTable == 0 ? null : _lookup.NameOfRelation(row.OwnerTable),
            OwnedByColumn = row.OwnerTable == 0 ? null : _lookup.ColumnName(row.OwnerTable, row.OwnerColumn),
            IsIdentity = row.IsIdentity,
            Comment = _lookup.Comment("pg_class", relation.Oid),
        };
    }

    private ObjectName Name(TypeRow row) => _lookup.Name(row.Namespace, row.Name);

    private ImmutableArray<StorageParameter> Options(TypeRow row, RangeRow range)
    {
        var options = new List<StorageParameter>();
        if (range.Canonical is { } canonical)
        {
            options.Add(new StorageParameter("canonical", canonical));
        }

        if (_lookup.Collation(range.Collation, _lookup.TypeRow(range.Subtype)?.Collation ?? 0) is { } collation)
        {
            options.Add(new StorageParameter("collation", collation.Schema == "pg_catalog" ? $"\"{collation.Name}\"" : collation.ToString()));
        }

        if (_lookup.TypeRow(range.Multirange) is { } multirange && multirange.Name != DefaultMultirange(row.Name))
        {
            options.Add(new StorageParameter("multirange_type_name", multirange.Name));
        }

        if (range.Difference is { } difference)
        {
            options.Add(new StorageParameter("subtype_diff", difference));
        }

        if (_classes.TryGetValue(range.OperatorClass, out var operators) && !operators.IsDefault)
        {
            options.Add(new StorageParameter("subtype_opclass", operators.Name));
        }

        return [.. options];
    }

    // makeMultirangeTypeName
    private static string DefaultMultirange(string range)
    {
        var place = range.IndexOf("range", StringComparison.Ordinal);
        return place < 0 ? range + "_multirange" : range[..place] + "multi" + range[place..];
    }
}
