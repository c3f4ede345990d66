using System.Collections.Immutable;
using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>A rule that looks at a live database. It is silent where none was asked for or reached; a database of several projects is looked at once.</summary>
internal abstract class LiveRule : Rule
{
    /// <inheritdoc/>
    public sealed override void Check(AuditContext context, FindingCollector findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in context.Projects)
        {
            if (project.Database is not { Snapshot: { } snapshot } database)
                CheckWithoutDatabase(project, findings);
            else if (seen.Add(database.Url.ToString()))
                Check(new LiveContext(project, ProjectsOf(database, context), database, snapshot), findings);
        }
    }

    /// <summary>
    /// Whether the rule tells of something that somebody made in the database past the migrations. One fact is one finding: the rule that
    /// knows its danger then speaks, and the one that only knows the difference does not.
    /// </summary>
    /// <param name="change">The difference, from the migrations to the database.</param>
    /// <param name="live">The database.</param>
    public virtual bool Tells(SchemaChange change, LiveContext live) => false;

    /// <summary>Looks at one database.</summary>
    protected abstract void Check(LiveContext live, FindingCollector findings);

    /// <summary>Looks at a project whose database was not asked for or not reached.</summary>
    protected virtual void CheckWithoutDatabase(ProjectContext project, FindingCollector findings)
    {
    }

    private static ImmutableArray<ProjectContext> ProjectsOf(LiveDatabase database, AuditContext context) =>
        [.. context.Projects.Where(p => p.Database?.Url.ToString() == database.Url.ToString())];
}
