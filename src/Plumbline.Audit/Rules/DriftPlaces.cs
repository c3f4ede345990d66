using System.Collections.Immutable;
using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>The places of a difference between schema and migrations.</summary>
internal static class DriftPlaces
{
    /// <summary>
    /// Where a change stands: first on the side that has the thing (the schema where both have it), then on the other. On the side of the
    /// migrations the statement that made the thing, and the last one that changed it.
    /// </summary>
    /// <param name="change">The change from the migrations to the schema.</param>
    /// <param name="dropped">The statement that dropped what the schema still has; null where there is none.</param>
    public static ImmutableArray<FindingLocation> Of(SchemaChange change, SourceLocation? dropped = null)
    {
        var schema = new List<FindingLocation>(1);
        if (change.ToLocation is { } to)
            schema.Add(new FindingLocation(LocationRole.Schema, to));

        var migrations = new List<FindingLocation>(2);
        if (change.FromLocation is { } from)
            migrations.Add(new FindingLocation(LocationRole.Migration, from));

        if (change.FromObject is { ChangedBy: [.., var last] } && last != change.FromLocation)
            migrations.Add(new FindingLocation(LocationRole.Migration, last));

        if (dropped is not null)
            migrations.Add(new FindingLocation(LocationRole.Migration, dropped));

        return change.ToObject is null ? [.. migrations, .. schema] : [.. schema, .. migrations];
    }
}
