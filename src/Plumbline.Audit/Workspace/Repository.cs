using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace;

/// <summary>What is in a repository, or in a part of one: its files, and the projects that were found in them.</summary>
public sealed record Repository
{
    /// <summary>Full path of the folder that is looked at; every other path is relative to it.</summary>
    public required string Root { get; init; }

    /// <summary>Full path of the repository that <see cref="Root"/> lies in; <see cref="Root"/> itself where it lies in none.</summary>
    public required string RepositoryRoot { get; init; }

    /// <summary>Every file that belongs to the repository (that git would consider), sorted by path. Nothing of it is read before it is asked for.</summary>
    public ImmutableArray<WorkspaceFile> Files { get; init; } = [];

    /// <summary>The projects for PostgreSQL, sorted by the path of their schemas.</summary>
    public ImmutableArray<Project> Projects { get; init; } = [];

    /// <summary>The projects for another database: named, and left alone.</summary>
    public ImmutableArray<Project> OtherProviderProjects { get; init; } = [];

    /// <summary>The schemas that are no projects, since nothing refers to them; sorted by path.</summary>
    public ImmutableArray<UnusedSchema> UnusedSchemas { get; init; } = [];

    /// <summary>The projects of Prisma 8, which are not read yet; sorted by path.</summary>
    public ImmutableArray<UnsupportedProject> UnsupportedProjects { get; init; } = [];

    /// <summary>Every <c>.sql</c> file that is no project's migration, stray files among the migrations included; sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> SqlFiles { get; init; } = [];

    /// <summary>Every <c>package.json</c>, sorted by path.</summary>
    public ImmutableArray<PackageManifest> Packages { get; init; } = [];

    /// <summary>Paths of the repositories inside this one, which are left out; sorted.</summary>
    public ImmutableArray<string> NestedRepositories { get; init; } = [];

    /// <summary>What exists in the databases before the first migration.</summary>
    public Platform Platform
    {
        get => LazyPlatform.Value.Platform;
        init => LazyPlatform = new((value, PlatformEvidence));
    }

    /// <summary>What <see cref="Platform"/> was concluded from, such as a path; null where nothing was.</summary>
    public string? PlatformEvidence
    {
        get => LazyPlatform.Value.Evidence;
        init => LazyPlatform = new((Platform, value));
    }

    internal Lazy<(Platform Platform, string? Evidence)> LazyPlatform { get; init; } = new((Platform.None, null));

    /// <summary>The major version of the server that the migrations are meant for.</summary>
    public int PostgreSqlVersion
    {
        get => LazyServer.Value.Version;
        init => LazyServer = new((value, PostgreSqlVersionEvidence, []));
    }

    /// <summary>What <see cref="PostgreSqlVersion"/> was concluded from, such as an image in a file; null where nothing was.</summary>
    public string? PostgreSqlVersionEvidence
    {
        get => LazyServer.Value.Evidence;
        init => LazyServer = new((PostgreSqlVersion, value, []));
    }

    /// <summary>That it has more projects than are read; null where all are.</summary>
    internal Diagnostic? TooManyProjects { get; init; }

    /// <summary>The budgets that files about containers exceed.</summary>
    internal ImmutableArray<Diagnostic> ContainerProblems => LazyServer.Value.Exceeded;

    internal Lazy<(int Version, string? Evidence, ImmutableArray<Diagnostic> Exceeded)> LazyServer { get; init; } = new((ReplayOptions.Default.PostgreSqlVersion, null, []));

    /// <summary>Where its files are read from.</summary>
    internal IFileSource Source { get; init; } = DiskFiles.Instance;

    /// <summary>What could not be read or understood while looking around.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether a path is, or lies in, a file or folder that could not be read, so that nobody knows whether it is there.</summary>
    /// <param name="path">The path, relative to <see cref="Root"/>.</param>
    internal bool IsUnread(string path) =>
        Diagnostics.Any(problem => problem.Code is FileReader.LinkCode or FileReader.PermissionCode && RelativePath.IsWithin(path, problem.Location.Path));

    /// <summary>The file of a path; null where the repository has none.</summary>
    /// <param name="path">The path, relative to <see cref="Root"/>.</param>
    public WorkspaceFile? Find(string path) => FirstAtOrAfter(path) is var index && index < Files.Length && Files[index].Path == path ? Files[index] : null;

    /// <summary>The files inside a folder, at any depth, sorted by path. No other file is looked at.</summary>
    /// <param name="folder">The folder, relative to <see cref="Root"/>.</param>
    internal IEnumerable<WorkspaceFile> Under(string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        for (var i = FirstAtOrAfter(prefix); i < Files.Length && Files[i].Path.StartsWith(prefix, StringComparison.Ordinal); i++)
            yield return Files[i];
    }

    /// <summary>Whether there is a file of a path, or in a folder of it.</summary>
    /// <param name="path">The path, relative to <see cref="Root"/>.</param>
    internal bool HasAt(string path) => Find(path) is not null || Under(path).Any();

    private int FirstAtOrAfter(string path)
    {
        int low = 0, high = Files.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (string.CompareOrdinal(Files[middle].Path, path) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Looks around in a folder: its files are listed, its projects found, and the files of the projects read.</summary>
    /// <param name="path">The folder: a repository, or a part of one.</param>
    /// <param name="configuration">What its configuration says.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="InputException">There is no such folder, or the configuration names something that is not there.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static Repository Open(string path, AuditConfiguration configuration, CancellationToken cancellation = default) =>
        RepositoryOpener.Open(DiskFiles.Instance, path, configuration, cancellation);
}
