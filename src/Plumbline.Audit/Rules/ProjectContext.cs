using System.Collections.Immutable;

namespace Plumbline.Audit;

/// <summary>One project, as rules look at it. Everything is computed when a rule asks for it, once.</summary>
internal sealed class ProjectContext
{
    private readonly Lazy<ImmutableArray<Suppression>> _suppressions;

    /// <summary>A context over a project of a workspace.</summary>
    public ProjectContext(Project project, Workspace workspace, AuditOptions options)
    {
        Project = project;
        Workspace = workspace;
        Options = options;
        _suppressions = new Lazy<ImmutableArray<Suppression>>(ReadSuppressions);
    }

    /// <summary>What was found of it in the workspace.</summary>
    public Project Project { get; }

    /// <summary>The workspace that it lies in.</summary>
    public Workspace Workspace { get; }

    /// <summary>How the audit was asked for.</summary>
    public AuditOptions Options { get; }

    /// <summary>Its name.</summary>
    public string Name => Project.Name;

    /// <summary>The suppressions in its schema and its migrations.</summary>
    public ImmutableArray<Suppression> Suppressions => _suppressions.Value;

    public Plumbline.Schema.SchemaComparison? Drift => null;
    public Plumbline.Schema.SourceLocation? LastDrop(Plumbline.Schema.ObjectName table, string? member) => null;

    private ImmutableArray<Suppression> ReadSuppressions()
    {
        var found = ImmutableArray.CreateBuilder<Suppression>();
        foreach (var file in Project.SchemaFiles)
        {
            if (file.Text is { } text)
                found.AddRange(SuppressionReader.ReadPrisma(text));
        }

        foreach (var migration in Project.History?.Migrations ?? [])
        {
            if (migration.Script?.Text is { } text)
                found.AddRange(SuppressionReader.ReadSql(text, []));
        }

        return found.ToImmutable();
    }
}
