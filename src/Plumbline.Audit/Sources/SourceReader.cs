using System.Collections.Immutable;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>Reads a SOURCE, of whatever form, as a schema.</summary>
public static class SourceReader
{
    /// <summary>Reads a source.</summary>
    /// <param name="name">
    /// A <c>.prisma</c> file or a folder of them, a folder of Prisma's migrations, a <c>.sql</c> file, a Markdown document, a <c>.json</c> snapshot;
    /// or <c>REV:PATH</c> for any of these at a git revision.
    /// </param>
    /// <param name="configuration">What the configuration says about the server.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InputException">There is no such source, or nothing of it can be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static Source Read(string name, Configuration configuration, CancellationToken cancellation = default)
    {
        var files = SourceLocator.Locate(name);
        cancellation.ThrowIfCancellationRequested();
        return files.Form switch
        {
            SourceForm.PrismaSchema => ReadPrisma(files, TextsOf(files.SchemaFiles, cancellation, out var problems), problems),
            SourceForm.Document => ReadDocument(files, cancellation),
            _ => throw new InputException($"{name}: sources of this form cannot be read yet."),
        };
    }

    private static Source ReadPrisma(SourceFiles files, ImmutableArray<SourceText> texts, ImmutableArray<Diagnostic> problems)
    {
        var schema = PrismaSchema.Read(texts);
        var version = files.PrismaVersion.Value;
        var other = OtherProvider(schema);
        return new Source
        {
            Name = files.Name,
            Form = files.Form,
            Schema = other is null ? SchemaLowering.Lower(schema, new LoweringOptions { PrismaVersion = new Version(version.Major, version.Minor) }) : DatabaseSchema.Empty,
            Errors = [.. problems, .. new[] { other }.OfType<Diagnostic>(), .. schema.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)],
            Texts = texts,
        };
    }

    private static Diagnostic? OtherProvider(PrismaSchema schema) => schema.Datasource is { Provider: { } provider, IsPostgreSql: false } datasource
        ? new Diagnostic(DiagnosticSeverity.Error, "other-provider", $"The schema is for {provider}; plumb reads those for PostgreSQL.", datasource.Location)
        : null;

    private static Source ReadDocument(SourceFiles files, CancellationToken cancellation)
    {
        var texts = TextsOf([files.File], cancellation, out var problems);
        return MarkdownFences.Extract(texts[0], MarkdownFences.Prisma) is { } prisma
            ? ReadPrisma(files, [prisma], problems) with { Texts = texts }
            : throw new InputException($"{files.Name} has no code fences of the language prisma or sql.");
    }

    private static ImmutableArray<SourceText> TextsOf(ImmutableArray<WorkspaceFile> files, CancellationToken cancellation, out ImmutableArray<Diagnostic> problems)
    {
        FileReading.ReadAll(files, cancellation);
        problems = [.. files.Select(file => file.Problem).OfType<Diagnostic>()];
        ImmutableArray<SourceText> texts = [.. files.Select(file => file.Text).OfType<SourceText>()];
        return texts.IsEmpty && !problems.IsEmpty ? throw new InputException(problems[0]) : texts;
    }
}
