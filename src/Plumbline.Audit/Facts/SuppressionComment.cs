using Plumbline.Audit.Findings;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>The words of a suppression: <c>plumb-ignore RULE reason</c>.</summary>
internal static class SuppressionComment
{
    private const string Keyword = "plumb-ignore";

    /// <summary>Whether a text can hold suppressions at all.</summary>
    public static bool MayBeIn(SourceText text) => text.Text.Contains(Keyword, StringComparison.Ordinal);

    /// <summary>The suppression that a comment is; null where it is none.</summary>
    /// <param name="text">The file.</param>
    /// <param name="content">The comment without its signs.</param>
    /// <param name="span">The comment.</param>
    /// <param name="covered">The node below it; null where none follows.</param>
    public static Suppression? Read(SourceText text, ReadOnlySpan<char> content, TextSpan span, TextSpan? covered)
    {
        var body = content.Trim();
        if (!body.StartsWith(Keyword, StringComparison.Ordinal) || (body.Length > Keyword.Length && !char.IsWhiteSpace(body[Keyword.Length])))
            return null;

        var words = body[Keyword.Length..].Trim();
        var space = words.IndexOfAny(' ', '\t');
        var rule = (space < 0 ? words : words[..space]).ToString();
        var reason = space < 0 ? "" : words[space..].Trim().ToString();
        return new Suppression(rule, reason, text.LocationOf(span), covered is { } node ? text.LocationOf(node) : null);
    }
}
