using System.Text.RegularExpressions;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>
/// Finds what a program of the team's own fills in a migration before it runs it, and fills the schema itself: what stands in place of a schema before a dot is
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

    /// <summary>The first comment that tells a program how to run the file; null where there is none.</summary>
    public static TextSpan? FindSentinel(string text) =>
        text.Contains("SENTINEL", StringComparison.Ordinal) && Sentinel().Match(text) is { Success: true } match ? new TextSpan(match.Groups["name"].Index, match.Groups["name"].Length) : null;

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

    [GeneratedRegex("""^\s*--\s*(?<name>[A-Z][A-Z0-9_]*_SENTINEL)\s*$""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Sentinel();
}
