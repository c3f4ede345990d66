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

        foreach (Match match in Token().Matches(text))
        {
            if (match.Groups["placeholder"].Success)
            {
                yield return match;
            }
        }
    }

    // What quotes, comments and dollar quotes hold is gone over in one piece, unless the comment stands in place of a schema.
    [GeneratedRegex("""(?<placeholder>/\*\s*[A-Za-z_][A-Za-z0-9_]*\s*\*/(?<dot>\.)(?=["A-Za-z_])|\{\{\s*[A-Za-z_][A-Za-z0-9_.]*\s*\}\}(?<dot>\.)?|\$\{[A-Za-z_][A-Za-z0-9_.]*\}(?<dot>\.)?|(?<![A-Za-z0-9_"])__[A-Z][A-Z0-9_]*__(?<dot>\.))|'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|\$(?<tag>[A-Za-z_]*)\$.*?\$\k<tag>\$""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex("""^[ \t]*--[ \t]*(?<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[ \t]*\r?$""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Sentinel();
}
