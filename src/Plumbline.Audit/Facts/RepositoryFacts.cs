using System.Collections.Immutable;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Connections.Credentials;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Audit.Workspace.Projects;

namespace Plumbline.Audit.Facts;

/// <summary>What rules look at: the repository as a whole, and each of its projects. Whatever is costly is computed when a rule asks for it, once.</summary>
internal sealed class RepositoryFacts
{
    private readonly Lazy<ImmutableArray<Suppression>> _suppressions;
    private readonly Lazy<RepositoryCommands> _commands;
    private readonly Lazy<RepositoryConnections> _connections;
    private readonly Lazy<ImmutableArray<WrittenPassword>> _passwords;
    private readonly Lazy<ImmutableArray<SqlFile>> _sqlFiles;
    private readonly Lazy<ImmutableArray<LiveFacts>> _databases;
    private readonly Lazy<ILookup<string, ProjectFacts>> _byPackage;
    private readonly Lazy<ILookup<string, ProjectFacts>> _byFolder;

    /// <summary>A context over a workspace.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="options">How the audit is asked for.</param>
    /// <param name="cancellation">Ends what takes long: reading, parsing and replaying.</param>
    public RepositoryFacts(Repository workspace, AuditOptions options, CancellationToken cancellation = default)
    {
        Repository = workspace;
        Options = options;
        _passwords = new Lazy<ImmutableArray<WrittenPassword>>(() => CommittedPasswords.Find(workspace, cancellation));
        _sqlFiles = new Lazy<ImmutableArray<SqlFile>>(() => SqlFile.Read(workspace, cancellation));
        Projects = [.. workspace.Projects.Select(p => new ProjectFacts(p, workspace, options, _sqlFiles, cancellation))];
        _databases = new Lazy<ImmutableArray<LiveFacts>>(ReadDatabases);
        _suppressions = new Lazy<ImmutableArray<Suppression>>(() => [.. Projects.SelectMany(p => p.Suppressions)]);
        _commands = new Lazy<RepositoryCommands>(() => RepositoryCommands.Read(workspace));
        _byPackage = new(() => Projects.Where(p => p.Project.Package is not null).ToLookup(p => p.Project.Package!.File.Path, StringComparer.Ordinal));
        _byFolder = new(() => Projects.Where(p => p.Project.Package is not null).ToLookup(p => p.Project.Package!.File.Folder, StringComparer.Ordinal));
        _connections = new Lazy<RepositoryConnections>(ReadConnections);
    }

    /// <summary>The commands in the scripts of its packages and in its continuous integration.</summary>
    public RepositoryCommands Commands => _commands.Value;

    /// <summary>The places that give database URLs. The environment of the process has no part in it: an audit says the same on every machine.</summary>
    public RepositoryConnections Connections => _connections.Value;

    /// <summary>The passwords of databases that are written in its files.</summary>
    public ImmutableArray<WrittenPassword> Passwords => _passwords.Value;

    /// <summary>The SQL files that are no migrations, parsed.</summary>
    public ImmutableArray<SqlFile> SqlFiles => _sqlFiles.Value;

    /// <summary>The repository's files and what was found in them.</summary>
    public Repository Repository { get; }

    /// <summary>How the audit was asked for.</summary>
    public AuditOptions Options { get; }

    /// <summary>The projects for PostgreSQL, in the workspace's order.</summary>
    public ImmutableArray<ProjectFacts> Projects { get; }

    /// <summary>The live databases that were asked for and reached, each with the projects that it belongs to.</summary>
    public ImmutableArray<LiveFacts> Databases => _databases.Value;

    /// <summary>The suppressions that stand in schemas and migrations.</summary>
    public ImmutableArray<Suppression> Suppressions => _suppressions.Value;

    /// <summary>The project that a package belongs to; null where it belongs to none, or to several.</summary>
    public ProjectFacts? ProjectOf(PackageManifest package)
    {
        ProjectFacts[] found = [.. _byPackage.Value[package.File.Path].Take(2)];
        return found is [var only] ? only : null;
    }

    /// <summary>The project that a file belongs to: the one of the nearest package around it, or the only one; null where it belongs to none, or to several.</summary>
    public ProjectFacts? ProjectOf(string path)
    {
        if (Projects.Length == 1)
            return Projects[0];

        for (var folder = path; ; folder = RelativePath.FolderOf(folder))
        {
            ProjectFacts[] found = [.. _byFolder.Value[folder].Take(2)];
            if (found.Length > 0 || folder.Length == 0)
                return found is [var only] ? only : null;
        }
    }

    private RepositoryConnections ReadConnections()
    {
        var facts = new Dictionary<Project, ProjectFacts>(ReferenceEqualityComparer.Instance);
        foreach (var project in Projects)
            facts.Add(project.Project, project);

        return RepositoryConnections.Read(Repository, project => facts.GetValueOrDefault(project)?.Prisma?.Datasource);
    }

    private ImmutableArray<LiveFacts> ReadDatabases() =>
    [
        .. Projects
            .Where(p => p.Database?.Snapshot is not null)
            .GroupBy(p => p.Database!.Url.ToString(), StringComparer.Ordinal)
            .Select(g => new LiveFacts(g.First(), [.. g], g.First().Database!, g.First().Database!.Snapshot!)),
    ];
}
