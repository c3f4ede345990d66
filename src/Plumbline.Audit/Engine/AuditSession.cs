using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Audit.Live;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Engine;

/// <summary>One audit: what is asked for, where the files come from, and what ends it. Commands, and later editors and servers, are thin around it.</summary>
public sealed class AuditSession
{
    private readonly AuditRequest _request;
    private readonly IFileSource _files;
    private readonly IProgress<string>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<AuditConfiguration> _configuration;
    private readonly Lazy<Repository> _repository;

    /// <summary>A session over the files of the disk.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="progress">Receives what is under way; null where nobody listens.</param>
    /// <param name="cancellation">Ends the audit: between two files, blocks, statements or rules.</param>
    public AuditSession(AuditRequest request, IProgress<string>? progress = null, CancellationToken cancellation = default)
        : this(request, DiskFiles.Instance, progress, cancellation)
    {
    }

    /// <summary>A session over other files.</summary>
    internal AuditSession(AuditRequest request, IFileSource files, IProgress<string>? progress, CancellationToken cancellation)
    {
        _request = request;
        _files = files;
        _progress = progress;
        _cancellation = cancellation;
        _configuration = new Lazy<AuditConfiguration>(() => ReadConfiguration(files, request.ConfigurationFile, request.Path));
        _repository = new Lazy<Repository>(Open);
    }

    /// <summary>The configuration.</summary>
    /// <exception cref="InputException">It is wrong, or not there.</exception>
    public AuditConfiguration Configuration => _configuration.Value;

    /// <summary>The repository.</summary>
    /// <exception cref="InputException">The configuration is wrong, or the folder has nothing that could be audited: silence about it would look like
    /// agreement.</exception>
    public Repository Repository => _repository.Value;

    /// <summary>Whether the reading of a database was interrupted, after which the rest was still audited.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>The configuration that is named, or that of a folder's repository.</summary>
    /// <param name="file">The file that is named; null for that of the repository.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InputException">It is wrong, or not there.</exception>
    public static AuditConfiguration ReadConfiguration(string? file, string folder) => ReadConfiguration(DiskFiles.Instance, file, folder);

    /// <summary>Audits.</summary>
    /// <exception cref="InputException">The request or the configuration is wrong, or there is nothing to audit.</exception>
    /// <exception cref="OperationCanceledException">The audit was cancelled.</exception>
    public AuditResult Run()
    {
        var options = Options();
        RequestedRules.Check(_request, options);
        if (_request.Database is not null || _request.IsLive)
        {
            _progress?.Report("Reading the database");
            options = options with { Databases = RequestedDatabases.Read(_request.Database, Repository, Configuration, _request.Process, _cancellation) };
        }

        // An interrupt while the database is read ends that alone: what needs no database is still reported.
        WasInterrupted = options.Databases.Values.Any(database => database.Failure?.Failure == CatalogFailure.Interrupted);
        if (_request.Shadow is { } shadow)
        {
            _progress?.Report("Running the migrations in a shadow database");
            options = options with { Shadows = ShadowReplay.RunAsync(Repository, options, RequestedDatabases.Parse(shadow, "--shadow"), _cancellation).GetAwaiter().GetResult() };
        }

        return Auditor.Run(Repository, options, _progress, WasInterrupted ? CancellationToken.None : _cancellation);
    }

    /// <summary>Every occurrence that there is, those included that others speak for.</summary>
    /// <exception cref="InputException">The request or the configuration is wrong, or there is nothing to audit.</exception>
    /// <exception cref="OperationCanceledException">The audit was cancelled.</exception>
    public ImmutableArray<Occurrence> AllOccurrences()
    {
        var options = Options();
        var occurrences = ImmutableArray.CreateBuilder<Occurrence>();
        while (true)
        {
            // Where one occurrence speaks for another, the other one is reported once the first is accepted.
            var result = Auditor.Run(Repository, options with { Baseline = [.. occurrences.Select(o => o.Fingerprint)] }, _progress, _cancellation);
            if (result.Findings.IsEmpty)
                return occurrences.ToImmutable();

            occurrences.AddRange(result.Findings.SelectMany(finding => finding.Occurrences));
        }
    }

    private static AuditConfiguration ReadConfiguration(IFileSource files, string? file, string folder)
    {
        if (file is not null)
            return ConfigurationReader.Read(Path.GetFullPath(file), file, RuleNames());

        var full = Path.GetFullPath(folder);
        return files.FolderExists(full) ? ConfigurationReader.ForFolder(files, Path.TrimEndingDirectorySeparator(full), RuleNames()) : AuditConfiguration.Empty;
    }

    // Made only where a configuration file is there and speaks of rules.
    private static IEnumerable<string> RuleNames()
    {
        foreach (var rule in RuleCatalog.Descriptors)
            yield return rule.Name;
    }

    private AuditOptions Options() => AuditOptions.From(Configuration) with
    {
        Process = _request.Process,
        Rules = _request.Rules,
        Areas = _request.Areas,
        ShowsViews = _request.ShowsViews,
        PendingMigrations = _request.Since is { } revision ? LaterMigrations.Since(Repository, revision) : [],
        Baseline = _request.UsesBaseline && BaselineFile.ForFolder(_files, Repository.Root, Repository.RepositoryRoot) is { Entries.IsEmpty: false } baseline
            ? baseline.Accepted(_request.Today ?? AuditRequest.CurrentDay)
            : [],
    };

    private Repository Open()
    {
        _progress?.Report("Reading " + _request.Path);
        var repository = RepositoryOpener.Open(_files, _request.Path, Configuration, _cancellation);
        if (repository.Projects.IsEmpty)
            throw new InputException(NothingFound(_request.Path, repository));

        var migrations = repository.Projects.SelectMany(project => project.History?.Migrations ?? []);
        var files = repository.Projects.SelectMany(project => project.SchemaFiles).Concat(migrations.Select(migration => migration.Script).OfType<WorkspaceFile>()).ToList();
        return files.Count > 0 && files.All(file => file.Text is null) ? throw new InputException(files[0].Problem!) : repository;
    }

    private static string NothingFound(string path, Repository repository)
    {
        if (!repository.OtherProviderProjects.IsEmpty)
        {
            var named = string.Join(", ", repository.OtherProviderProjects.Select(project => $"{project.SchemaPath ?? project.ExpectedMigrationsPath} ({project.Provider})"));
            return $"{path} has no Prisma schema for PostgreSQL. Schemas for other databases are not read: {named}.";
        }

        if (!repository.UnsupportedProjects.IsEmpty)
        {
            return $"{path} has no Prisma schema that can be read. Contracts of Prisma 8 are not supported yet: {string.Join(", ", repository.UnsupportedProjects.Select(project => project.Path))}.";
        }

        var nested = repository.NestedRepositories.IsEmpty
            ? ""
            : $" It contains other repositories; audit each one separately: {string.Join(", ", repository.NestedRepositories)}.";
        var problems = string.Concat(repository.Diagnostics.Select(problem => $" {problem.Location.Path}: {problem.Message}"));
        return repository.Files.IsEmpty && nested.Length == 0 && problems.Length == 0
            ? FileListing.SkippedIn(repository.Root) is { IsEmpty: false } skipped
                ? $"{path} has no files to audit outside {string.Join(", ", skipped)}."
                : $"{path} is empty: there is nothing to audit."
            : $"{path} has neither a Prisma schema nor Prisma migrations.{nested}{problems} Name another folder, or name the schema in plumb.yaml under \"projects\".";
    }
}
