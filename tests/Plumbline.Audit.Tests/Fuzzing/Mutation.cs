namespace Plumbline.Audit.Tests.Fuzzing;

/// <summary>Changes texts as accidents and attackers do: bytes lost, doubled, moved, replaced; pieces of other files; odd characters.</summary>
internal sealed class Mutation(Random random, IReadOnlyList<string> corpus)
{
    private static readonly string[] Odd =
    [
        "(", ")", "{", "}", "[", "]", "'", "\"", "`", "$$", "$a$", "/*", "*/", "--", "//", "///", "\\", "@", "@@", ";", ",", ".", "?", "\0", "\r", "\u2028", "\uFEFF", "\uD800", "é", "😀",
        "E'\\", "U&'\\", "::", "ARRAY[", "99999999999999999999", "1e999999", "CREATE TABLE ", "DO $$ BEGIN ", " END $$;", "@relation(", "model ", "enum ", "BEGIN;", "COMMIT;", "CASCADE",
    ];

    /// <summary>A text with some changes.</summary>
    public string Apply(string text)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
            text = Once(text);

        return text;
    }

    private string Once(string text)
    {
        if (text.Length == 0)
            return Pick(Odd);

        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 1 << random.Next(1, 10)), text.Length - at);
        return random.Next(8) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Remove(at, length).Insert(random.Next(text.Length - length + 1), text.Substring(at, length)),
            3 => text.Insert(at, Pick(Odd)),
            4 => text.Insert(at, string.Concat(Enumerable.Repeat(Pick(Odd), random.Next(1, 2000)))),
            5 => text[..at],
            6 => text.Insert(at, PieceOf(Pick(corpus))),
            _ => string.Concat(text.AsSpan(0, at), ((char)random.Next(0x10000)).ToString(), text.AsSpan(Math.Min(at + 1, text.Length))),
        };
    }

    private string PieceOf(string text)
    {
        var start = random.Next(text.Length + 1);
        return text.Substring(start, Math.Min(random.Next(200), text.Length - start));
    }

    private string Pick(IReadOnlyList<string> items) => items[random.Next(items.Count)];
}
