using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Live;

/// <summary>Finds out which project of a repository a database belongs to.</summary>
public static class LiveDatabaseOwner
{
    /// <summary>The projects whose database it is, by name: those whose migrations it knows; else the one that most of its tables are named by.</summary>
    /// <param name="database">What was read of the database, or that it was not reached.</param>
    /// <param name="workspace">The repository.</param>
    public static IReadOnlyList<string> Find(LiveDatabase database, Repository workspace)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(workspace);
        if (workspace.Projects.Length == 1 || database.Snapshot is null)
            return [.. workspace.Projects.Select(p => p.Name)];

        var applied = (database.History?.Rows ?? []).Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        List<string> owners = [.. workspace.Projects.Where(p => (p.History?.Migrations ?? []).Any(m => applied.Contains(m.Name))).Select(p => p.Name)];
        if (owners.Count > 0)
            return owners;

        var tables = database.Snapshot.Schema.Tables.Select(t => t.Name.Name).ToList();
        return [workspace.Projects.MaxBy(p => tables.Count(t => Mentions(p, t)))!.Name];
    }

    private static bool Mentions(Project project, string table) => project.SchemaFiles.Any(f => f.Text is { } text && Names(text, table));

    private static bool Names(SourceText text, string table) =>
        text.Text.Contains($"\"{table}\"", StringComparison.Ordinal) || text.Text.Contains($"model {table} ", StringComparison.Ordinal);
}
