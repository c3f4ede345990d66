using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>What a server has counted in a database. PostgreSQL documentation, "The Cumulative Statistics System".</summary>
public sealed record CatalogStatistics
{
    /// <summary>When it was asked.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Since when it counts: the last reset; null where it never was reset.</summary>
    public DateTimeOffset? CountingSince { get; init; }

    /// <summary>When the server was started.</summary>
    public DateTimeOffset? ServerStartedAt { get; init; }

    /// <summary>The tables and materialized views, sorted by name.</summary>
    public ImmutableArray<TableStatistics> Tables { get; init; } = [];

    /// <summary>The indexes, those of constraints too, sorted by name.</summary>
    public ImmutableArray<IndexStatistics> Indexes { get; init; } = [];

    /// <summary>The sequences, sorted by name.</summary>
    public ImmutableArray<SequenceStatistics> Sequences { get; init; } = [];
}

/// <summary>What is counted of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EstimatedRows">The planner's estimate of its rows; null where it was never analyzed.</param>
/// <param name="Bytes">Size of its own pages, without indexes and TOAST.</param>
/// <param name="LastAnalyzed">When it was analyzed last, by hand or by itself; null where it never was.</param>
/// <param name="DeadRows">Rows that VACUUM has not yet removed.</param>
/// <param name="SequentialScans">How often it was read from end to end.</param>
public sealed record TableStatistics(ObjectName Name, long? EstimatedRows, long Bytes, DateTimeOffset? LastAnalyzed, long DeadRows, long SequentialScans)
{
    /// <summary>How many rows the server has counted as they came and went; right even where the estimate is old, and 0 where the counters were lost.</summary>
    public long LiveRows { get; init; }

    /// <summary>How many rows were written, changed or deleted since the table was analyzed last.</summary>
    public long ChangedRows { get; init; }
}

/// <summary>What is counted of an index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Scans">How often it was used.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsValid">Whether it may be used; false for what a failed CREATE INDEX CONCURRENTLY left.</param>
/// <param name="IsUnique">Whether it holds a constraint or uniqueness, and so is needed even where nothing reads it.</param>
public sealed record IndexStatistics(ObjectName Name, ObjectName Table, long Scans, long Bytes, bool IsValid, bool IsUnique)
{
    /// <summary>
    /// What its rows would need if it were built again, by the planner's statistics of its columns; null where that cannot be told: it is
    /// small or no B-tree, holds an exclusion constraint, or the role may not see the statistics.
    /// </summary>
    public long? NeededBytes { get; init; }
}

/// <summary>How far a sequence has come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LastValue">The last value that it gave; null where it gave none or may not be read.</param>
/// <param name="IsReadable">Whether the role may read it.</param>
public sealed record SequenceStatistics(ObjectName Name, long? LastValue, bool IsReadable);
