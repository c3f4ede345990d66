using System.Buffers;
using System.Text.RegularExpressions;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>
/// Finds what a program of the team's own fills in a migration before it runs it, and fills the schema itself: what is in place of a schema before a dot is
/// blanked out with the dot, so that the name lies in the default schema and every place in the text stays where it is.
/// </summary>
internal static partial class Placeholders
{
    /// <summary>The first placeholder outside of texts and comments; null where there is none.</summary>
    public static TextSpan? Find(string text)
    {
        foreach (var match in Matches(text))
        {
            return new TextSpan(match.Index, match.Length);
        }

        return null;
    }

    /// <summary>The placeholders that stand for more than a schema: what the program makes of their statements is not known.</summary>
    public static IEnumerable<TextSpan> FindUnfilled(string text) => Matches(text).Where(match => !match.Groups["dot"].Success).Select(match => new TextSpan(match.Index, match.Length));

    /// <summary>The comments that may tell a program how to run what follows: words in capitals alone in their lines.</summary>
    public static IEnumerable<TextSpan> FindSentinels(string text) =>
        text.Contains("--", StringComparison.Ordinal) ? Sentinel().Matches(text).Select(match => new TextSpan(match.Groups["name"].Index, match.Groups["name"].Length)) : [];

    /// <summary>The text with its schemas filled; the text itself where it has no placeholder for one.</summary>
    public static SourceText Fill(SourceText text)
    {
        char[]? filled = null;
        foreach (var match in Matches(text.Text))
        {
            if (match.Groups["dot"].Success)
            {
                filled ??= text.Text.ToCharArray();
                filled.AsSpan(match.Index, match.Length).Fill(' ');
            }
        }

        return filled is null ? text : new SourceText(text.Path, new string(filled));
    }

    private static IEnumerable<Match> Matches(string text)
    {
        // Most files have none of these signs, and are not gone through.
        if (!text.Contains("{{", StringComparison.Ordinal) && !text.Contains("${", StringComparison.Ordinal) && !text.Contains("*/.", StringComparison.Ordinal) &&
            !text.Contains("__.", StringComparison.Ordinal))
        {
            yield break;
        }

        var tags = new Lazy<Dictionary<string, int>>(() => LastTags(text));
        var lastComment = text.LastIndexOf("*/", StringComparison.Ordinal);
        for (var at = NextSign(text, 0); at >= 0; at = NextSign(text, at))
        {
            if (Placeholder().Match(text, at) is { Success: true } placeholder)
            {
                yield return placeholder;
                at += placeholder.Length;
            }
            else
            {
                at = EndOfPiece(text, at, lastComment, tags);
            }
        }
    }

    private static int NextSign(string text, int from)
    {
        var next = from < text.Length ? text.AsSpan(from).IndexOfAny(Signs) : -1;
        return next < 0 ? -1 : from + next;
    }

    // What quotes, comments and dollar quotes hold is gone over in one piece; what is not closed is a sign by itself.
    private static int EndOfPiece(string text, int at, int lastComment, Lazy<Dictionary<string, int>> tags)
    {
        var rest = text.AsSpan(at);
        switch (text[at])
        {
            case '\'':
                var quote = rest[1..].IndexOf('\'');
                return quote < 0 ? text.Length : at + quote + 2;
            case '-' when rest.StartsWith("--", StringComparison.Ordinal):
                var line = rest.IndexOf('\n');
                return line < 0 ? text.Length : at + line;
            case '/' when rest.StartsWith("/*", StringComparison.Ordinal) && lastComment >= at + 2:
                return text.IndexOf("*/", at + 2, StringComparison.Ordinal) + 2;
            case '$' when TagAt(text, at) is { } tag && tags.Value[tag] >= at + tag.Length:
                return text.IndexOf(tag, at + tag.Length, StringComparison.Ordinal) + tag.Length;
            default:
                return at + 1;
        }
    }

    private static string? TagAt(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_'))
            end++;

        return end < text.Length && text[end] == '$' ? text[at..(end + 1)] : null;
    }

    // The last place of each tag of a dollar quote.
    private static Dictionary<string, int> LastTags(string text)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = text.IndexOf('$', at + 1))
        {
            if (TagAt(text, at) is { } tag)
                last[tag] = at;
        }

        return last;
    }

    private static readonly SearchValues<char> Signs = SearchValues.Create("'-/{$_");

    [GeneratedRegex("""\G(?:/\*(?>\s*)(?>[A-Za-z_][A-Za-z0-9_]*)(?>\s*)\*/(?<dot>\.)(?=["A-Za-z_])|\{\{(?>\s*)(?>[A-Za-z_][A-Za-z0-9_.]*)(?>\s*)\}\}(?<dot>\.)?|\$\{(?>[A-Za-z_][A-Za-z0-9_.]*)\}(?<dot>\.)?|(?<![A-Za-z0-9_"])__[A-Z][A-Z0-9_]*__(?<dot>\.))""", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex("""^[ \t]*--[ \t]*(?<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[ \t]*\r?$""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Sentinel();
}
