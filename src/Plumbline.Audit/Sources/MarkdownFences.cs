using System.Collections.Immutable;
using Markdig;
using Markdig.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Sources;

/// <summary>The code of a Markdown document: everything else is blanked out, so that every place in the code is its place in the document.</summary>
internal static class MarkdownFences
{
    /// <summary>The languages under which fences hold a Prisma schema.</summary>
    public static ImmutableArray<string> Prisma { get; } = ["prisma"];

    /// <summary>The languages under which fences hold SQL.</summary>
    public static ImmutableArray<string> Sql { get; } = ["sql", "postgresql", "postgres", "pgsql", "psql"];

    /// <summary>The code of the fences in some languages; null where there is none.</summary>
    public static SourceText? Extract(SourceText document, ImmutableArray<string> languages)
    {
        var characters = new char[document.Text.Length];
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = document.Text[i] is '\n' or '\r' ? document.Text[i] : ' ';
        }

        var found = false;
        foreach (var fence in Fences(document.Text))
        {
            var language = (fence.Info ?? "").Trim();
            if (!languages.Contains(language, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            found = true;
            for (var i = 0; i < fence.Lines.Count; i++)
            {
                var slice = fence.Lines.Lines[i].Slice;
                if (slice.Length > 0 && ReferenceEquals(slice.Text, document.Text))
                {
                    document.Text.CopyTo(slice.Start, characters, slice.Start, slice.Length);
                }
            }
        }

        return found ? new SourceText(document.Path, new string(characters)) : null;
    }

    private static IEnumerable<FencedCodeBlock> Fences(string text)
    {
        try
        {
            return Markdown.Parse(text).Descendants<FencedCodeBlock>();
        }
        catch (ArgumentException)
        {
            // Markdig refuses what is nested too deeply to be a document.
            return [];
        }
    }
}
