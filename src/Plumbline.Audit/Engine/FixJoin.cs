using System.Collections.Immutable;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Engine;

/// <summary>One fix for several observations.</summary>
internal static class FixJoin
{
    /// <summary>
    /// The fix: planned for their differences together where that is what they are, else joined. Null where there is none, or where one of the observations has
    /// none and so would stay.
    /// </summary>
    public static FindingFix? Of(ImmutableArray<Observation> observations)
    {
        if (observations.Length == 1)
            return observations[0].Fix;

        return observations[0].Planned is { Planner: var planner } && observations.All(o => ReferenceEquals(o.Planned?.Planner, planner))
            ? planner.Fix([.. observations.SelectMany(o => o.Planned!.With.Prepend(o.Planned.Change))], observations.Aggregate(FixWays.Either, (ways, o) => ways & o.Planned!.Ways))
            : Join([.. observations.Select(o => o.Fix)]);
    }

    // SQL and edits are two ways to the same end: half of one and half of the other lead nowhere.
    private static FindingFix? Join(ImmutableArray<FindingFix?> fixes)
    {
        var all = fixes.OfType<FindingFix>().ToList();
        if (all.Count < fixes.Length)
            return null;

        var sql = all.TrueForAll(f => f.Sql is not null) ? Lines(all.Select(f => f.Sql!)) : null;
        var patch = all.TrueForAll(f => f.Patch is not null) ? Lines(all.Select(f => f.Patch!)) : null;
        if (sql is null && patch is null)
            return null;

        return new FindingFix(sql is null ? FixKind.Safe : all.Max(f => f.Kind), sql, patch) { Migrations = sql is null ? [] : MigrationsOf(all) };
    }

    // What can share a migration does, and runs before what needs one of its own.
    private static ImmutableArray<FixMigration> MigrationsOf(List<FindingFix> fixes)
    {
        if (fixes.TrueForAll(f => f.Migrations.IsEmpty))
            return [];

        var together = fixes.FindAll(f => f.Migrations.IsEmpty);
        var shared = Lines(together.Select(f => f.Sql!));
        var own = fixes.SelectMany(f => f.Migrations).DistinctBy(m => m.Sql);
        return shared.Length == 0 ? [.. own] : [new FixMigration("fix_drift", shared, together.Max(f => f.Kind)), .. own];
    }

    private static string Lines(IEnumerable<string> parts) => string.Join('\n', parts.Distinct(StringComparer.Ordinal));
}
