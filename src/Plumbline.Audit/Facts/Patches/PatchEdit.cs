using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts.Patches;

/// <summary>One edit of a Prisma schema.</summary>
internal abstract record PatchEdit;

/// <summary>A line at the end of a block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Line">The line, without indentation.</param>
internal sealed record AddedLine(Declaration Block, string Line) : PatchEdit;

/// <summary>A part of a block in other words.</summary>
/// <param name="Block">The block.</param>
/// <param name="Span">Where the part stands.</param>
/// <param name="Text">The other words.</param>
internal sealed record ReplacedPart(Declaration Block, TextSpan Span, string Text) : PatchEdit
{
    /// <summary>The words that are there.</summary>
    public string Old => Block.Source.Slice(Span).ToString();
}

/// <summary>A block that the schema lacks.</summary>
/// <param name="Text">The block.</param>
internal sealed record AddedBlock(string Text) : PatchEdit;
