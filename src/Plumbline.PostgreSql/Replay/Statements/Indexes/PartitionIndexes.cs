using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Indexes;

/// <summary>The indexes of partitions that partitioned indexes demand. PostgreSQL documentation, "Table Partitioning".</summary>
internal static class PartitionIndexes
{
    /// <summary>Takes an index of a partition that fits, or makes one.</summary>
    public static void AttachOrCreate(Execution execution, RelationObject parent, RelationObject partition)
    {
        var info = parent.Row.Index!;
        var keys = info.Keys.Select(k => k with { Column = k.Column == 0 ? (short)0 : MapColumn(info.Table, partition, k.Column) }).ToImmutableArray();
        var include = MapColumns(info.Table, partition, info.Include);
        foreach (var candidate in partition.Indexes.Items)
        {
            var own = candidate.Row.Index!;
            if (own.Parent is null && Matches(own, info, keys, include) && (info.Constraint is null) == (own.Constraint is null)
                && own.Constraint?.Row.Kind == info.Constraint?.Row.Kind)
            {
                Attach(execution, parent, candidate);
                return;
            }
        }

        IndexBuilder.Create(execution, new IndexDraft(null, partition, info.Method, [])
        {
            BoundKeys = keys,
            BoundInclude = include,
            BoundPredicate = info.Predicate,
            IsUnique = info.IsUnique,
            IsPrimary = info.IsPrimary,
            IsConstraint = info.Constraint is not null,
            NullsNotDistinct = info.NullsNotDistinct,
            IsDeferrable = info.Constraint?.Row.IsDeferrable == true,
            IsDeferred = info.Constraint?.Row.IsDeferred == true,
            BoundOptions = parent.Row.Options,
            ParentIndex = parent,
            ParentConstraint = info.Constraint,
        });
    }

    /// <summary>Makes an index of a partition a part of a partitioned one.</summary>
    public static void Attach(Execution execution, RelationObject parent, RelationObject index)
    {
        var database = execution.Database;
        index.Row = index.Row with { IsPartition = true, Parents = [parent], Index = index.Row.Index! with { Parent = parent } };
        parent.Children.Add(index);
        database.Depend(new ObjectAddress(index), new ObjectAddress(parent), DependencyType.Partition);
        if (index.Row.Index!.Constraint is { } constraint && parent.Row.Index!.Constraint is { } above)
        {
            constraint.Row = constraint.Row with { Parent = above, InheritCount = 1, IsLocal = false };
            database.Depend(new ObjectAddress(constraint), new ObjectAddress(above), DependencyType.Partition);
        }
    }

    /// <summary>Whether an index is what a partitioned index needs.</summary>
    public static bool Matches(IndexInfo own, IndexInfo parent, ImmutableArray<IndexKeyInfo> keys, ImmutableArray<short> include) =>
        own.Method == parent.Method
        && own.IsUnique == parent.IsUnique
        && own.NullsNotDistinct == parent.NullsNotDistinct
        && own.Keys.Length == keys.Length
        && own.Include.AsSpan().SequenceEqual(include.AsSpan())
        && own.Keys.Zip(keys).All(p => p.First.Column == p.Second.Column && p.First.OperatorClass == p.Second.OperatorClass && p.First.CollationOid == p.Second.CollationOid
            && p.First.Expression?.Source == p.Second.Expression?.Source)
        && own.Predicate?.Source == parent.Predicate?.Source;

    /// <summary>The numbers that columns have in a partition.</summary>
    public static ImmutableArray<short> MapColumns(RelationObject parent, RelationObject partition, ImmutableArray<short> columns) =>
        [.. columns.Select(c => MapColumn(parent, partition, c))];

    /// <summary>The number that a column has in a partition.</summary>
    public static short MapColumn(RelationObject parent, RelationObject partition, short column) => partition.FindColumn(parent.Column(column).Name)?.Number ?? column;
}
