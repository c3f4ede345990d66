using Plumbline.Audit.Facts;

namespace Plumbline.Audit.Views;

/// <summary>Builds the views of an audit.</summary>
internal static class ViewBuilder
{
    /// <summary>All views of what was read.</summary>
    public static AuditViews Build(RepositoryFacts context)
    {
        var (models, mappings) = SharedSchemaView.Build(SharedDatabases.Find(context.Projects, context.Options));
        return new AuditViews
        {
            MigrationTimeline = MigrationTimelineView.Build(context.Projects),
            TableHistory = TableHistories.Build(context.Projects),
            SchemaComparison = models,
            TableMappings = mappings,
            DriftByTable = DriftByTableView.Build(context.Projects),
            Databases = [.. context.Projects.Select(p => KeyValuePair.Create(p.Name, p.Schema ?? p.Final?.Schema)).Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Key, p.Value!))],
        };
    }
}
