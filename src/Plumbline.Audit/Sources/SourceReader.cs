using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Model;
using Plumbline.Schema.Snapshots;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>Reads a SOURCE, of whatever form, as a schema.</summary>
public static class SourceReader
{
    /// <summary>Reads a source.</summary>
    /// <param name="name">
    /// A <c>.prisma</c> file or a folder of them, a folder of Prisma's migrations, a <c>.sql</c> file, a Markdown document, a <c>.json</c> snapshot;
    /// or <c>REV:PATH</c> for any of these at a git revision; or the URL of a database.
    /// </param>
    /// <param name="configuration">What the configuration says about the server.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InputException">There is no such source, or nothing of it can be read.</exception>
    /// <exception cref="SourceUnavailableException">The database could not be reached or read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static Source Read(string name, AuditConfiguration configuration, CancellationToken cancellation = default)
    {
        if (DatabaseSource.IsNamedBy(name))
        {
            return DatabaseSource.Read(name, cancellation);
        }

        var files = SourceLocator.Locate(name);
        cancellation.ThrowIfCancellationRequested();
        return files.Form switch
        {
            SourceForm.PrismaSchema => ReadPrisma(files, TextsOf(files.SchemaFiles, cancellation, out var problems), problems),
            SourceForm.Migrations => ReadMigrations(files, configuration, cancellation),
            SourceForm.Sql => ReadSql(files, configuration, TextsOf([files.File], cancellation, out var problems), problems),
            SourceForm.Document => ReadDocument(files, configuration, cancellation),
            _ => ReadSnapshot(files, cancellation),
        };
    }

    /// <summary>Whether a source is a live database, which takes its time to answer.</summary>
    public static bool IsDatabase(string name) => DatabaseSource.IsNamedBy(name);

    /// <summary>A source's name as it may be shown: of a URL without what is secret in it.</summary>
    public static string Shown(string name) => DatabaseSource.IsNamedBy(name) ? DatabaseSource.Shown(name) : name;

    private static Source ReadMigrations(SourceFiles files, AuditConfiguration configuration, CancellationToken cancellation)
    {
        var history = new MigrationHistoryReader(files.Tree).Read(files.Path);
        var texts = TextsOf([.. history.Migrations.Select(migration => migration.Script).OfType<WorkspaceFile>()], cancellation, out var problems);
        var missing = history.Migrations.Where(migration => migration.Script is null).Select(migration => new Diagnostic(
            DiagnosticSeverity.Error,
            "missing-migration-file",
            "The migration has no migration.sql: Prisma stops here with P3015.",
            new SourceLocation(migration.ScriptPath, 1, 1, 1, 1),
            "Restore the file, or remove the folder."));
        var source = Begin(files, texts, [.. missing, .. problems]);
        var scripts = history.Migrations.Where(migration => migration.Script?.Text is not null).Select(migration => new MigrationSource(migration.Name, migration.Script!.Text!));
        return SqlSource.Replay(source, [.. scripts], OptionsOf(files, configuration, texts));
    }

    private static Source ReadSql(SourceFiles files, AuditConfiguration configuration, ImmutableArray<SourceText> texts, ImmutableArray<Diagnostic> problems) =>
        SqlSource.Replay(
            Begin(files, texts, problems), [.. texts.Select(text => new MigrationSource(text.Path, text))], OptionsOf(files, configuration, texts));

    private static Source ReadSnapshot(SourceFiles files, CancellationToken cancellation)
    {
        var texts = TextsOf([files.File], cancellation, out var problems);
        return SnapshotReader.TryRead(texts[0], out var snapshot, out var error)
            ? Begin(files, texts, problems) with { Schema = snapshot!.Schema }
            : throw new InputException(error!);
    }

    private static Source Begin(SourceFiles files, ImmutableArray<SourceText> texts, ImmutableArray<Diagnostic> errors) =>
        new() { Name = files.Name, Form = files.Form, Schema = DatabaseSchema.Empty, Errors = errors, Texts = texts };

    private static ReplayOptions OptionsOf(SourceFiles files, AuditConfiguration configuration, ImmutableArray<SourceText> texts) => new()
    {
        PostgreSqlVersion = configuration.PostgreSqlVersion ?? ReplayOptions.Default.PostgreSqlVersion,
        Platform = (configuration.Platform ?? PlatformFinder.Find(files.Folder, texts)) == Platform.Supabase ? ReplayPlatform.Supabase : ReplayPlatform.None,
    };

    private static Source ReadPrisma(SourceFiles files, ImmutableArray<SourceText> texts, ImmutableArray<Diagnostic> problems)
    {
        var version = files.PrismaVersion.Value;
        var schema = PrismaSchema.Read(texts, version.ForValidation);
        var other = OtherProvider(schema);
        return new Source
        {
            Name = files.Name,
            Form = files.Form,
            Schema = other is null
                ? SchemaLowering.Lower(schema, new LoweringOptions { PrismaVersion = new Version(version.Major, version.Minor) })
                : DatabaseSchema.Empty,
            Errors = [.. problems, .. new[] { other }.OfType<Diagnostic>(), .. schema.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)],
            Texts = texts,
        };
    }

    private static Diagnostic? OtherProvider(PrismaSchema schema) => schema.Datasource is { Provider: { } provider, IsPostgreSql: false } datasource
        ? new Diagnostic(DiagnosticSeverity.Error, "other-provider", $"The schema is for {provider}; plumb reads those for PostgreSQL.", datasource.Location)
        : null;

    private static Source ReadDocument(SourceFiles files, AuditConfiguration configuration, CancellationToken cancellation)
    {
        var texts = TextsOf([files.File], cancellation, out var problems);
        if (MarkdownFences.Extract(texts[0], MarkdownFences.Prisma) is { } prisma)
        {
            return ReadPrisma(files, [prisma], problems) with { Texts = texts };
        }

        return MarkdownFences.Extract(texts[0], MarkdownFences.Sql) is { } sql
            ? ReadSql(files, configuration, [sql], problems) with { Texts = texts }
            : throw new InputException($"{files.Name} has no code fences of the language prisma or sql.");
    }

    private static ImmutableArray<SourceText> TextsOf(
        ImmutableArray<WorkspaceFile> files, CancellationToken cancellation, out ImmutableArray<Diagnostic> problems)
    {
        FileReading.ReadAll(files, cancellation);
        problems = [.. files.Select(file => file.Problem).OfType<Diagnostic>()];
        ImmutableArray<SourceText> texts = [.. files.Select(file => file.Text).OfType<SourceText>()];
        return texts.IsEmpty && !problems.IsEmpty ? throw new InputException(problems[0]) : texts;
    }
}
