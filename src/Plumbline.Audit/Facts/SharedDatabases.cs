using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>Which projects share one database.</summary>
internal static class SharedDatabases
{
    /// <summary>
    /// The groups that the configuration names; where it names none, projects whose schemas have at least half of the smaller one's tables in
    /// common are taken to share one. Each group has two projects or more, in the order of the workspace.
    /// </summary>
    public static ImmutableArray<ImmutableArray<ProjectFacts>> Find(ImmutableArray<ProjectFacts> projects, AuditOptions options)
    {
        if (!options.SharedDatabases.IsEmpty)
            return [.. options.SharedDatabases.Select(g => projects.Where(p => g.Contains(p.Name)).ToImmutableArray()).Where(g => g.Length > 1)];

        var tables = projects.Select(p => (
            Project: p, Tables: p.Prisma?.Models.Select(m => new ObjectName(p.SchemaOf(m.SchemaName), m.DatabaseName)).ToHashSet() ?? [])).ToList();
        var groups = new List<List<(ProjectFacts Project, HashSet<ObjectName> Tables)>>();
        foreach (var candidate in tables.Where(t => t.Tables.Count > 0))
        {
            if (groups.Find(g => g.Exists(other => Share(other.Tables, candidate.Tables))) is { } group)
                group.Add(candidate);
            else
                groups.Add([candidate]);
        }

        return [.. groups.Where(g => g.Count > 1).Select(g => g.Select(p => p.Project).ToImmutableArray())];
    }

    private static bool Share(HashSet<ObjectName> a, HashSet<ObjectName> b) => a.Count(b.Contains) * 2 >= Math.Min(a.Count, b.Count);
}
