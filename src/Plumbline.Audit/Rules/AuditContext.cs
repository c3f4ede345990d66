using System.Collections.Immutable;

namespace Plumbline.Audit;

/// <summary>What rules look at: the repository as a whole, and each of its projects. Whatever is costly is computed when a rule asks for it, once.</summary>
internal sealed class AuditContext
{
    private readonly Lazy<ImmutableArray<Suppression>> _suppressions;
    private readonly Lazy<RepositoryCommands> _commands;
    private readonly Lazy<ImmutableArray<SqlFile>> _sqlFiles;

    /// <summary>A context over a workspace.</summary>
    public AuditContext(Workspace workspace, AuditOptions options)
    {
        Workspace = workspace;
        Options = options;
        _sqlFiles = new Lazy<ImmutableArray<SqlFile>>(() => SqlFile.Read(workspace));
        Projects = [.. workspace.Projects.Select(p => new ProjectContext(p, workspace, options, _sqlFiles))];
        _suppressions = new Lazy<ImmutableArray<Suppression>>(() => [.. Projects.SelectMany(p => p.Suppressions)]);
        _commands = new Lazy<RepositoryCommands>(() => RepositoryCommands.Read(workspace));
    }

    /// <summary>The commands in the scripts of its packages and in its continuous integration.</summary>
    public RepositoryCommands Commands => _commands.Value;

    /// <summary>The SQL files that are no migrations, parsed.</summary>
    public ImmutableArray<SqlFile> SqlFiles => _sqlFiles.Value;

    /// <summary>The repository's files and what was found in them.</summary>
    public Workspace Workspace { get; }

    /// <summary>How the audit was asked for.</summary>
    public AuditOptions Options { get; }

    /// <summary>The projects for PostgreSQL, in the workspace's order.</summary>
    public ImmutableArray<ProjectContext> Projects { get; }

    /// <summary>The suppressions that stand in schemas and migrations.</summary>
    public ImmutableArray<Suppression> Suppressions => _suppressions.Value;

    /// <summary>What many rules ask for, the longest work first.</summary>
    public IEnumerable<Action> SharedWork => [.. Projects.SelectMany(project => project.SharedWork), () => _ = SqlFiles, () => _ = Commands];

    /// <summary>The project that a package belongs to; null where it belongs to none, or to several.</summary>
    public ProjectContext? ProjectOf(PackageManifest package)
    {
        ProjectContext? found = null;
        foreach (var project in Projects)
        {
            if (project.Project.Package?.File.Path != package.File.Path)
                continue;

            if (found is not null)
                return null;

            found = project;
        }

        return found;
    }
}
