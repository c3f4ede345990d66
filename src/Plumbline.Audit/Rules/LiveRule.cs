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
            if (project.Database is { Snapshot: { } snapshot } database && seen.Add(database.Url.ToString()))
                Check(new LiveContext(project, [.. context.Projects.Where(p => p.Database?.Url.ToString() == database.Url.ToString())], database, snapshot), findings);
        }
    }

    /// <summary>Looks at one database.</summary>
    protected abstract void Check(LiveContext live, FindingCollector findings);
}
