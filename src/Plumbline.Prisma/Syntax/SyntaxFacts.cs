namespace Plumbline.Prisma.Syntax;

/// <summary>The words that begin blocks.</summary>
internal static class SyntaxFacts
{
    private static readonly (string Keyword, BlockKind Kind)[] Keywords =
    [
        ("model", BlockKind.Model), ("type", BlockKind.CompositeType), ("view", BlockKind.View),
        ("enum", BlockKind.Enum), ("datasource", BlockKind.Datasource), ("generator", BlockKind.Generator),
    ];

    /// <summary>The word that begins a kind of block.</summary>
    public static string KeywordOf(BlockKind kind) => Keywords.First(k => k.Kind == kind).Keyword;

    /// <summary>Takes the word that begins a block; no blank has to follow it.</summary>
    public static BlockKind? TakeBlockKeyword(Cursor cursor)
    {
        foreach (var (keyword, kind) in Keywords)
        {
            if (cursor.Take(keyword))
            {
                return kind;
            }
        }

        return null;
    }
}
