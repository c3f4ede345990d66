using System.Collections.Immutable;
using System.Globalization;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Plumbline.Audit.Configuration;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>The code of a Markdown document: everything else is blanked out, so that every place in the code is its place in the document.</summary>
internal sealed class MarkdownFences
{
    // Of a document only its blocks are read: what is inside a line (links, emphasis, HTML) says nothing about fences, and some of it takes time in the square of its length.
    private static readonly MarkdownPipeline BlocksAlone = OfBlocks();

    private readonly SourceText _document;
    private readonly string _text;
    private readonly ImmutableArray<FencedCodeBlock> _fences;

    private MarkdownFences(SourceText document, string text, ImmutableArray<FencedCodeBlock> fences) => (_document, _text, _fences) = (document, text, fences);

    /// <summary>The languages under which fences hold a Prisma schema.</summary>
    public static ImmutableArray<string> Prisma { get; } = ["prisma"];

    /// <summary>The languages under which fences hold SQL.</summary>
    public static ImmutableArray<string> Sql { get; } = ["sql", "postgresql", "postgres", "pgsql", "psql"];

    /// <summary>Finds the fences of a document.</summary>
    /// <exception cref="InputException">The document is longer than <see cref="ReadingBudget.DocumentLength"/>.</exception>
    public static MarkdownFences Of(SourceText document)
    {
        if (document.Text.Length > ReadingBudget.DocumentLength)
        {
            var problem = ReadingBudget.Exceeded(
                string.Create(CultureInfo.InvariantCulture, $"{document.Path} is longer than {ReadingBudget.DocumentLength >> 20} MiB"),
                string.Create(CultureInfo.InvariantCulture, $"The document is longer than {ReadingBudget.DocumentLength >> 20} MiB, the limit for Markdown."),
                SourceLocation.StartOf(document.Path));
            throw new InputException(problem with { Severity = DiagnosticSeverity.Error });
        }

        // A definition of a link, which is looked for when its paragraph ends, is no block. Without its bracket it is text of the same length.
        var text = document.Text.Replace('[', '(');
        try
        {
            return new MarkdownFences(document, text, [.. Markdown.Parse(text, BlocksAlone).Descendants<FencedCodeBlock>()]);
        }
        catch (ArgumentException)
        {
            // Markdig refuses what is nested too deeply to be a document.
            return new MarkdownFences(document, text, []);
        }
    }

    /// <summary>The code of the fences in some languages; null where there is none.</summary>
    public SourceText? Extract(ImmutableArray<string> languages)
    {
        ImmutableArray<FencedCodeBlock> wanted = [.. _fences.Where(fence => languages.Contains((fence.Info ?? "").Trim(), StringComparer.OrdinalIgnoreCase))];
        if (wanted.IsEmpty)
        {
            return null;
        }

        var characters = new char[_text.Length];
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = _text[i] is '\n' or '\r' ? _text[i] : ' ';
        }

        foreach (var fence in wanted)
        {
            for (var i = 0; i < fence.Lines.Count; i++)
            {
                var slice = fence.Lines.Lines[i].Slice;
                if (slice.Length > 0 && ReferenceEquals(slice.Text, _text))
                {
                    _document.Text.CopyTo(slice.Start, characters, slice.Start, slice.Length);
                }
            }
        }

        return new SourceText(_document.Path, new string(characters));
    }

    private static MarkdownPipeline OfBlocks()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.InlineParsers.Clear();

        // Nor are underlined headings, and to find thousands of them takes as long.
        builder.BlockParsers.Find<ParagraphBlockParser>()!.ParseSetextHeadings = false;
        return builder.Build();
    }
}
