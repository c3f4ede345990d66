using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding;

/// <summary>A Prisma schema, of one file or several, with every name resolved and every check of Prisma's made. It is as complete as its errors
/// allow.</summary>
public sealed class PrismaSchema
{
    internal PrismaSchema(ImmutableArray<SchemaSyntax> files) => Files = files;

    /// <summary>The syntax trees of the files, in their order.</summary>
    public ImmutableArray<SchemaSyntax> Files { get; }

    /// <summary>The datasources, in their order; a valid schema has at most one.</summary>
    public ImmutableArray<Datasource> Datasources { get; internal init; } = [];

    /// <summary>The generators, in their order.</summary>
    public ImmutableArray<Generator> Generators { get; internal init; } = [];

    /// <summary>The models, in their order.</summary>
    public ImmutableArray<Model> Models { get; internal init; } = [];

    /// <summary>The views, in their order.</summary>
    public ImmutableArray<Model> Views { get; internal init; } = [];

    /// <summary>The enums, in their order.</summary>
    public ImmutableArray<PrismaEnum> Enums { get; internal init; } = [];

    /// <summary>The composite types, in their order.</summary>
    public ImmutableArray<CompositeType> CompositeTypes { get; internal init; } = [];

    /// <summary>The relations, in the order in which Prisma finds them.</summary>
    public ImmutableArray<Relation> Relations { get; internal init; } = [];

    /// <summary>What is wrong with the schema, in Prisma's words and order; a schema without errors is one that Prisma accepts.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; internal init; } = [];

    /// <summary>The first datasource; null where there is none.</summary>
    public Datasource? Datasource => Datasources.IsEmpty ? null : Datasources[0];

    /// <summary>Who keeps references whole.</summary>
    public RelationMode RelationMode => Datasource?.RelationMode ?? RelationMode.ForeignKeys;

    /// <summary>Whether Prisma would refuse the schema.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Reads the files of a schema. Nothing is thrown, whatever they hold.</summary>
    /// <param name="files">The files, in the order in which they are to be merged.</param>
    /// <param name="version">The version of Prisma whose checks it must pass; null where it is not known: then what only some versions refuse is no error.</param>
    /// <param name="cancellation">Ends the reading between two blocks.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static PrismaSchema Read(IReadOnlyList<SourceText> files, Version? version = null, CancellationToken cancellation = default)
    {
        if (FirstBeyondLines(files) is { } file)
            return TooLarge([.. files.Select(unread => SchemaSyntax.Parse(new SourceText(unread.Path, ""), cancellation))], ReadingBudget.SchemaLines, "lines", SourceLocation.StartOf(file.Path));

        ImmutableArray<SchemaSyntax> trees = [.. files.Select(text => SchemaSyntax.Parse(text, cancellation))];
        return FirstBeyondBudget(trees) is { } place
            ? TooLarge(trees, ReadingBudget.SchemaMembers, "models, fields and values", place)
            : new SchemaBinder(trees, version).Bind();
    }

    private static PrismaSchema TooLarge(ImmutableArray<SchemaSyntax> trees, int most, string parts, SourceLocation place) => new(trees)
    {
        Diagnostics =
        [
            ReadingBudget.Exceeded("The Prisma schema is too large to be read", string.Create(CultureInfo.InvariantCulture, $"The schema has more than {most:N0} {parts}; it is not read."), place) with
            {
                Severity = DiagnosticSeverity.Error,
            },
        ],
    };

    // A comment of a few characters needs the memory of a field, so lines are counted before they are parsed.
    private static SourceText? FirstBeyondLines(IReadOnlyList<SourceText> files)
    {
        if (files.Sum(file => (long)file.Text.Length) <= ReadingBudget.SchemaLines)
            return null;

        var lines = 0L;
        foreach (var file in files)
        {
            lines += file.Text.AsSpan().Count('\n') + file.Text.AsSpan().Count('\r');
            if (lines > ReadingBudget.SchemaLines)
                return file;
        }

        return null;
    }

    private static SourceLocation? FirstBeyondBudget(ImmutableArray<SchemaSyntax> files)
    {
        var members = 0;
        foreach (var file in files)
        {
            foreach (var item in file.Items)
            {
                members += 1 + (item is BlockSyntax block ? block.Members.Length : 0);
                if (members > ReadingBudget.SchemaMembers)
                    return file.Source.LocationOf(item.Span);
            }
        }

        return null;
    }
}
