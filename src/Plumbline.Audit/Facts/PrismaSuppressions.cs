using Plumbline.Audit.Findings;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>The suppressions of a Prisma schema: a comment above a block belongs to the block, one above a member of a block to the member.</summary>
internal static class PrismaSuppressions
{
    /// <summary>Reads them from a syntax tree.</summary>
    public static IEnumerable<Suppression> Read(SchemaSyntax file)
    {
        if (!SuppressionComment.MayBeIn(file.Source))
            return [];

        var top = Below(file.Source, file.Items, item => (item as TopLevelCommentSyntax)?.Comments);
        var members = file.Blocks.SelectMany(block => Below(
            file.Source, [.. block.Members.Where(m => m is not BlankLinesSyntax)], member => (member as MemberCommentSyntax)?.Comments));
        return top.Concat(members).OrderBy(s => s.Place.Line);
    }

    private static IEnumerable<Suppression> Below<T>(SourceText text, IReadOnlyList<T> nodes, Func<T, IReadOnlyList<CommentSyntax>?> commentsOf)
        where T : SyntaxNode
    {
        TextSpan? below = null;
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            if (commentsOf(nodes[i]) is not { } comments)
            {
                // A member's span reaches into the next line.
                below = new TextSpan(nodes[i].Span.Start, text.Slice(nodes[i].Span).TrimEnd().Length);
                continue;
            }

            foreach (var comment in comments)
            {
                // The blanks before a comment belong to it.
                var blanks = text.Slice(comment.Span).Length - text.Slice(comment.Span).TrimStart().Length;
                var span = TextSpan.FromBounds(comment.Span.Start + blanks, comment.Span.End);
                if (SuppressionComment.Read(text, text.Slice(comment.ContentSpan), span, below) is { } suppression)
                    yield return suppression;
            }
        }
    }
}
