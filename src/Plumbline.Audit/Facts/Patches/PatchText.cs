using System.Collections.Immutable;
using System.Text;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts.Patches;

/// <summary>Edits of a Prisma schema: as the lines that a person reads, and as the files that come of them.</summary>
internal static class PatchText
{
    /// <summary>The lines to remove and to add, each behind its sign; lines of blocks that are there stand below the block's name where there are several.</summary>
    /// <param name="edits">The edits.</param>
    /// <param name="isOfSeveral">Whether they are for several differences, so that no title says which block they belong to.</param>
    public static string Of(ImmutableArray<PatchEdit> edits, bool isOfSeveral)
    {
        var lines = new List<string>();
        var blocks = edits.Select(BlockOf).OfType<Declaration>().Distinct().ToList();
        var ofBlocks = edits.ToLookup(BlockOf);
        foreach (var block in blocks)
        {
            if (isOfSeveral || blocks.Count > 1 || edits.Any(e => e is AddedBlock))
                lines.Add($"  // in {KeywordOf(block)} {block.Name}");

            foreach (var edit in ofBlocks[block])
            {
                if (edit is ReplacedPart replaced)
                    lines.AddRange(Signed('-', "  " + replaced.Old.Trim()));

                lines.AddRange(Signed('+', "  " + (edit is AddedLine added ? added.Line : ((ReplacedPart)edit).Text)));
            }
        }

        foreach (var block in edits.OfType<AddedBlock>())
            lines.AddRange(Signed('+', block.Text));

        return string.Join('\n', lines);
    }

    /// <summary>The files with the edits made. New blocks stand in a file of their own.</summary>
    public static List<SourceText> Apply(IEnumerable<SourceText> files, ImmutableArray<PatchEdit> edits)
    {
        var texts = files.Select(file => Edited(file, edits)).ToList();
        if (edits.Any(e => e is AddedBlock))
            texts.Add(new SourceText("patch.prisma", string.Join("\n\n", edits.OfType<AddedBlock>().Select(b => b.Text)) + "\n"));

        return texts;
    }

    private static SourceText Edited(SourceText file, ImmutableArray<PatchEdit> edits)
    {
        var changes = edits.Where(e => ReferenceEquals(BlockOf(e)?.Source, file)).Select(ChangeOf).OrderByDescending(c => c.Span.Start).ToList();
        if (changes.Count == 0)
            return file;

        // From the end to the beginning: of two at one place, the later one comes first.
        var text = new StringBuilder(file.Text.Length + changes.Sum(c => c.Words.Length));
        var end = 0;
        foreach (var (span, words) in Enumerable.Reverse(changes))
        {
            text.Append(file.Text, end, Math.Max(0, span.Start - end)).Append(words);
            end = Math.Max(end, span.End);
        }

        return new SourceText(file.Path, text.Append(file.Text, end, file.Text.Length - end).ToString());
    }

    private static (TextSpan Span, string Words) ChangeOf(PatchEdit edit) => edit switch
    {
        ReplacedPart replaced => (replaced.Span, replaced.Text),
        AddedLine { Block: var block, Line: var line } => (new TextSpan(block.Source.Text.LastIndexOf('}', block.Syntax.Span.End - 1), 0), $"\n  {line}\n"),
        _ => throw new ArgumentException("The edit is none of a file that is there.", nameof(edit)),
    };

    private static Declaration? BlockOf(PatchEdit edit) => edit switch
    {
        AddedLine added => added.Block,
        ReplacedPart replaced => replaced.Block,
        _ => null,
    };

    private static string KeywordOf(Declaration block) => block switch
    {
        PrismaEnum => "enum",
        Model { IsView: true } => "view",
        _ => "model",
    };

    private static IEnumerable<string> Signed(char sign, string text) => text.ReplaceLineEndings("\n").Split('\n').Select(line => $"{sign} {line}".TrimEnd());
}
