using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>The kinds of comment.</summary>
public enum CommentKind
{
    /// <summary><c>// …</c>, which documents nothing.</summary>
    Line,

    /// <summary><c>/// …</c>.</summary>
    Documentation,

    /// <summary><c>/* … */</c>.</summary>
    Block,
}

/// <summary>A comment.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="ContentSpan">What it says, without its signs.</param>
/// <param name="Span">Where it is, signs included; blanks before it too where it follows another comment.</param>
public sealed record CommentSyntax(CommentKind Kind, TextSpan ContentSpan, TextSpan Span) : SyntaxNode(Span)
{
    /// <summary>The documentation that comments give together; null where all of them are <c>//</c>.</summary>
    internal static string? DocumentationOf(SourceText source, ImmutableArray<CommentSyntax> comments)
    {
        List<string>? lines = null;
        foreach (var comment in comments)
        {
            var content = source.Slice(comment.ContentSpan);
            switch (comment.Kind)
            {
                case CommentKind.Documentation:
                    (lines ??= []).Add(content.TrimStart().ToString());
                    break;
                case CommentKind.Block:
                    (lines ??= []).Add(content.Trim().ToString());
                    break;
            }
        }

        return lines is null ? null : string.Join('\n', lines);
    }
}
