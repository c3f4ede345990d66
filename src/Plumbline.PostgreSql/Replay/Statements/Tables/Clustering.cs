using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay.Statements.Tables;

/// <summary>Which index a table is clustered on (<c>mark_index_clustered</c>). PostgreSQL documentation, "CLUSTER".</summary>
internal static class Clustering
{
    /// <summary>Marks an index, and no other of the table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">The index; null for none.</param>
    public static void Mark(RelationObject table, RelationObject? index)
    {
        foreach (var other in table.Indexes.Items)
        {
            if (other.Row.Index!.IsClustered != (other == index))
            {
                other.Row = other.Row with { Index = other.Row.Index with { IsClustered = other == index } };
            }
        }
    }

    /// <summary>The index of a table by its name.</summary>
    public static RelationObject Index(Database database, RelationObject table, string name)
    {
        var index = database.FindRelation(table.Namespace, name) ?? throw new RefusedException("42704", $"index \"{name}\" for table \"{table.Name}\" does not exist");
        return index.Row.Index?.Table == table ? index : throw new RefusedException("42809", $"\"{name}\" is not an index for table \"{table.Name}\"");
    }
}
