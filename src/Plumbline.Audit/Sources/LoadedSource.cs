using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Schema.Model;
using Plumbline.Schema.Snapshots;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>One source while it is loaded. The repository around it is opened meanwhile: it is waited for where what it says is needed.</summary>
internal sealed class LoadedSource
{
    private readonly SourceFiles _files;
    private readonly Task<Repository>? _opening;
    private readonly AuditConfiguration _configuration;
    private readonly CancellationToken _cancellation;

    /// <summary>A source to load.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="opening">Opens its repository; null where it lies in none.</param>
    /// <param name="configuration">The configuration where it lies in none.</param>
    /// <param name="cancellation">Ends the loading.</param>
    public LoadedSource(SourceFiles files, Task<Repository>? opening, AuditConfiguration configuration, CancellationToken cancellation)
    {
        _files = files;
        _opening = opening;
        _configuration = configuration;
        _cancellation = cancellation;
    }

    private Repository? Repository => _opening?.GetAwaiter().GetResult();

    // What is no schema and no history of a project belongs to the only one that there is.
    private Project? Project
    {
        get
        {
            if (Repository is not { } repository)
            {
                return null;
            }

            var path = _files.Place!.Path;
            return repository.Projects.FirstOrDefault(project => project.SchemaPath == path || project.History?.Path == path) ??
                repository.Projects.FirstOrDefault(project => project.SchemaFiles.Any(file => file.Path == path) ||
                    (project.History is { } history && RelativePath.IsWithin(path, history.Path))) ??
                (_files.Form is SourceForm.Sql or SourceForm.Document && repository.Projects is [var only] ? only : null);
        }
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InputException">Nothing of it can be read.</exception>
    public Source Read() => _files.Form switch
    {
        SourceForm.PrismaSchema => ReadPrisma(TextsOf(_files.SchemaFiles, out var problems), problems),
        SourceForm.Migrations => ReadMigrations(),
        SourceForm.Sql => ReadSql(TextsOf([_files.File], out var problems), problems),
        SourceForm.Document => ReadDocument(),
        _ => ReadSnapshot(),
    };

    private Source ReadMigrations()
    {
        var history = _files.History;
        var texts = TextsOf([.. history.Migrations.Select(migration => migration.Script).OfType<WorkspaceFile>()], out var problems);
        MigrationFolder[] withoutScript = [.. history.Migrations.Where(migration => migration is { Script: null, Problem: null })];

        var closed = history.Migrations.Where(migration => migration.Script is null).Select(migration => migration.Problem).OfType<Diagnostic>();

        // A program of the team's own may run code in such a folder, and Prisma never sees it.
        var missing = withoutScript.Length == 0 || Project?.History?.OwnRunner is not null ? [] : withoutScript.Select(migration => new Diagnostic(
            DiagnosticSeverity.Error,
            "missing-migration-file",
            "The migration has no migration.sql: Prisma stops here with P3015.",
            migration.Place,
            "Restore the file, or remove the folder."));
        return Replay(
            Begin(texts, [.. missing, .. closed, .. problems]),
            [.. history.Migrations.Where(migration => migration.Sql is not null).Select(migration => new MigrationSource(migration.Name, migration.Sql!))],
            texts);
    }

    private Source ReadSql(ImmutableArray<SourceText> texts, ImmutableArray<Diagnostic> problems) =>
        Replay(Begin(texts, problems), [.. texts.Select(text => new MigrationSource(text.Path, text))], texts);

    private Source Replay(Source source, ImmutableArray<MigrationSource> scripts, ImmutableArray<SourceText> texts)
    {
        // What can be done without the repository is done before it is waited for.
        for (var i = 0; i < scripts.Length && _opening is { IsCompleted: false }; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            _ = scripts[i].Statements;
        }

        var project = Project;
        var options = SourceLoader.ServerOf(project, PlatformOf(project, texts), _configuration.PostgreSqlVersion ?? ReplayOptions.Default.PostgreSqlVersion) with { RecordsEffects = false };
        var histories = new ProjectHistories(scripts, options, [], isDeployed: false, _cancellation);

        // Few histories depend on the version, and to find it out takes as long as most replays.
        if (Repository is { } repository && histories.Final.DependsOnVersion && repository.PostgreSqlVersion != options.PostgreSqlVersion)
        {
            histories = new ProjectHistories(scripts, options with { PostgreSqlVersion = repository.PostgreSqlVersion }, [], isDeployed: false, _cancellation);
        }

        return SqlSource.Complete(source with { External = ExternalObjects.Of(project) }, scripts, histories);
    }

    private Platform PlatformOf(Project? project, ImmutableArray<SourceText> texts)
    {
        var known = Repository is { } repository ? repository.Platform : _configuration.Platform;
        return known is null || (known == Platform.None && project is null && Repository?.PlatformEvidence is null) ? PlatformFinder.Of(texts) : known.Value;
    }

    private Source ReadSnapshot()
    {
        var texts = TextsOf([_files.File], out var problems);
        return SnapshotReader.TryRead(texts[0], out var snapshot, out var error)
            ? Begin(texts, problems) with { Schema = snapshot!.Schema }
            : throw new InputException(error!);
    }

    private Source Begin(ImmutableArray<SourceText> texts, ImmutableArray<Diagnostic> errors) =>
        new() { Name = _files.Name, Form = _files.Form, Schema = DatabaseSchema.Empty, Errors = errors, Texts = texts };

    private Source ReadPrisma(ImmutableArray<SourceText> texts, ImmutableArray<Diagnostic> problems)
    {
        var project = Project;
        var version = project?.PrismaVersion ?? _files.PrismaVersion.Value;
        var schema = PrismaSchema.Read(texts, version.ForValidation, _cancellation);
        var other = OtherProvider(schema);
        return Begin(texts, [.. problems, .. new[] { other }.OfType<Diagnostic>(), .. schema.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)]) with
        {
            Schema = other is null
                ? SourceLoader.Lower(schema, version, project?.DefaultSchema ?? DefaultSchema.Public)
                : DatabaseSchema.Empty,
            External = ExternalObjects.Of(project),
        };
    }

    private static Diagnostic? OtherProvider(PrismaSchema schema) => schema.Datasource is { Provider: { } provider, IsPostgreSql: false } datasource
        ? new Diagnostic(DiagnosticSeverity.Error, "other-provider", $"The schema is for {provider}; plumb reads only schemas for PostgreSQL.", datasource.Location)
        : null;

    private Source ReadDocument()
    {
        var texts = TextsOf([_files.File], out var problems);
        var fences = MarkdownFences.Of(texts[0]);
        if (fences.Extract(MarkdownFences.Prisma) is { } prisma)
        {
            return ReadPrisma([prisma], problems) with { Texts = texts };
        }

        return fences.Extract(MarkdownFences.Sql) is { } sql
            ? ReadSql([sql], problems) with { Texts = texts }
            : throw new InputException($"{_files.Name} has no prisma or sql code fences.");
    }

    private ImmutableArray<SourceText> TextsOf(ImmutableArray<WorkspaceFile> files, out ImmutableArray<Diagnostic> problems)
    {
        FileReading.ReadAll(files, _cancellation);
        problems = [.. files.Select(file => file.Problem).OfType<Diagnostic>()];
        ImmutableArray<SourceText> texts = [.. files.Select(file => file.Text).OfType<SourceText>()];
        return texts.IsEmpty && !problems.IsEmpty ? throw new InputException(problems[0]) : texts;
    }
}
