using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>A table: ordinary, partitioned or foreign. Views are <see cref="View"/>s.</summary>
public sealed record Table : NamedObject
{
    /// <summary>What kind of table.</summary>
    public TableKind Kind { get; init; }

    /// <summary>How its rows are kept.</summary>
    public Persistence Persistence { get; init; }

    /// <summary>Its columns, in their order.</summary>
    public ImmutableArray<Column> Columns { get; init; } = [];

    /// <summary>Its primary key; null where it has none.</summary>
    public KeyConstraint? PrimaryKey { get; init; }

    /// <summary>Its UNIQUE constraints (unique indexes without one are among <see cref="Indexes"/>).</summary>
    public ImmutableArray<KeyConstraint> UniqueConstraints { get; init; } = [];

    /// <summary>Its foreign keys.</summary>
    public ImmutableArray<ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>Its CHECK constraints.</summary>
    public ImmutableArray<CheckConstraint> Checks { get; init; } = [];

    /// <summary>Its EXCLUDE constraints.</summary>
    public ImmutableArray<ExclusionConstraint> Exclusions { get; init; } = [];

    /// <summary>Its indexes, without those that belong to a constraint.</summary>
    public ImmutableArray<Index> Indexes { get; init; } = [];

    /// <summary>Its triggers.</summary>
    public ImmutableArray<Trigger> Triggers { get; init; } = [];

    /// <summary>Its row-level security policies.</summary>
    public ImmutableArray<Policy> Policies { get; init; } = [];

    /// <summary>Its rewrite rules.</summary>
    public ImmutableArray<RewriteRule> Rules { get; init; } = [];

    /// <summary>Whether row-level security is enabled.</summary>
    public bool RowSecurity { get; init; }

    /// <summary>Whether row-level security holds for the owner too (<c>FORCE ROW LEVEL SECURITY</c>).</summary>
    public bool ForceRowSecurity { get; init; }

    /// <summary>The partition key of a partitioned table as <c>pg_get_partkeydef</c> prints it, such as <c>RANGE (created_at)</c>; else null.</summary>
    public SqlExpression? PartitionKey { get; init; }

    /// <summary>The partitioned table that this one is a partition of; else null.</summary>
    public ObjectName? PartitionOf { get; init; }

    /// <summary>The bounds of a partition, such as <c>FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')</c>; else null.</summary>
    public SqlExpression? PartitionBound { get; init; }

    /// <summary>The tables that it inherits from, without <see cref="PartitionOf"/>.</summary>
    public ImmutableArray<ObjectName> Inherits { get; init; } = [];

    /// <summary>Its storage parameters, sorted by name.</summary>
    public ImmutableArray<StorageParameter> StorageParameters { get; init; } = [];

    /// <summary>Its replica identity: <c>default</c>, <c>nothing</c>, <c>full</c>, or <c>index NAME</c>.</summary>
    public string ReplicaIdentity { get; init; } = "default";

    /// <summary>The server of a foreign table; else null.</summary>
    public string? ForeignServer { get; init; }

    /// <summary>The Prisma model that it stands for, where the source is a Prisma schema; null for the table of an implicit many-to-many relation.</summary>
    public string? ModelName { get; init; }

    /// <summary>From a Prisma schema: the model is marked <c>@@ignore</c>.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>From a live database: the planner's estimate of its rows; null where it is not known.</summary>
    public long? EstimatedRows { get; init; }

    /// <summary>The column of a name; null where it has none.</summary>
    public Column? FindColumn(string name)
    {
        foreach (var column in Columns)
        {
            if (column.Name == name)
            {
                return column;
            }
        }

        return null;
    }
}

/// <summary>The kinds of table.</summary>
public enum TableKind
{
    /// <summary>An ordinary table, or a partition.</summary>
    Ordinary,

    /// <summary>A partitioned table; it may be a partition itself.</summary>
    Partitioned,

    /// <summary>A foreign table.</summary>
    Foreign,
}

/// <summary>How rows are kept.</summary>
public enum Persistence
{
    /// <summary>As usual: written to the log.</summary>
    Permanent,

    /// <summary>Not logged (<c>UNLOGGED</c>).</summary>
    Unlogged,

    /// <summary>Of one session (<c>TEMPORARY</c>).</summary>
    Temporary,
}

/// <summary>A storage parameter of a table, index or view, as <c>pg_class.reloptions</c> has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, as text.</param>
public sealed record StorageParameter(string Name, string Value);
