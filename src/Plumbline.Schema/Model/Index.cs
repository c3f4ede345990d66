using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>An index that belongs to no constraint.</summary>
public sealed record Index : SchemaObject
{
    /// <summary>Name of the index; it lives in its table's schema.</summary>
    public required string Name { get; init; }

    /// <summary>Index method, such as <c>btree</c>.</summary>
    public string Method { get; init; } = "btree";

    /// <summary>Whether it is unique.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Whether it is NULLS NOT DISTINCT.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Its keys, in their order.</summary>
    public required ImmutableArray<IndexKey> Keys { get; init; }

    /// <summary>Its INCLUDE columns.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Its WHERE condition; null where it covers all rows.</summary>
    public SqlExpression? Predicate { get; init; }

    /// <summary>Its storage parameters, sorted by name.</summary>
    public ImmutableArray<StorageParameter> StorageParameters { get; init; } = [];

    /// <summary>False for an index that a failed CREATE INDEX CONCURRENTLY left behind, or one ON ONLY a partitioned table that lacks parts.</summary>
    public bool IsValid { get; init; } = true;

    /// <summary>Whether the table is clustered on it.</summary>
    public bool IsClustered { get; init; }

    /// <summary>The partitioned index that this one is attached to; else null.</summary>
    public ObjectName? PartitionOf { get; init; }

    /// <summary>From a Prisma schema: the index comes from <c>@unique</c> or <c>@@unique</c>, which PostgreSQL may hold as a constraint or as an
    /// index.</summary>
    public bool IsPrismaUnique { get; init; }
}

/// <summary>One key of an index: a column or an expression.</summary>
public sealed record IndexKey
{
    /// <summary>The column; null where the key is an expression.</summary>
    public string? Column { get; init; }

    /// <summary>The expression; null where the key is a column.</summary>
    public SqlExpression? Expression { get; init; }

    /// <summary>Its operator class where it is not the type's default for the method; else null. Classes of <c>pg_catalog</c> without schema.</summary>
    public string? OperatorClass { get; init; }

    /// <summary>Parameters of the operator class, sorted by name.</summary>
    public ImmutableArray<StorageParameter> OperatorClassParameters { get; init; } = [];

    /// <summary>Its collation where it is not the column's own; else null.</summary>
    public ObjectName? Collation { get; init; }

    /// <summary>Whether it is DESC.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Whether NULLs come first; the default is false for ASC and true for DESC.</summary>
    public bool NullsFirst { get; init; }
}
