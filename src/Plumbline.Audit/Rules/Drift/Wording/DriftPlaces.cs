using System.Collections.Immutable;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>The places of a difference between schema and migrations.</summary>
internal static class DriftPlaces
{
    /// <summary>
    /// Where a change stands: first on the side that has the thing (the schema where both have it), then on the other. On the side of the
    /// migrations the statement that made the thing, and the last one that changed it.
    /// </summary>
    /// <param name="change">The change from the migrations to the schema.</param>
    /// <param name="text">What is said about it; null where nothing is.</param>
    /// <param name="cause">Where the cause stands; null where it is not known.</param>
    public static ImmutableArray<FindingLocation> Of(SchemaChange change, DriftText? text = null, FindingLocation? cause = null)
    {
        var role = text is { IsAgainstStray: true } ? LocationRole.Stray : LocationRole.Migration;
        FindingLocation[] schema = [.. Place(LocationRole.Schema, change.ToLocation)];
        var last = change.FromObject is { ChangedBy: [.., var changed] } && changed != change.FromLocation ? changed : null;
        FindingLocation[] others = [.. Place(role, change.FromLocation), .. Place(role, last), .. cause is null ? [] : new[] { cause }, .. Place(LocationRole.Stray, text?.Stray)];
        return change.ToObject is null ? [.. others, .. schema] : [.. schema, .. others];
    }

    /// <summary>Where a change from the migrations to a live database stands: the statement that made the thing, and the last one that changed it.</summary>
    public static ImmutableArray<FindingLocation> OfLive(SchemaChange change)
    {
        var last = change.FromObject is { ChangedBy: [.., var changed] } && changed != change.FromLocation ? changed : null;
        return [.. Place(LocationRole.Migration, change.FromLocation), .. Place(LocationRole.Migration, last)];
    }

    private static IEnumerable<FindingLocation> Place(LocationRole role, SourceLocation? place) => place is null ? [] : [new FindingLocation(role, place)];
}
