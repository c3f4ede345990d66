using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules;

/// <summary>A rule that looks at a live database. It is silent where none was asked for or reached; a database of several projects is looked at once.</summary>
internal abstract class LiveRule : Rule
{
    /// <inheritdoc/>
    public sealed override void Check(RepositoryFacts context, FindingCollector findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in context.Projects)
        {
            if (project.Database is not { Snapshot: { } snapshot } database)
                CheckWithoutDatabase(project, findings);
            else if (seen.Add(database.Url.ToString()))
                Check(new LiveFacts(project, ProjectsOf(database, context), database, snapshot), findings);
        }
    }

    /// <summary>
    /// Whether the rule tells of something that somebody made in the database past the migrations. One fact is one finding: the rule that
    /// knows its danger then speaks, and the one that only knows the difference does not.
    /// </summary>
    /// <param name="change">The difference, from the migrations to the database.</param>
    /// <param name="live">The database.</param>
    public virtual bool Tells(SchemaChange change, LiveFacts live) => false;

    /// <summary>Looks at one database.</summary>
    protected abstract void Check(LiveFacts live, FindingCollector findings);

    /// <summary>Looks at a project whose database was not asked for or not reached.</summary>
    protected virtual void CheckWithoutDatabase(ProjectFacts project, FindingCollector findings)
    {
    }

    private static ImmutableArray<ProjectFacts> ProjectsOf(LiveDatabase database, RepositoryFacts context) =>
        [.. context.Projects.Where(p => p.Database?.Url.ToString() == database.Url.ToString())];
}
