using System.Collections.Immutable;

namespace Plumbline.Audit;

/// <summary>What rules look at: the repository as a whole, and each of its projects. Whatever is costly is computed when a rule asks for it, once.</summary>
internal sealed class AuditContext
{
    private readonly Lazy<ImmutableArray<Suppression>> _suppressions;

    /// <summary>A context over a workspace.</summary>
    public AuditContext(Workspace workspace, AuditOptions options)
    {
        Workspace = workspace;
        Options = options;
        Projects = [.. workspace.Projects.Select(p => new ProjectContext(p, workspace, options))];
        _suppressions = new Lazy<ImmutableArray<Suppression>>(() => [.. Projects.SelectMany(p => p.Suppressions)]);
    }

    /// <summary>The repository's files and what was found in them.</summary>
    public Workspace Workspace { get; }

    /// <summary>How the audit was asked for.</summary>
    public AuditOptions Options { get; }

    /// <summary>The projects for PostgreSQL, in the workspace's order.</summary>
    public ImmutableArray<ProjectContext> Projects { get; }

    /// <summary>The suppressions that stand in schemas and migrations.</summary>
    public ImmutableArray<Suppression> Suppressions => _suppressions.Value;
}
