using System.Collections.Immutable;
using Plumbline.PostgreSql.Catalog.Rows;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog.Assembly;

/// <summary>Tables and views with their members, in the form in which the replay builds them.</summary>
/// <param name="lookup">Names for numbers.</param>
/// <param name="indexes">Their indexes.</param>
/// <param name="constraints">Their constraints.</param>
/// <param name="members">Their triggers, policies and rules.</param>
internal sealed class TableAssembler(CatalogLookup lookup, IndexAssembler indexes, ConstraintAssembler constraints, MemberAssembler members)
{
    /// <summary>A table.</summary>
    public Table Table(RelationRow row)
    {
        var parents = lookup.Parents(row.Oid);
        return new Table
        {
            Name = lookup.NameOf(row),
            Owner = lookup.Owner(row.Owner),
            Grants = lookup.Grants(row.Acl),
            Kind = row.Kind switch { 'p' => TableKind.Partitioned, 'f' => TableKind.Foreign, _ => TableKind.Ordinary },
            Persistence = PersistenceOf(row),
            Columns = Columns(row),
            PrimaryKey = constraints.PrimaryKey(row.Oid),
            UniqueConstraints = constraints.Uniques(row.Oid),
            ForeignKeys = constraints.ForeignKeys(row.Oid),
            Checks = constraints.Checks(row.Oid),
            Exclusions = constraints.Exclusions(row.Oid),
            Indexes = indexes.Of(row.Oid),
            Triggers = members.Triggers(row.Oid),
            Policies = members.Policies(row.Oid),
            Rules = members.Rules(row.Oid),
            RowSecurity = row.RowSecurity,
            ForceRowSecurity = row.ForceRowSecurity,
            PartitionKey = CatalogLookup.Expression(row.Definition),
            PartitionOf = row.IsPartition && parents.Count > 0 ? lookup.NameOfRelation(parents[0]) : null,
            PartitionBound = CatalogLookup.Expression(row.Bound),
            Inherits = row.IsPartition ? [] : [.. parents.Select(lookup.NameOfRelation).OfType<ObjectName>()],
            StorageParameters = lookup.Parameters(row.Options),
            ReplicaIdentity = row.ReplicaIdentity switch
            {
                'n' when row.Kind != 'f' => "nothing",
                'f' => "full",
                'i' when indexes.ReplicaIdentity(row.Oid) is { } index => $"index {index}",
                _ => "default",
            },
            ForeignServer = row.ForeignServer,
            EstimatedRows = row.Kind == 'r' && row.Rows >= 0 ? (long)row.Rows : null,
            Comment = lookup.Comment("pg_class", row.Oid),
        };
    }

    /// <summary>A view or materialized view.</summary>
    public View View(RelationRow row) => new()
    {
        Name = lookup.NameOf(row),
        Owner = lookup.Owner(row.Owner),
        Grants = lookup.Grants(row.Acl),
        IsMaterialized = row.Kind == 'm',
        Definition = new SqlExpression(row.Definition ?? "", row.Definition is not null),
        Columns = Columns(row),
        Options = lookup.Parameters(row.Options),
        IsPopulated = row.IsPopulated,
        Indexes = indexes.Of(row.Oid),
        Triggers = members.Triggers(row.Oid),
        Rules = members.Rules(row.Oid),
        Comment = lookup.Comment("pg_class", row.Oid),
    };

    /// <summary>The columns of a relation, or the attributes of a composite type.</summary>
    public ImmutableArray<Column> Columns(RelationRow relation)
    {
        var rows = lookup.Columns(relation.Oid);
        var columns = ImmutableArray.CreateBuilder<Column>(rows.Count);
        foreach (var row in rows)
        {
            columns.Add(Column(row));
        }

        return columns.MoveToImmutable();
    }

    /// <summary>How the rows of a relation are kept.</summary>
    public static Persistence PersistenceOf(RelationRow row) => row.Persistence switch { 'u' => Persistence.Unlogged, 't' => Persistence.Temporary, _ => Persistence.Permanent };

    private Column Column(ColumnRow row)
    {
        var type = lookup.TypeRow(row.Type);
        var value = CatalogLookup.Expression(row.Default);
        var isGenerated = row.Generated != '\0';
        return new Column
        {
            Name = row.Name,
            Type = lookup.Type(row.Type, row.Modifier),
            IsNullable = !row.IsNotNull,
            Default = isGenerated ? null : value,
            Generated = isGenerated ? value : null,
            IsGeneratedStored = row.Generated != 'v',
            Identity = row.Identity switch { 'a' => IdentityKind.Always, 'd' => IdentityKind.ByDefault, _ => IdentityKind.None },
            Collation = lookup.Collation(row.Collation, type?.Collation ?? 0),
            Storage = type is null || row.Storage == type.Storage ? null : row.Storage switch { 'p' => "plain", 'e' => "external", 'm' => "main", _ => "extended" },
            Compression = row.Compression switch { 'p' => "pglz", 'l' => "lz4", _ => null },
            StatisticsTarget = row.StatisticsTarget,
            Grants = lookup.Grants(row.Acl),
            Comment = lookup.Comment("pg_class", row.Relation, row.Number),
        };
    }
}
