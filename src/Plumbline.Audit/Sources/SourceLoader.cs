using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Sources;

/// <summary>
/// Loads schemas, for the projects of a repository as for every SOURCE that someone names. A source that lies in a repository is loaded as an audit of that
/// repository loads it: for its server and platform, in the schema that its project's URL names, with its version of Prisma, in the working order.
/// </summary>
public sealed class SourceLoader
{
    private readonly Func<string, AuditConfiguration> _configurationOf;
    private readonly CachedFiles _disk = new(DiskFiles.Instance);

    /// <summary>Makes a loader.</summary>
    /// <param name="configurationOf">The configuration of a folder, or of a folder above it.</param>
    public SourceLoader(Func<string, AuditConfiguration> configurationOf) => _configurationOf = configurationOf;

    /// <summary>Whether a source is a live database, which takes its time to answer.</summary>
    public static bool IsDatabase(string name) => DatabaseSource.IsNamedBy(name);

    /// <summary>A source's name as it may be shown: of a URL without what is secret in it.</summary>
    public static string Shown(string name) => DatabaseSource.IsNamedBy(name) ? DatabaseSource.Shown(name) : name;

    /// <summary>Loads a source.</summary>
    /// <param name="name">
    /// A <c>.prisma</c> file or a folder of them, a folder of Prisma's migrations, a <c>.sql</c> file, a Markdown document, a <c>.json</c> snapshot;
    /// or <c>REV:PATH</c> for any of these at a git revision; or the URL of a database.
    /// </param>
    /// <param name="cancellation">Ends the loading.</param>
    /// <exception cref="InputException">There is no such source, no part of it can be read, or the configuration is wrong.</exception>
    /// <exception cref="SourceUnavailableException">The database could not be reached or read.</exception>
    /// <exception cref="OperationCanceledException">The loading was cancelled.</exception>
    public Source Load(string name, CancellationToken cancellation = default) => LoadAll([name], cancellation)[0];

    /// <summary>Loads two sources at once.</summary>
    /// <inheritdoc cref="Load(string, CancellationToken)" path="/exception"/>
    public (Source From, Source To) Load(string from, string to, CancellationToken cancellation = default) =>
        LoadAll([from, to], cancellation) is [var first, var second] ? (first, second) : throw new InvalidOperationException();

    /// <summary>The server that a project's migrations, or some other SQL, run on.</summary>
    /// <param name="project">The project; null where the SQL belongs to none.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="version">The server's major version.</param>
    internal static ReplayOptions ServerOf(Project? project, Platform platform, int version) => new()
    {
        PostgreSqlVersion = version,
        Platform = platform == Platform.Supabase ? ReplayPlatform.Supabase : ReplayPlatform.None,
        DefaultSchema = project is null or { DefaultSchema.IsPublic: true } ? null : project.DefaultSchema.Name,
        Before = project?.InitShadowDb,
    };

    /// <summary>The histories of a project's migrations.</summary>
    /// <param name="project">The project.</param>
    /// <param name="repository">The repository that it was found in.</param>
    /// <param name="migrations">Its migrations in Prisma's order.</param>
    /// <param name="groups">Runs of them that are tried in the opposite order too.</param>
    /// <param name="cancellation">Ends a replay between two statements.</param>
    internal static ProjectHistories HistoriesOf(
        Project project, Repository repository, ImmutableArray<MigrationSource> migrations, IReadOnlyList<MigrationGroup> groups, CancellationToken cancellation) =>
        new(migrations, ServerOf(project, repository.Platform, repository.PostgreSqlVersion), groups, isDeployed: true, cancellation);

    /// <summary>The database that Prisma would create for a project's schema.</summary>
    internal static DatabaseSchema Lower(PrismaSchema schema, PrismaVersion version, DefaultSchema target) =>
        SchemaLowering.Lower(schema, new LoweringOptions { PrismaVersion = new Version(version.Major, version.Minor), DefaultSchema = target.Name });

    private ImmutableArray<Source> LoadAll(ImmutableArray<string> names, CancellationToken cancellation)
    {
        // What is missing is reported before anything takes time.
        ImmutableArray<SourceFiles?> located = [.. names.Select(name => DatabaseSource.IsNamedBy(name) ? null : SourceLocator.Locate(name, _disk))];
        cancellation.ThrowIfCancellationRequested();
        var repositories = located.Select(files => files?.Place).OfType<SourcePlace>().GroupBy(place => (place.Files, place.Repository))
            .ToDictionary(group => group.Key, group => Task.Run(() => Open(group.Key.Files, group.Key.Repository, [.. group.Select(place => place.Folder)], cancellation), cancellation));
        var others = Enumerable.Range(1, names.Length - 1).Select(i => Task.Run(() => Load(i), cancellation)).ToList();
        var first = Load(0);
        return [first, .. others.Select(other => other.GetAwaiter().GetResult())];

        Source Load(int i)
        {
            if (located[i] is not { } files)
            {
                return DatabaseSource.Read(names[i], cancellation);
            }

            var opening = files.Place is { } place ? repositories[(place.Files, place.Repository)] : null;
            var source = new LoadedSource(files, opening, opening is null ? _configurationOf(".") : AuditConfiguration.Empty, cancellation).Read();
            cancellation.ThrowIfCancellationRequested();
            return source;
        }
    }

    private Repository Open(IFileSource files, string repository, ImmutableArray<string> folders, CancellationToken cancellation)
    {
        var configuration = ConfigurationOf(repository);
        if (files is RevisionFiles)
        {
            // The configuration is that of today, and its projects need not have been there then.
            configuration = configuration with { Projects = [] };
        }
        else if (configuration.Folder is { } folder && Git.FindRepository(folder) != repository)
        {
            // The configuration of the current directory, which names projects of its own repository too.
            var projects = configuration.Projects.Where(project => IsIn(repository, folder, project.Schema) && IsIn(repository, folder, project.Migrations));
            configuration = configuration with { Projects = [.. projects] };
        }

        return RepositoryOpener.Open(files, repository, repository, files.ListAround(repository, folders, ProjectFiles.IsWanted, cancellation), configuration);
    }

    private static bool IsIn(string repository, string folder, ConfiguredText? written) =>
        written is null || RealPath.IsWithin(Path.GetFullPath(Path.Combine(folder, written.Value)), repository);

    // The configuration of the current directory counts unless the source lies in another repository that has its own.
    private AuditConfiguration ConfigurationOf(string repository) =>
        repository != Git.FindRepository(Directory.GetCurrentDirectory()) && _configurationOf(repository) is { Folder: not null } own ? own : _configurationOf(".");
}
