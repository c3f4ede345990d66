using System.Collections.Immutable;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Engine;

/// <summary>Joins the fixes of several observations into one.</summary>
internal static class FixJoin
{
    /// <summary>One fix for all; null where there is none, or where one of the observations has none and so would stay.</summary>
    public static FindingFix? Of(ImmutableArray<FindingFix?> fixes)
    {
        if (fixes.Length == 1)
            return fixes[0];

        var all = fixes.OfType<FindingFix>().ToList();
        if (all.Count < fixes.Length || all.Count == 0)
            return null;

        var kind = all.Max(f => f.Kind);
        var sql = Join(all.Select(f => f.Sql));
        var patch = Join(all.Select(f => f.Patch));
        return new FindingFix(kind, sql, patch) { Migrations = MigrationsOf(all) };
    }

    // What can share a migration does, and runs before what needs one of its own.
    private static ImmutableArray<FixMigration> MigrationsOf(List<FindingFix> fixes)
    {
        if (fixes.TrueForAll(f => f.Migrations.IsEmpty))
            return [];

        var shared = Join(fixes.Where(f => f.Migrations.IsEmpty).Select(f => f.Sql));
        var own = fixes.SelectMany(f => f.Migrations).DistinctBy(m => m.Sql);
        return shared is null ? [.. own] : [new FixMigration("fix_drift", shared), .. own];
    }

    private static string? Join(IEnumerable<string?> parts)
    {
        var texts = parts.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return texts.Count == 0 ? null : string.Join('\n', texts);
    }
}
