namespace Plumbline.Audit.Rules.Upkeep.Comments;

/// <summary>What the documentation comments of a Prisma schema say.</summary>
internal static class SchemaComments
{
    /// <summary>Whether a comment documents something: a suppression alone documents nothing.</summary>
    /// <param name="comment">The comment's text; null where there is none.</param>
    public static bool Documents(string? comment)
    {
        foreach (var line in comment.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace() && !line.TrimStart().StartsWith("plumb-ignore", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
