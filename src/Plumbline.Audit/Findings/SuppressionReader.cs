using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Findings;

/// <summary>Finds the suppressions of a file by its lines, from the last to the first: so what a comment stands above is always known already.</summary>
internal static class SuppressionReader
{
    private const string Keyword = "plumb-ignore";

    /// <summary>The suppressions of a Prisma schema: a comment above a block covers the block, one above a field covers the field.</summary>
    public static ImmutableArray<Suppression> ReadPrisma(SourceText text)
    {
        var closing = text.LineCount + 1;
        return Read(text, "//", line =>
        {
            var content = text.Line(line).Trim();
            if (content.StartsWith('}'))
                closing = line;

            return content.EndsWith('{') ? closing : line;
        });
    }

    /// <summary>The suppressions of an SQL file: a comment covers the statement that follows it.</summary>
    /// <param name="text">The file.</param>
    /// <param name="statements">The places of its statements, in their order.</param>
    public static ImmutableArray<Suppression> ReadSql(SourceText text, IReadOnlyList<SourceLocation> statements)
    {
        var next = statements.Count - 1;
        return Read(text, "--", line =>
        {
            while (next >= 0 && statements[next].Line > line)
                next--;

            return next >= 0 && statements[next].Line == line ? statements[next].EndLine : line;
        });
    }

    private static ImmutableArray<Suppression> Read(SourceText text, string comment, Func<int, int> lastLineOf)
    {
        if (!text.Text.Contains(Keyword, StringComparison.Ordinal))
            return [];

        var found = ImmutableArray.CreateBuilder<Suppression>();
        var (first, last) = (text.LineCount + 1, text.LineCount + 1);
        for (var line = text.LineCount; line >= 1; line--)
        {
            var content = text.Line(line);
            var trimmed = content.Trim();
            if (trimmed.StartsWith(comment, StringComparison.Ordinal))
            {
                if (TryParse(trimmed.TrimStart(comment[0]).TrimStart(), out var rule, out var reason))
                {
                    var column = content.IndexOf(comment, StringComparison.Ordinal) + 1;
                    found.Add(new Suppression(rule, reason, new SourceLocation(text.Path, line, column, line, column + trimmed.Length), first, last));
                }
            }
            else if (!trimmed.IsEmpty)
            {
                (first, last) = (line, lastLineOf(line));
            }
        }

        found.Reverse();
        return found.ToImmutable();
    }

    private static bool TryParse(ReadOnlySpan<char> body, out string rule, out string reason)
    {
        (rule, reason) = ("", "");
        if (!body.StartsWith(Keyword, StringComparison.Ordinal) || (body.Length > Keyword.Length && !char.IsWhiteSpace(body[Keyword.Length])))
            return false;

        var words = body[Keyword.Length..].Trim();
        var space = words.IndexOfAny(' ', '\t');
        rule = (space < 0 ? words : words[..space]).ToString();
        reason = space < 0 ? "" : words[space..].Trim().ToString();
        return true;
    }
}
