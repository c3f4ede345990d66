using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Sql;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>The suppressions of an SQL file: a comment above a statement belongs to the statement.</summary>
internal static class SqlSuppressions
{
    /// <summary>Reads them from the statements' leading comments.</summary>
    public static IEnumerable<Suppression> Read(SourceText text)
    {
        if (!SuppressionComment.MayBeIn(text))
            yield break;

        foreach (var statement in SqlParser.Read(text.Text))
        {
            foreach (var comment in statement.LeadingComments)
            {
                if (!comment.IsBlock && SuppressionComment.Read(text, text.Slice(comment.Span).TrimStart('-'), comment.Span, statement.Span) is { } suppression)
                    yield return suppression;
            }
        }
    }
}
